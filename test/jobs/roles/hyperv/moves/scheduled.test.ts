import { keptEmpty } from '../../../../../src/core/moves/kept-empty';
import { practiceFabric } from '../../../../../lab/hyperv/practice-fabric';
import { jobFor, type RequestRecord } from '../../../../../src/core/request/record';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, NOW } from '../../../../support/request-record';
import { machineBefore } from '../../../../support/move-journal';

// The tests begin on Monday, 23 November 2026, at 02:00 in UTC.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPENS = NOW + HOUR;
const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'];

let stage: MoveStage;
afterEach(() => stage.stop());

async function begin(...[policy, changes]: ConstructorParameters<typeof MoveStage>): Promise<void> {
  stage = await new MoveStage(policy, changes).begin();
  stage.delegate(
    ...HOSTS.flatMap((from) => HOSTS.filter((to) => to !== from).map((to) => [from, to] as const)),
  );
}

/** Hosts that move one machine at a time, and slowly. */
async function beginSlowly(): Promise<void> {
  const hosts = practiceFabric(NOW).hosts.map(({ name, migration, networks }) => [
    name,
    {
      migration: { ...migration, most: 1 },
      networks: networks.map((each) => ({ ...each, bytesPerMs: 25_000 })),
    },
  ]);
  await begin(undefined, { hosts: Object.fromEntries(hosts) });
}

const countOn = (host: string): number =>
  stage.fabric.at(stage.clock.now()).machines.filter((machine) => machine.host === host).length;

async function passTo(at: number): Promise<RequestRecord> {
  await stage.clock.pass(at - stage.clock.now());
  return stage.record();
}

/** When each move was begun, as the journal has it. */
const begunAt = ({ moves }: RequestRecord): readonly number[] =>
  moves.flatMap(({ intent }) => intent?.at ?? []);

/** When the moves that were begun are over as it was foreseen. */
function foreseenEnds({ moves, plan }: RequestRecord): readonly number[] {
  const took = new Map(plan?.forecast?.moves.map(({ machine, ms }) => [machine, ms]));
  return moves.flatMap(({ machine, intent }) =>
    intent ? [intent.at + (took.get(machine) ?? Infinity)] : [],
  );
}

function expectNothingMoved(): void {
  expect([countOn('hyper-v01'), stage.fabric.at(stage.clock.now()).moves]).toEqual([4, []]);
}

describe('a drain with a window', () => {
  it('has its delegations at once, moves nothing before it opens, and everything in it', async () => {
    stage = await new MoveStage().begin();
    await stage.ask('drain hyper-v01 to hyper-v02,hyper-v03 --at 03:00 --until 05:00');
    await stage.approve();
    const early = await passTo(OPENS - 1_000);
    expect(early).toMatchObject({ state: 'running', trouble: null });
    expect(early.steps.map(({ outcome }) => outcome?.kind)).toEqual(['changed']);
    expect(early.steps[0]?.outcome?.at).toBeLessThan(NOW + MINUTE);
    expectNothingMoved();
    const done = await passTo(OPENS + 5 * MINUTE);
    expect(done).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: [] }] });
    expect(Math.min(...begunAt(done))).toBeLessThan(OPENS + 10_000);
  });

  it.each(['return hyper-v01', 'migrate web-01 -> hyper-v02'])(
    'has nothing of “%s” moved before',
    async (command) => {
      await begin();
      if (command.startsWith('return ')) {
        await stage.ask('drain hyper-v01');
        await stage.approve(200_000);
      }
      const record = await stage.ask(`${command} --at 03:00`);
      expect(record.state).toBe('waiting');
      await stage.approve();
      expect(begunAt(await passTo(OPENS - 1_000))).toEqual([]);
      const done = await passTo(OPENS + 5 * MINUTE);
      expect(done.state).toBe('done');
      expect(Math.min(...begunAt(done))).toBeGreaterThanOrEqual(OPENS);
    },
  );

  it('may be decided until its window opens, however far that is, and keeps no host empty before', async () => {
    await begin();
    const asked = await stage.ask('drain hyper-v01 --at "Sat 23:00"');
    const days = ((asked.plan?.decideBy ?? 0) - NOW) / (24 * HOUR);
    expect(days).toBeGreaterThan(1);
    expect(new Date(asked.plan?.decideBy ?? 0).toISOString()).toMatch(/T23:00:00/);
    expect(keptEmpty(await stage.approve())).toEqual([]);
  });

  it('begins at once what is approved when it is open, and may be approved until it ends', async () => {
    await begin();
    const waiting = await stage.ask('drain hyper-v01 --at 03:00 --until 04:00');
    expect(waiting.plan?.decideBy).toBe(NOW + 2 * HOUR);
    await passTo(OPENS + 30 * MINUTE);
    await stage.approve(5 * MINUTE);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    const other = await stage.ask('return hyper-v01 --until 04:00');
    expect(other.plan?.decideBy).toBe(NOW + 2 * HOUR);
    expect(await passTo(NOW + 2 * HOUR + MINUTE)).toMatchObject({ state: 'expired' });
  });

  it('opens by the zone of the worker’s own handover.yaml', async () => {
    await begin({ ...MOVE_POLICY, timeZone: 'Europe/Berlin' });
    await stage.ask('drain hyper-v01 --at 03:30 --until 05:00');
    await stage.approve();
    await passTo(NOW + 29 * MINUTE);
    expectNothingMoved();
    expect(await passTo(NOW + 35 * MINUTE)).toMatchObject({ state: 'done' });
  });

  it('opens whoever was restarted meanwhile', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --at 03:00');
    await stage.approve();
    await stage.observe({});
    await passTo(OPENS - 1_000);
    expectNothingMoved();
    expect(await passTo(OPENS + 5 * MINUTE)).toMatchObject({ state: 'done' });
  });

  it('is missed by a worker that comes long after it opened', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --at 03:00 --until 05:00');
    await stage.approve();
    await stage.rest();
    await passTo(OPENS + 16 * MINUTE);
    await stage.observe({});
    const late = await passTo(OPENS + 20 * MINUTE);
    expect(late).toMatchObject({ state: 'failed', ending: { problem: { code: 'decision.stale' } } });
    expectNothingMoved();
  });

  it('has nothing begin that was stopped or paused while it waited', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --at 03:00');
    await stage.approve();
    const { id } = await stage.record();
    await stage.client.pause({ id, by: approver });
    await passTo(OPENS + 2 * MINUTE);
    expectNothingMoved();
    await stage.client.resume({ id, by: approver });
    expect(await passTo(OPENS + 8 * MINUTE)).toMatchObject({ state: 'done' });
    await stage.ask('return hyper-v01 --at 04:00');
    await stage.approve();
    await stage.client.stop({ id: stage.id, by: approver });
    await stage.clock.pass(MINUTE);
    expect(await stage.record()).toMatchObject({ state: 'stopped' });
    await passTo(OPENS + 70 * MINUTE);
    expect(countOn('hyper-v01')).toBe(0);
  });

  it('plans anew when it opens, inside what was approved', async () => {
    await begin();
    const waiting = await stage.ask('drain hyper-v01 --at 03:00');
    await stage.approve();
    const planned = waiting.plan?.forecast?.moves.find(({ name }) => name === 'sql-01');
    const victim = stage.fabric.at(stage.clock.now()).machines.find(({ host }) => host === planned?.to);
    if (!victim) throw new Error('no machine to blow up');
    const bytes = 20 * 1024 ** 3;
    const memory = { ...victim.memory, assignedBytes: bytes, demandBytes: bytes };
    stage.fabric.add({ ...victim, id: WEB.replace('00000001', '00000099'), name: 'huge-01', memory });
    const done = await passTo(OPENS + 5 * MINUTE);
    expect(done).toMatchObject({ replans: 1, remaining: [{ host: 'hyper-v01', machines: [] }] });
    expect(done.moves.every(({ tries }) => tries === 1)).toBe(true);
    expect(stage.hostOf('sql-01')).not.toBe(planned?.to);
    const audit = await stage.ledger.audit(stage.id);
    expect(audit.findIndex(({ what }) => what === 'moves.replanned')).toBeLessThan(
      audit.findIndex(({ what }) => what === 'move.intent'),
    );
  });
});

