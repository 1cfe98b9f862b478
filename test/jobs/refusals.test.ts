import { parseCommand } from '../../src/core/commands/parse';
import { isChange } from '../../src/core/commands/ask';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import type { Person } from '../../src/core/request/statement';
import { createRequestClient, type RequestClient } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemRandom as random } from '../../src/jobs/ports/system-random';
import { memoryClock } from '../support/memory-clock';
import { approver, NOW, policy, requester, testKeys, times } from '../support/request-record';

const clock = memoryClock();
const ledger = openMemoryLedger(clock);
const client: RequestClient = createRequestClient({
  ledger,
  clock,
  random,
  signer: testKeys().signer,
  queue: openMemoryQueue(clock),
  settings: { policy: { ...policy, read: {} }, times },
});
const submission = (text: string, by: Person) => {
  const parsed = parseCommand('/hv', text);
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error(text);
  return { ask: parsed.ask, by, channel: 'C1', key: text, card: { channel: 'C1' } };
};
const asked = async () => {
  const submitted = await client.submit(submission('delegate hyper-v01 -> hyper-v02 cifs', requester));
  if (submitted.kind === 'refused') throw new Error(submitted.problem.summary);
  return submitted.record;
};
const lastOf = async (chain: string) => (await ledger.audit(chain)).at(-1);
const unlike = { fingerprint: 'f'.repeat(64), plan: 1 };

describe('a refusal stands in the audit', () => {
  it('of an ask, in the system’s chain, for no request exists', async () => {
    await client.submit(submission('undelegate hyper-v01 -> hyper-v02', requester));
    expect(await lastOf(SYSTEM_CHAIN)).toMatchObject({
      what: 'intake.refused',
      who: '-/T1/U0REQUESTER',
      at: NOW,
      detail: { why: 'request.not-allowed', channel: 'C1', verb: 'undelegate' },
    });
  });

  const words: Record<string, (id: string, label: string) => Promise<unknown>> = {
    decision: (id) => client.decide({ id, by: approver, verdict: 'approve', reason: '', ...unlike }),
    'decision ': (id) => client.mayAnswer({ id, by: approver, verdict: 'deny', ...unlike }),
    withdraw: (id) => client.withdraw({ id, by: approver }),
    stop: (id) => client.stop({ id, by: approver }),
    pause: (id) => client.pause({ id, by: approver }),
    resume: (id) => client.resume({ id, by: approver }),
    undo: (_, label) => client.undo({ request: label, by: approver, channel: 'C1', key: 'u' }),
    retry: (id) => client.retry({ request: id, by: approver, channel: 'C1', key: 'r' }),
    extend: (_, label) =>
      client.extend({ request: label, by: approver, channel: 'C1', key: 'e', forMs: null }),
  };
  it.each(Object.entries(words))('of %s, in the request’s chain', async (what, say) => {
    const { id, label } = await asked();
    await say(id, label);
    const told = { what: `${what.trim()}.refused`, who: '-/T1/U0APPROVER' };
    expect(await lastOf(id)).toMatchObject({ ...told, detail: { why: expect.stringContaining('.') } });
  });

  it('of a word on a request that there is not, in the system’s chain with what was named', async () => {
    await client.stop({ id: 'e'.repeat(32), by: approver });
    expect(await lastOf(SYSTEM_CHAIN)).toMatchObject({
      what: 'stop.refused',
      detail: { why: 'request.unknown', named: 'e'.repeat(32) },
    });
    await client.undo({ request: 'R-9999', by: approver, channel: 'C1', key: 'n' });
    expect(await lastOf(SYSTEM_CHAIN)).toMatchObject({ what: 'undo.refused', detail: { named: 'R-9999' } });
  });

  it('of freezing, unfreezing and reading', async () => {
    await client.unfreeze({ by: approver, why: 'test' });
    expect(await lastOf(SYSTEM_CHAIN)).toMatchObject({
      what: 'unfreeze.refused',
      detail: { why: 'freeze.none' },
    });
    await client.findings(approver);
    expect(await lastOf(SYSTEM_CHAIN)).toMatchObject({ what: 'findings.refused', who: '-/T1/U0APPROVER' });
  });
});
