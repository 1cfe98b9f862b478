import { searchBases } from '../../lab/directory/names';
import type { Clock, Directory, Ledger, Queue } from '../../src/core/ports';
import type { RequestRecord } from '../../src/core/request/record';
import { answerDirectory } from '../../src/jobs/roles/directory/answer-survey';
import type { DirectoryParts } from '../../src/jobs/roles/directory/parts';
import { intake, modes, NOW, policy, signed, testKeys, times } from './request-record';

/** A directory worker that only answers questions. */
export async function serveLists(
  parts: { queue: Queue; ledger: Ledger; directory: Directory; clock: Clock },
  otherwise: Partial<Pick<DirectoryParts, 'proof'>> & { searchBases?: string[] } = {},
): Promise<{ stop(): Promise<void> }> {
  const server = { name: 'dc1', url: 'ldaps://127.0.0.1', tlsName: 'dc1' };
  const secrets = { caFile: '', bindDn: '', passwordFile: '' };
  const bases = otherwise.searchBases ?? searchBases;
  const where = { baseDn: 'DC=mabofeng,DC=com', searchBases: bases, fileServerBases: [] };
  const directory = { servers: [server], ...secrets, ...where };
  const role: DirectoryParts = {
    ...parts,
    proof: otherwise.proof ?? { prove: () => Promise.resolve('untestable') },
    verifier: testKeys().verifier,
    random: { hex: () => '0' },
    worker: 'w1',
    settings: { policy, times, modes, tier0: { hosts: [], groups: [] }, directory },
    derived: new Map(),
    wrote: new Set(),
    down: new Map(),
  };
  return parts.queue.answer('directory', (question) => answerDirectory(role, question));
}

/** A request of ours whose outcome added these values, and its label. */
export async function recordAdded(
  ledger: Ledger,
  guid: string,
  added: readonly string[],
): Promise<RequestRecord> {
  const id = Buffer.from(`${guid}${added.join('')}`)
    .toString('hex')
    .slice(-32)
    .padStart(32, '0');
  const { record } = await ledger.recordIntake(signed(intake({ id })), { key: id, card: { channel: 'C1' } });
  const outcome = {
    kind: 'changed',
    inferred: false,
    added,
    kept: [],
    removed: [],
    trusted: false,
    at: NOW,
    server: 'dc1',
    problem: null,
  } as const;
  const entry = { what: 'outcome', who: 'test', at: NOW, detail: {} };
  const committed = await ledger.commit(
    record,
    { steps: [{ guid, attribute: 'msDS-AllowedToDelegateTo', intent: null, outcome }] },
    entry,
  );
  if (!committed) throw new Error('somebody was first');
  return committed;
}
