import type { ChangeAsk } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import type { RequestRecord } from '../../src/core/request/record';
import { createRequestClient, type RequestClient, type Submitted } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { memoryClock } from '../support/memory-clock';
import { policy as rules, requester, testKeys, times } from '../support/request-record';

const clock = memoryClock();
const ledger = openMemoryLedger(clock);
const policy = { ...rules, 'delegation-remove': { requesters: 'anyone' as const, approvers: [], quorum: 1 } };
let drawn = 0;
const client: RequestClient = createRequestClient({
  ledger,
  queue: openMemoryQueue(clock),
  signer: testKeys().signer,
  clock,
  random: { hex: () => String((drawn += 1)).padStart(32, '0') },
  settings: { policy, times },
});
let keys = 0;

async function asked(command: string): Promise<RequestRecord> {
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok) throw new Error(parsed.problem.summary);
  const submitted = await client.submit({ ask: parsed.ask as ChangeAsk, ...by() });
  if (submitted.kind === 'refused') throw new Error(submitted.problem.summary);
  return submitted.record;
}

function by() {
  return { by: requester, channel: 'C1', key: `k${(keys += 1)}`, card: { channel: 'C2' } };
}

/** The request as it is after it has ended so, with one value added or none. */
async function ended(
  record: RequestRecord,
  change: Partial<Pick<RequestRecord, 'state' | 'until'>>,
  added: readonly string[] = [],
): Promise<RequestRecord> {
  const entry = { what: 'test', who: 'test', at: clock.now(), detail: {} };
  const wrote = { inferred: false, added, kept: [], removed: [], trusted: false };
  const outcome = { kind: 'changed' as const, ...wrote, at: clock.now(), server: 'dc1', problem: null };
  const steps = [{ guid: 'g1', attribute: 'msDS-AllowedToDelegateTo' as const, intent: null, outcome }];
  const ending = { problem: null, at: clock.now() };
  let now: RequestRecord | null = record;
  for (const state of ['waiting', 'approved', 'running'] as const)
    now = now && (await ledger.commit(now, { state }, entry));
  now = now && (await ledger.commit(now, { state: 'done', steps, ending, ...change }, entry));
  if (!now) throw new Error('somebody was first');
  return now;
}

function commandOf(submitted: Submitted): string | null {
  return submitted.kind === 'received' ? submitted.record.intake.statement.command : null;
}

function refusalOf(submitted: Submitted): string | null {
  return submitted.kind === 'refused' ? submitted.problem.code : null;
}

const DELEGATE = 'delegate hyper-v01 -> hyper-v02 cifs';

describe('a child request', () => {
  it('that undoes is signed as one of its parent, whose card it stands beside', async () => {
    const parent = await ended(await asked(DELEGATE), {}, ['cifs/hyper-v02']);
    const { card: _, ...who } = by();
    const submitted = await client.undo({ request: parent.label, ...who, reason: 'a mistake' });
    expect(commandOf(submitted)).toBe(`undo ${parent.label} --reason "a mistake"`);
    expect(submitted).toMatchObject({
      record: {
        intake: { statement: { of: parent.id } },
        parent: { id: parent.id, label: parent.label },
        card: { channel: 'C2' },
      },
    });
  });

  it('that undoes needs something to undo', async () => {
    const parent = await ended(await asked(DELEGATE), {}, []);
    expect(refusalOf(await client.undo({ request: parent.id, ...by() }))).toBe('undo.nothing');
  });

  it.each(['undo', 'retry'] as const)('to %s waits for the end of its parent', async (what) => {
    const parent = await asked(DELEGATE);
    expect(refusalOf(await client[what]({ request: parent.id, ...by() }))).toBe('request.running');
  });

  it('that tries an undo again is a child of what it takes back, not of the undo that failed', async () => {
    const parent = await ended(await asked(DELEGATE), {}, ['cifs/hyper-v02']);
    const undo = await client.undo({ request: parent.id, ...by() });
    if (undo.kind === 'refused') throw new Error(undo.problem.code);
    const failed = await ended(undo.record, { state: 'failed' });
    const again = await client.retry({ request: failed.id, ...by() });
    expect(commandOf(again)).toBe(`undo ${parent.label}`);
    expect(again).toMatchObject({ record: { intake: { statement: { of: parent.id } } } });
  });

  it('that tries again asks for the same', async () => {
    const parent = await ended(await asked(DELEGATE), { state: 'failed' });
    expect(commandOf(await client.retry({ request: parent.id, ...by() }))).toBe(DELEGATE);
  });

  it.each([
    [null, '8h'],
    [3_600_000, '1h'],
  ])('that extends asks for the same with the time %p', async (forMs, text) => {
    const parent = await ended(await asked(`${DELEGATE} --for 8h`), { until: clock.now() + 1 }, ['x/y']);
    const submitted = await client.extend({ request: parent.label, forMs, ...by() });
    expect(commandOf(submitted)).toBe(`${DELEGATE} --for ${text}`);
  });

  it('that extends is refused where nothing ends by itself', async () => {
    const parent = await ended(await asked(DELEGATE), {}, ['x/y']);
    expect(refusalOf(await client.extend({ request: parent.id, forMs: 1_000, ...by() }))).toBe(
      'extend.for-good',
    );
  });

  it('of a request that is not there is refused', async () => {
    expect(refusalOf(await client.retry({ request: 'R-9999', ...by() }))).toBe('request.unknown');
  });

  it('by the same key is made once', async () => {
    const parent = await ended(await asked(DELEGATE), { state: 'failed' });
    const who = by();
    const [first, second] = [
      await client.retry({ request: parent.id, ...who }),
      await client.retry({ request: parent.id, ...who }),
    ];
    expect(second).toMatchObject({
      isNew: false,
      record: { id: first.kind === 'received' ? first.record.id : '' },
    });
  });
});

describe('open requests', () => {
  it('are listed as asked for: mine, waiting, running, and who writes what', async () => {
    const other = { ...requester, user: 'U0OTHER' };
    const mine = await asked('delegate hyper-v03 -> hyper-v04 cifs');
    const reason = `${mine.label} writes g9`;
    await ledger.takeLease('object-g9', 'w1', 5_000, reason);
    expect((await client.requests({ which: 'mine' }, other)).records).toEqual([]);
    const found = await client.requests({ which: 'mine' }, requester);
    expect(found.records.map(({ id }) => id)).toContain(mine.id);
    expect(found.leases).toMatchObject([{ key: 'object-g9', holder: 'w1', reason }]);
    expect((await client.requests({ which: 'waiting' }, other)).records).toEqual([]);
    expect((await client.requests({ which: 'running' }, other)).records).toEqual([]);
    expect((await client.requests({ which: null }, requester)).records.map(({ id }) => id)).toContain(
      mine.id,
    );
    // Nothing says yet which hosts it touches, so nobody else may see it, nor that something of it is written.
    expect(await client.requests({ which: null }, other)).toMatchObject({ records: [], more: 0, leases: [] });
  });
});
