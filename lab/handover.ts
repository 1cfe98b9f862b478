import { readFileSync } from 'node:fs';
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

/**
 * The lab's own entry point for one program: `bot CONFIG` or `conduct|directory CONFIG DOMAIN`. Always in lab mode; the directory
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

/** The real KDC's word on cifs, by S4U2Self and S4U2Proxy with the source's own key. */
function kdcProof(domain: DomainAccess): ProofSource {
  return { prove: async ({ source, destination }) => (await askKdc(domain, source, destination)).cifs };
}

void main(process.argv.slice(2));
