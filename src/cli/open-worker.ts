import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Planner } from '../core/fabric/planner-port';
import type { HyperV } from '../core/hyperv-port';
import type { HyperVSettings } from '../core/hyperv/hyperv-settings';
import type { Directory, ProofSource } from '../core/ports';
import { paceOf } from '../core/request/next';
import type { Settings } from '../core/settings';
import { openLdapDirectory } from '../jobs/directory/ldap-directory';
import { openThreadPlanner } from '../jobs/planning/thread-planner';
import { showPresence } from '../jobs/presence';
import { noteSettings } from '../jobs/note-settings';
import { systemRandom } from '../jobs/ports/system-random';
import { systemClock } from '../jobs/ports/system-clock';
import { SEND_DEADLINE_MS } from '../jobs/roles/directory/hold-object';
import { startAuditKeeper } from '../jobs/audit/keeper';
import { openFileMirror } from '../jobs/mirror/file-mirror';
import { openPowerShellHyperV } from '../jobs/hyperv/powershell-hyperv';
import { startConduct, startDirectory, startHyperV, type Worker, type WorkerLog } from '../jobs/worker';
import { lockAddress, type Mode } from '../core/mode-lock';
import { openKeys } from './open-keys';
import { openStores, type Around } from './open-stores';
import { readSecret } from './settings-file';

/** The roles a worker can take on. */
export type WorkerRole = 'conduct' | 'directory' | 'hyperv';

/** Nothing here can ask a KDC: results say "not proved". */
const UNTESTABLE: ProofSource = { prove: () => Promise.resolve('untestable') };

/** Opens what the roles need, and nothing that they do not (conduct gets no LDAP secret), and serves them. */
export async function openWorker(options: {
  settings: Settings;
  roles: readonly WorkerRole[];
  mode: Mode;
  log: WorkerLog;
  proof?: ProofSource;
  /** Used in place of Active Directory; only the lab has one. */
  directory?: Directory;
  /** Used in place of PowerShell; only the lab has one. */
  hyperV?: HyperV;
  around?: Around;
}): Promise<Worker> {
  const { settings, mode, log } = options;
  const { around } = options;
  const stores = await openStores({ settings, mode, log, around });
  const parts = { ...stores, clock: systemClock, random: systemRandom, log };
  const opened: Worker[] = [];
  for (const program of options.roles) opened.push(showPresence(parts, { program, place: hostname() }));
  if (options.roles.includes('conduct')) {
    opened.push(await startConduct({ ...parts, pace: paceOf(settings) }));
    const { mirrorDirectory } = settings.audit;
    const openMirror = mirrorDirectory === null ? null : () => openFileMirror(mirrorDirectory);
    opened.push(startAuditKeeper({ ...parts, openMirror, settings: settings.audit }));
  }
  for (const role of options.roles) await noteSettings(parts, { program: `worker/${role}`, settings });
  if (options.roles.includes('directory')) {
    const plain = options.directory ?? openDirectory(settings, mode);
    const directory = around ? around('directory', plain) : plain;
    const verifier = openKeys(settings);
    const proof = options.proof ?? UNTESTABLE;
    const worker = await startDirectory({ ...parts, directory, verifier, proof, settings });
    opened.push({ stop: () => worker.stop().then(() => directory.close()) });
  }
  if (options.roles.includes('hyperv')) {
    const { hyperv } = settings;
    if (!hyperv) throw new Error('the role hyperv needs hyperv.hosts in handover.yaml');
    const hyperV = options.hyperV ?? openHyperV(hyperv);
    const planner = openPlanner();
    const worker = await startHyperV({
      ...parts,
      hyperV,
      planner,
      settings: hyperv,
      verifier: openKeys(settings),
      rules: settings,
    });
    opened.push(worker, { stop: () => planner.close() }, { stop: () => hyperV.close() });
  }
  return {
    async stop() {
      for (const worker of opened) await worker.stop();
      await stores.close();
    },
  };
}

/** The module stands beside the program: the build copies it. */
function openHyperV({ executable, shells }: HyperVSettings): HyperV {
  const module = join(__dirname, '..', 'jobs', 'hyperv', 'powershell', 'Handover.psm1');
  return openPowerShellHyperV({
    executable,
    module,
    size: shells,
    clock: systemClock,
    random: systemRandom,
  });
}

/** The thread’s script stands beside the program. */
function openPlanner(): Planner {
  const script = join(__dirname, '..', 'jobs', 'planning', 'planning-thread.js');
  return openThreadPlanner({ script, clock: systemClock });
}

function openDirectory(settings: Settings, mode: Mode): Directory {
  const { servers, caFile, bindDn, passwordFile, baseDn, searchBases } = settings.directory;
  for (const server of servers) lockAddress(mode, 'LDAP', server.url);
  return openLdapDirectory({
    servers,
    ca: readFileSync(caFile, 'utf8'),
    bindDn,
    password: readSecret(passwordFile),
    baseDn,
    searchBases,
    clock: systemClock,
    deadlines: { writeMs: SEND_DEADLINE_MS },
  });
}
