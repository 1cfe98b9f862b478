import type { HyperV, MoveOrder } from '../../../../../src/core/hyperv-port';
import { Fault } from '../../../../../src/core/problem';
import type { RequestRecord } from '../../../../../src/core/request/record';
import { fullStage } from '../../../../support/full-stage';
import { GB } from '../../../../../lab/hyperv/model';
import { MOVE_POLICY, type MoveStage } from '../../../../support/move-stage';
import { approver } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

const SQL = '00000004-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const WEB = '00000005-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const COMMAND = 'drain hyper-v01 --make-room';

/** Those of hyper-v03 could make room there as well. */
const PINNED = ['build-01', 'file-01'].map((match) => ({ match, pin: true }));

const waysOf = ({ plan }: RequestRecord) =>
  plan?.forecast?.moves.map(({ name, from, to }) => [name, from, to]);
const said = ({ plan }: RequestRecord, check: string) => plan?.verdicts.find((each) => each.check === check);

/** Orders in the order in which they were given. */
function noting(orders: MoveOrder[]): (hyperV: HyperV) => HyperV {
  return (hyperV) => ({
    ...hyperV,
    start(order) {
      orders.push(order);
      return hyperV.start(order);
    },
  });
}

describe('a drain for which hosts are too full', () => {
  it('moves nothing of other hosts, does the rest, and says how many --make-room would move', async () => {
    const orders: MoveOrder[] = [];
    stage = await fullStage({ around: noting(orders) });
    const waiting = await stage.ask('drain hyper-v01');
    expect(waiting.state).toBe('waiting');
    expect(waysOf(waiting)?.map(([name]) => name)).toEqual(['tiny-01']);
    expect(waiting.plan?.forecast?.staying).toMatchObject([{ name: 'sql-01', short: 'too little memory' }]);
    expect(said(waiting, 'room.offer')).toEqual({
      check: 'room.offer',
      verdict: 'warn',
      sentence:
        '--make-room would place 1 of those that stay: 1 machine of another host would move out of the way.',
      remedy: 'Ask again with --make-room.',
    });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(orders.map(({ from }) => from)).toEqual(['hyper-v01']);
    expect(stage.hostOf('web-03')).toBe('hyper-v02');
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v01', machines: ['sql-01'] }],
    });
  });

  it('is refused with that offer where nothing can move without', async () => {
    stage = await fullStage({ rules: [{ match: 'tiny-01', pin: true }] });
    const refused = await stage.ask('drain hyper-v01');
    expect(refused.state).toBe('refused');
    expect(refused.ending?.problem?.remedy).toContain('Ask again with --make-room.');
  });

  it('says nothing of it where that would not help either', async () => {
    stage = await fullStage({ rules: [...PINNED, { match: 'web-03', pin: true }] });
    expect(said(await stage.ask('drain hyper-v01'), 'room.offer')).toBeUndefined();
    const asked = await stage.ask(COMMAND);
    expect(waysOf(asked)?.map(([name]) => name)).toEqual(['tiny-01']);
    expect(said(asked, 'room.none')).toMatchObject({ verdict: 'warn' });
  });
});

