import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HyperV } from '../src/core/hyperv-port';
import type { Directory, ProofSource } from '../src/core/ports';
import { openLog } from '../src/cli/log';
import type { WorkerRole } from '../src/cli/open-worker';
import { runUntilSignal } from '../src/cli/run-until-signal';
import { loadSettings } from '../src/cli/settings-file';
import { crashAt } from './crash-point';
import { openDirectoryClient } from './directory/directory-client';
import type { DomainAccess } from './directory/domain';
import { askKdc } from './directory/kdc';
import type { DirectoryAccess } from './directory/running-directory';
import { openFabricClient, type FabricAccess } from './hyperv/fabric-client';
import { repositoryRoot } from './repository';
import { openPowerShellHyperV } from '../src/jobs/hyperv/powershell-hyperv';
import { systemClock } from '../src/jobs/ports/system-clock';
import { systemRandom } from '../src/jobs/ports/system-random';

/**
 * The lab's own entry point for one program: `bot CONFIG`, `conduct|directory CONFIG DOMAIN` or `hyperv CONFIG FABRIC`. Always in lab mode; the directory
 * role gets the practice domain's KDC as its proof, which production has not; or the simulated directory, and no proof.
 */
async function main([program, config, domainFile]: readonly string[]): Promise<void> {
  const log = openLog();
  const settings = loadSettings(config ?? '');
  const place = process.env['HANDOVER_LAB_CRASH'];
  const crash = place ? { around: crashAt(place) } : {};
  await runUntilSignal(log, async () => {
    if (program === 'bot') {
      const { openBot } = await import('../src/cli/open-bot.js');
      const bot = await openBot({ settings, mode: 'lab', log, ...crash });
      await bot.start();
      return bot;
    }
    const { openWorker } = await import('../src/cli/open-worker.js');
    if (program === 'hyperv') {
      const plain = hyperVOf(domainFile ?? '');
      const hyperV = place ? crashAt(place)('hyperv', plain) : plain;
      return openWorker({ settings, roles: ['hyperv'], mode: 'lab', log, hyperV, ...crash });
    }
    const roles: readonly WorkerRole[] = program === 'conduct' ? ['conduct'] : ['directory'];
    return openWorker({
      settings,
      roles,
      mode: 'lab',
      log,
      ...crash,
      ...(domainFile && partsOf(domainFile)),
    });
  });
}

/** What the lab wrote for the directory role: a real domain has a KDC to ask, a simulated one has only itself. */
function partsOf(domainFile: string): { directory: Directory } | { proof: ProofSource } {
  // SAFETY: the lab wrote this file from the same type.
  const access = JSON.parse(readFileSync(domainFile, 'utf8')) as DirectoryAccess;
  return 'kind' in access ? { directory: openDirectoryClient(access) } : { proof: kdcProof(access) };
}

/** The fabric by PowerShell, with the practice module in the place of Windows' own; or the fabric itself where nothing runs PowerShell. */
function hyperVOf(fabricFile: string): HyperV {
  // SAFETY: the lab wrote this file from the same type.
  const access = JSON.parse(readFileSync(fabricFile, 'utf8')) as FabricAccess;
  if (access.engine === null) return openFabricClient(access);
  return openPowerShellHyperV({
    executable: access.engine,
    module: join(repositoryRoot, 'lab', 'powershell', 'practice-handover.psm1'),
    size: 2,
    env: {
      HANDOVER_FABRIC_URL: new URL('/_lab/hyperv', access.url).href,
      HANDOVER_FABRIC_TOKEN: access.labToken,
    },
    clock: systemClock,
    random: systemRandom,
  });
}

/** The real KDC's word on cifs, by S4U2Self and S4U2Proxy with the source's own key. */
function kdcProof(domain: DomainAccess): ProofSource {
  return { prove: async ({ source, destination }) => (await askKdc(domain, source, destination)).cifs };
}

void main(process.argv.slice(2));