describe('the end of a window', () => {
  it.each([
    ['--at 03:00 --until 03:05', OPENS + 5 * MINUTE],
    ['--at 03:00 --deadline 5m', OPENS + 5 * MINUTE],
    ['--until 02:06', NOW + 6 * MINUTE],
    ['--deadline 5m', null],
  ])('leaves by %s what would not be over by it, and says so', async (options, ends) => {
    await beginSlowly();
    const waiting = await stage.ask(`drain hyper-v01 ${options}`);
    expect(waiting.state).toBe('waiting');
    expect(waiting.plan?.verdicts.map(({ check }) => check)).toContain('window.short');
    await stage.approve();
    const record = await passTo((ends ?? NOW + 6 * MINUTE) + 20 * MINUTE);
    expect(record.state).toBe('partial');
    const until = ends ?? Math.min(...begunAt(record)) + 5 * MINUTE;
    const begun = record.moves.filter(({ intent }) => intent !== null);
    expect(begun.length).toBeGreaterThan(0);
    expect(Math.max(...foreseenEnds(record))).toBeLessThanOrEqual(until);
    const left = record.moves.filter(({ outcome }) => outcome?.kind === 'left');
    expect(left.length).toBe(record.moves.length - begun.length);
    expect(left[0]?.outcome?.problem?.summary).toMatch(
      /^\S+ was left: it takes about \d+ (s|min), and the window had \d+ (s|min) left\.$/,
    );
    expect(record.remaining?.[0]?.machines).toEqual(left.map(({ name }) => name).toSorted());
  });

  it.each([
    ['--until 02:01', 'window.too-short'],
    ['--at "2026-11-22 03:00"', 'window.over'],
    ['--at 03:00 --until "2026-12-05 03:00"', 'window.long'],
  ])('has %s refused before anybody is asked', async (options, code) => {
    await beginSlowly();
    const refused = await stage.ask(`drain hyper-v01 ${options}`);
    expect(refused).toMatchObject({ state: 'refused', ending: { problem: { code } } });
  });
});

describe('whoever can write to Redis', () => {
  it('has no move begin before the window by a job that comes too early', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --at 03:00');
    await stage.approve();
    const record = await stage.record();
    const past = { ...record, rev: record.rev - 1 };
    for (const what of ['look', 'hyperv'] as const) await stage.queue.put('hyperv', jobFor(past, what));
    await stage.clock.pass(MINUTE);
    expectNothingMoved();
    expect(await stage.record()).toMatchObject({ trouble: null });
  });

  it('nor by a journal in which one has begun', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --at 03:00');
    await stage.approve();
    const { moves } = await stage.record();
    const intent = { at: stage.clock.now(), worker: 'w1', before: machineBefore({ at: NOW }) };
    await stage.edit({ moves: moves.map((each, at) => (at === 0 ? { ...each, intent } : each)) });
    await stage.clock.pass(2 * MINUTE);
    expectNothingMoved();
    expect(await stage.record()).toMatchObject({ trouble: { code: 'window.not-open' } });
  });
});