describe('a drain that makes room', () => {
  it('moves what makes room first, then what was asked about, and notes where both are at home', async () => {
    const orders: MoveOrder[] = [];
    stage = await fullStage({ around: noting(orders), rules: PINNED });
    const waiting = await stage.ask(COMMAND);
    expect(waysOf(waiting)?.[0]).toEqual(['web-03', 'hyper-v02', 'hyper-v03']);
    const { machines } = waiting.plan?.hosts.envelope ?? { machines: [] };
    expect(machines.filter(({ room }) => room).map(({ name }) => name)).toEqual(['web-03']);
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record).toMatchObject({
      state: 'done',
      replans: 0,
      remaining: [{ host: 'hyper-v01', machines: [] }],
    });
    const order = orders.map(({ machine }) => machine);
    expect(order.indexOf(WEB)).toBeLessThan(order.indexOf(SQL));
    const [web, sql] = [WEB, SQL].map((id) => record.moves.find(({ machine }) => machine === id));
    expect(sql?.intent?.at).toBeGreaterThanOrEqual(web?.outcome?.at ?? Infinity);
    expect((await stage.ledger.homes()).get(WEB)?.host).toBe('hyper-v02');
    expect([...(await stage.ledger.homes()).values()].map(({ host }) => host).toSorted()).toEqual([
      'hyper-v01',
      'hyper-v01',
      'hyper-v02',
    ]);
  });

  it('is brought back host by host, each by the return of its own', async () => {
    stage = await fullStage();
    await stage.ask(COMMAND);
    await stage.approve();
    await stage.clock.pass(300_000);
    for (const host of ['hyper-v01', 'hyper-v02']) {
      await stage.ask(`return ${host}`);
      await stage.approve();
      await stage.clock.pass(300_000);
      expect(await stage.record()).toMatchObject({ state: 'done' });
    }
    expect([stage.hostOf('sql-01'), stage.hostOf('web-03')]).toEqual(['hyper-v01', 'hyper-v02']);
    expect((await stage.ledger.homes()).size).toBe(0);
  });

  it('waits as long as what makes room is kept waiting, and uses up no try at planning anew', async () => {
    let isHeld = true;
    stage = await fullStage({
      around: (hyperV) => ({
        ...hyperV,
        compare: (order) =>
          isHeld && order.machine === WEB
            ? Promise.reject(
                new Fault({ code: 'host.silent', retry: 'later', message: 'It does not answer.' }),
              )
            : hyperV.compare(order),
      }),
    });
    await stage.ask(COMMAND);
    await stage.approve();
    await stage.clock.pass(120_000);
    const waiting = await stage.record();
    expect(waiting).toMatchObject({ state: 'running', replans: 0 });
    expect((await stage.move('tiny-01'))?.outcome?.kind).toBe('moved');
    expect(await stage.move('sql-01')).toMatchObject({ intent: null, outcome: null, tries: 0 });
    isHeld = false;
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'done', replans: 0 });
  });

  it('leaves with a true reason what has no room because a move that was to make it broke', async () => {
    stage = await fullStage();
    await stage.ask(COMMAND);
    stage.fabric.spoil(WEB, 'halfway');
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record).toMatchObject({
      state: 'partial',
      remaining: [{ host: 'hyper-v01', machines: ['sql-01'] }],
    });
    expect((await stage.move('web-03'))?.outcome?.kind).toBe('failed');
    expect((await stage.move('sql-01'))?.outcome?.problem?.summary).toMatch(
      /^sql-01 was not moved to hyper-v02: .* free on hyper-v02/,
    );
    expect(stage.hostOf('web-03')).toBe('hyper-v02');
  });

  it('plans anew inside the approval when that move broke and another host has room by then', async () => {
    stage = await fullStage();
    await stage.ask(COMMAND);
    stage.fabric.spoil(WEB, 'halfway');
    stage.fabric.configure('hyper-v03', { memoryBytes: 64 * GB });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(stage.hostOf('sql-01')).toBe('hyper-v03');
    const record = await stage.record();
    expect(record).toMatchObject({ replans: 1, remaining: [{ host: 'hyper-v01', machines: [] }] });
  });

  it('waits until the memory is seen that has become free', async () => {
    let isSeen = false;
    stage = await fullStage({
      around: (hyperV) => ({
        ...hyperV,
        async inventory(hosts) {
          const readings = await hyperV.inventory(hosts);
          const isThere = readings.some(
            ({ host, facts }) => host === 'hyper-v03' && facts?.machines.some(({ id }) => id === WEB),
          );
          if (isSeen || !isThere) return readings;
          isSeen = true;
          // Its memory is not given back yet where it was.
          return readings.map((each) =>
            each.host === 'hyper-v02' && each.facts
              ? {
                  ...each,
                  facts: {
                    ...each.facts,
                    memory: { ...each.facts.memory, free: each.facts.memory.free - 4 * GB },
                  },
                }
              : each,
          );
        },
      }),
    });
    await stage.ask(COMMAND);
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(isSeen).toBe(true);
    expect(await stage.record()).toMatchObject({ state: 'done', replans: 0 });
  });

  it('lets what makes room go to another approved host where it has no room any more', async () => {
    stage = await fullStage({ isLarger: true });
    const waiting = await stage.ask(COMMAND);
    const planned = waiting.plan?.forecast?.moves.find(({ machine }) => machine === WEB)?.to ?? '';
    const other = planned === 'hyper-v03' ? 'hyper-v04' : 'hyper-v03';
    const { facts } = (await stage.hyperV.inventory([planned]))[0] ?? {};
    const gigabytes = Math.floor((facts?.memory.free ?? 0) / GB);
    stage.add('huge-01', { like: 'web-01', gigabytes, host: planned });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(stage.hostOf('web-03')).toBe(other);
    expect(stage.hostOf('sql-01')).toBe('hyper-v02');
    expect(await stage.record()).toMatchObject({ state: 'done', plan: { number: 1 } });
  });

  it('sends nobody to empty the host of what was to make room, when that cannot go', async () => {
    stage = await fullStage({ isLarger: true });
    await stage.ask('drain hyper-v01 to hyper-v02,hyper-v03 --make-room');
    stage.add('huge-01', { like: 'web-03', gigabytes: 11, host: 'hyper-v03' });
    await stage.approve();
    await stage.clock.pass(300_000);
    const problem = (await stage.move('web-03'))?.outcome?.problem;
    expect(problem?.summary).toMatch(/^web-03 was not moved to hyper-v03/);
    expect(problem?.remedy).not.toContain('/drain');
  });

  it('fails, and makes what was asked about be planned anew, where the destination of what makes room is full', async () => {
    stage = await fullStage();
    await stage.ask(COMMAND);
    stage.add('huge-01', { like: 'web-03', gigabytes: 11, host: 'hyper-v03' });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect((await stage.move('web-03'))?.outcome?.problem?.summary).toMatch(
      /^web-03 was not moved to hyper-v03: .* free on hyper-v03/,
    );
    expect((await stage.move('sql-01'))?.outcome?.kind).toBe('failed');
    expect(stage.hostOf('web-03')).toBe('hyper-v02');
  });

  it('leaves what would make room where it is when nobody needs that any more', async () => {
    const orders: MoveOrder[] = [];
    stage = await fullStage({ around: noting(orders) });
    await stage.ask(`${COMMAND} --at 02:20`);
    const { id } = stage;
    await stage.approve(1_000);
    const chosen = { id, machine: 'sql-01', choice: 'leave' as const, by: approver };
    expect(await stage.client.choose(chosen)).toMatchObject({ kind: 'recorded' });
    await stage.clock.pass(1_800_000);
    expect(orders.map(({ machine }) => machine)).not.toContain(WEB);
    expect((await stage.move('web-03'))?.outcome).toMatchObject({
      kind: 'left',
      problem: { summary: 'web-03 stays on hyper-v02: nobody needs its room any more.' },
    });
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('has what its moves need of the directory and of hosts in the same plan, first', async () => {
    stage = await fullStage({ isBare: true });
    const waiting = await stage.ask(COMMAND);
    expect(waiting.plan?.directory.changes.map(({ name }) => name)).toEqual(['hyper-v01', 'hyper-v02']);
    expect(waiting.plan?.hosts.settings.map(({ host }) => host)).toEqual(['hyper-v03']);
    await stage.approve();
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v01', machines: [] }],
    });
    expect(stage.hostOf('web-03')).toBe('hyper-v03');
  });

  it.each([
    ['pinned by a rule', { rules: [{ match: 'web-03', pin: true }] }],
    ['Tier 0 by a rule', { rules: [{ match: 'web-03', tier0: true }] }],
    ['for its own host alone', { rules: [{ match: 'web-03', onlyHosts: ['hyper-v02'] }] }],
    [
      'to be kept apart from one that is there',
      {
        rules: [
          { match: 'web-03', keepApart: 'x' },
          { match: 'build-01', keepApart: 'x' },
        ],
      },
    ],
  ])('moves no machine for it that is %s', async (_what, { rules }) => {
    stage = await fullStage({ rules: [...PINNED, ...rules] });
    expect(waysOf(await stage.ask(COMMAND))?.map(([name]) => name)).toEqual(['tiny-01']);
  });

  it('puts nothing on a cordoned host for it', async () => {
    stage = await fullStage({ rules: PINNED });
    await stage.client.cordon({ host: 'hyper-v03', by: approver, why: 'New memory' });
    expect(waysOf(await stage.ask(COMMAND))?.map(([name]) => name)).toEqual(['tiny-01']);
  });

  it('is refused to who may not ask for moves at a host that a machine would make room on or go to', async () => {
    const owned = { requesters: ['U0OTHER'], approvers: [approver.user], quorum: 1 };
    const rule = { ...MOVE_POLICY['live-move'], requesters: 'anyone' as const, quorum: 1 };
    const policy = {
      ...MOVE_POLICY,
      hostGroups: { theirs: ['hyper-v03'] },
      'live-move': { ...rule, approvers: [approver.user], groups: { theirs: owned } },
    };
    stage = await fullStage({ policy });
    expect(await stage.ask('drain hyper-v01 to hyper-v02')).toMatchObject({ state: 'waiting' });
    expect(await stage.ask(COMMAND)).toMatchObject({
      state: 'refused',
      ending: { problem: { code: 'request.not-allowed' } },
    });
  });
});
