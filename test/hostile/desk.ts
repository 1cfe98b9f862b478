import { escapeTyped } from '../../lab/slack/typed-text';
import { isChange } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import type { CommandEntry } from '../../src/core/commands/verbs';
import type { Directory, Ledger, Modification } from '../../src/core/ports';
import type { Problem } from '../../src/core/problem';
import type { RequestRecord } from '../../src/core/request/record';
import type { Policy } from '../../src/core/settings';
import { createRequestClient, type RequestClient } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { newKeyPair, openSigner, openVerifier } from '../../src/jobs/ports/ed25519-keys';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { conduct } from '../../src/jobs/roles/conduct';
import type { DirectoryParts } from '../../src/jobs/roles/directory/parts';
import { serveDirectory } from '../../src/jobs/roles/directory/role';
import { modes, approver, requester, times } from '../support/request-record';

/** What came of a command: not understood, never recorded, or the state in which its request is. */
export interface Answer {
  readonly state: 'not-understood' | 'not-recorded' | RequestRecord['state'];
  readonly code: string;
  readonly sentence: string;
  readonly remedy: string;
  /** What the audit of the request names, in order; empty without a request. */
  readonly audit: readonly string[];
  /** How many objects the request would change. */
  readonly changes: number;
  /** Checks that refuse without saying what to do. */
  readonly helpless: readonly string[];
}

/** Where people type commands: the bot's part in front, both workers behind, everything between them in memory. */
export interface Desk {
  /** The answer, once nothing is left to do but what people decide. */
  type(text: string, by?: 'stranger'): Promise<Answer>;
  /** Approves the one request that waits. */
  approve(): Promise<Answer>;
  /** Everything that was sent to be written. */
  readonly sent: readonly Modification[];
  close(): Promise<void>;
}

/** What the worker is told of the directory. */
export type DeskSettings = Pick<DirectoryParts['settings'], 'directory' | 'tier0'>;

const clock = systemClock;

const policy: Policy = {
  'delegation-add': { requesters: [requester.user], approvers: [approver.user], quorum: 1 },
  'delegation-remove': { requesters: [requester.user], approvers: [approver.user], quorum: 1 },
  read: { suggestions: [requester.user] },
};

/** Opens a desk on a directory. */
export async function openDesk(directory: Directory, settings: DeskSettings): Promise<Desk> {
  const keys = newKeyPair();
  const stores = { ledger: openMemoryLedger(clock), queue: openMemoryQueue(clock), clock };
  const { ledger, queue } = stores;
  const sent: Modification[] = [];
  const modify = (change: Modification) => {
    sent.push(change);
    return directory.modify(change);
  };
  await startWorkers({
    ...stores,
    directory: { ...directory, modify },
    proof: { prove: () => Promise.resolve('untestable') },
    verifier: openVerifier({ k1: keys.publicKey }),
    random: systemRandom,
    worker: 'w1',
    settings: { policy, times, modes, ...settings },
    derived: new Map(),
    wrote: new Set(),
    down: new Map(),
  });
  const signer = openSigner({ keyId: 'k1', pem: keys.privateKey });
  const client = createRequestClient({
    ...stores,
    signer,
    random: systemRandom,
    settings: { policy, times },
  });
  let count = 0;
  let last = '';
  return {
    sent,
    async type(text, by) {
      count += 1;
      const read = await submit(client, text, { key: `k${count}`, by });
      if ('sentence' in read) return read;
      last = read.id;
      await queue.settle();
      return answerOf(ledger, last);
    },
    async approve() {
      const plan = (await ledger.read(last))?.plan;
      if (!plan) throw new Error('nothing waits');
      const click = { plan: plan.number, fingerprint: plan.fingerprint, by: approver };
      await client.decide({ id: last, verdict: 'approve', reason: '', ...click });
      await queue.settle();
      return answerOf(ledger, last);
    },
    async close() {
      await queue.close();
      await directory.close();
    },
  };
}

async function startWorkers(parts: DirectoryParts): Promise<void> {
  const { ledger, queue } = parts;
  await queue.handle('conduct', (job) => conduct({ ledger, queue, clock, worker: 'c1', pace: times }, job));
  await queue.handle('directory', (job) => serveDirectory(parts, job));
  await queue.handle('reports', () => Promise.resolve({ kind: 'over' }));
}

async function answerOf(ledger: Ledger, id: string): Promise<Answer> {
  const record = await ledger.read(id);
  if (!record) throw new Error('the request is gone');
  const problem = record.ending?.problem ?? { code: '', summary: '', remedy: '' };
  const refusals = (record.plan?.verdicts ?? []).filter(({ verdict }) => verdict === 'refuse');
  return {
    ...turnedDown(record.state, problem),
    audit: (await ledger.audit(id)).map(({ what }) => what),
    changes: record.plan?.directory.changes.length ?? 0,
    helpless: refusals.filter(({ remedy }) => remedy === '').map(({ check }) => check),
  };
}

/** What the bot does with a command as Slack hands it over. */
async function submit(
  client: RequestClient,
  text: string,
  { key, by }: { key: string; by: 'stranger' | undefined },
): Promise<Answer | RequestRecord> {
  const [command = '', ...words] = text.split(' ');
  const parsed = parseCommand(command as CommandEntry, escapeTyped(words.join(' ')));
  if (!parsed.ok) {
    const { code, summary, expected } = parsed.problem;
    return turnedDown('not-understood', { code, summary, remedy: expected });
  }
  if (!isChange(parsed.ask)) throw new Error(`${text} asks for no change`);
  const person = by ? { ...requester, user: 'U0STRANGER' } : requester;
  const asked = { ask: parsed.ask, by: person, channel: 'C1', key, card: { channel: 'C1' } };
  const submitted = await client.submit(asked);
  if (submitted.kind === 'received') return submitted.record;
  return turnedDown('not-recorded', submitted.problem);
}

function turnedDown(state: Answer['state'], { code, summary, remedy }: Problem): Answer {
  return { state, code, sentence: summary, remedy, audit: [], changes: 0, helpless: [] };
}
