import type { HyperV } from '../../../../../src/core/hyperv-port';
import type { FabricMachine } from '../../../../../lab/hyperv/model';
import { Fault } from '../../../../../src/core/problem';
import type { RequestRecord } from '../../../../../src/core/request/record';
import type { ChoiceWord, Person } from '../../../../../src/core/request/statement';
import type { Answered } from '../../../../../src/jobs/client';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, NOW, requester, secondApprover } from '../../../../support/request-record';
import { OTHER_VENDOR } from '../../../../support/other-vendor';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

async function begin(
  changes: ConstructorParameters<typeof MoveStage>[1] = {},
  { policy = MOVE_POLICY, around }: { policy?: typeof MOVE_POLICY; around?: (hyperV: HyperV) => HyperV } = {},
): Promise<void> {
  stage = new MoveStage(policy, changes);
  stage.machineRules = [{ match: '*', mayShutDown: true }];
  await stage.begin(around);
  for (const from of HOSTS)
    stage.delegate(...HOSTS.filter((to) => to !== from).map((to) => [from, to] as const));
}

/** app-02, with a disc in its drive, is all that hyper-v02 has. */
const ONE_STUCK: ConstructorParameters<typeof MoveStage>[1] = {
  machines: { 'web-03': { host: 'hyper-v01' }, 'mail-01': { host: 'hyper-v03' } },
};

async function choose(name: string, choice: ChoiceWord['choice'], by: Person = requester): Promise<Answered> {
  const answered = await stage.client.choose({ id: stage.id, machine: name, choice, by });
  await stage.clock.pass(10_000);
  return answered;
}

async function chosen(name: string, choice: ChoiceWord['choice']): Promise<RequestRecord> {
  expect(await choose(name, choice)).toMatchObject({ kind: 'recorded' });
  return stage.record();
}

const stayingOf = ({ plan }: RequestRecord) =>
  plan?.forecast?.staying.map(({ name, short, choices }) => ({ name, short, choices }));

describe('a choice on a card that waits', () => {
  it('makes a new plan, voids the votes, and what was chosen is done before the machine moves', async () => {
    const twice = { ...MOVE_POLICY['live-move'], requesters: 'anyone' as const, quorum: 2 };
    const approvers = [approver.user, secondApprover.user];
    await begin({}, { policy: { ...MOVE_POLICY, 'live-move': { ...twice, approvers } } });
    const waiting = await stage.ask('drain hyper-v02 --no-storage');
    const mail = { name: 'mail-01', short: 'local disks', choices: ['leave'] };
    expect(stayingOf(waiting)).toEqual([
      { name: 'app-02', short: 'something in its drive', choices: ['eject', 'leave'] },
      mail,
    ]);
    await stage.approve();
    expect((await stage.record()).decisions).toHaveLength(1);
    const again = await chosen('app-02', 'eject');
    expect(again).toMatchObject({ state: 'waiting', plan: { number: 2 }, voided: [{ plan: 1 }] });
    expect(stayingOf(again)).toEqual([mail]);
    const { id } = stage.machine('app-02');
    expect(again.plan?.hosts.envelope?.machines.find((each) => each.id === id)).toMatchObject({
      first: 'eject',
    });
    // The vote of before is none for this plan.
    await stage.approve();
    expect(await stage.record()).toMatchObject({ state: 'waiting' });
    expect(stage.machine('app-02').iso).not.toBeNull();
    const { plan } = await stage.record();
    const click = { plan: plan?.number ?? 0, fingerprint: plan?.fingerprint ?? '', reason: '' };
    await stage.client.decide({ ...click, id: stage.id, by: secondApprover, verdict: 'approve' });
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v02', machines: ['mail-01'] }],
    });
    expect(stage.machine('app-02')).toMatchObject({ iso: null, state: 'running' });
    expect(stage.machine('app-02').host).not.toBe('hyper-v02');
    expect(stage.machine('app-02').startedAt).toBeLessThan(stage.clock.now() - 86_400_000);
  });

  it('made twice voids no vote that the plan with it has got since', async () => {
    const approvers = [approver.user, secondApprover.user];
    const twice = { requesters: 'anyone' as const, approvers, quorum: 2 };
    await begin({}, { policy: { ...MOVE_POLICY, 'live-move': twice } });
    await stage.ask('drain hyper-v02 --no-storage');
    await chosen('app-02', 'eject');
    await stage.approve();
    expect(await choose('app-02', 'eject')).toMatchObject({ problem: { code: 'choice.already' } });
    const { plan, voided, decisions } = await stage.record();
    expect([plan?.number, voided.length, decisions.length]).toEqual([2, 1, 1]);
  });

  it('has a machine shut down by its guest, moved cold, and started where it is then', async () => {
    await begin(OTHER_VENDOR);
    expect(stayingOf(await stage.ask('drain hyper-v01'))).toEqual([
      { name: 'web-01', short: 'other processors', choices: ['shut-down', 'leave'] },
    ]);
    const { plan } = await chosen('web-01', 'shut-down');
    expect(plan?.forecast?.moves.map(({ name, kind }) => [name, kind]).toSorted()).toEqual([
      ['web-01', 'cold'],
      ['web-02', 'cold'],
    ]);
    const before = stage.machine('web-01');
    await stage.approve();
    await stage.clock.pass(600_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: [] }] });
    expect(stage.machine('web-01')).toMatchObject({ state: 'running', heartbeat: 'ok' });
    expect(stage.machine('web-01').startedAt).toBeGreaterThan(before.startedAt);
    // What was off stays off.
    expect(stage.machine('web-02')).toMatchObject({ state: 'off' });
    const told = await stage.audited();
    expect(told.filter((what) => what.startsWith('machine.'))).toEqual([
      'machine.intent',
      'machine.ready',
      'machine.start-intent',
      'machine.runs',
    ]);
    const { outcome } = (await stage.move('web-01')) ?? {};
    expect(outcome?.health.map(({ name, isWell }) => [name, isWell])).toEqual([
      ['State', true],
      ['Heartbeat', true],
      ['Network', true],
      ['Address', true],
    ]);
  });

  it('has a machine saved that goes on at the other host', async () => {
    await begin();
    const { plan } = await stage.ask('drain hyper-v01');
    const forecast = plan?.forecast;
    if (!forecast) throw new Error('there is no plan');
    // Saving is offered where no order of live moves is found; here the card says so of a machine that could go.
    const staying = {
      machine: WEB,
      name: 'web-01',
      host: 'hyper-v01',
      short: '',
      reasons: [],
      choices: ['save'],
    };
    const envelope = plan.hosts.envelope;
    const machines = (envelope?.machines ?? []).filter(({ id }) => id !== WEB);
    const hosts = { settings: [], envelope: { machines, destinations: envelope?.destinations ?? [] } };
    await stage.edit({ plan: { ...plan, hosts, forecast: { ...forecast, staying: [staying] } } });
    const again = await chosen('web-01', 'save');
    expect(again.plan?.forecast?.moves.find(({ machine: id }) => id === WEB)).toMatchObject({ kind: 'cold' });
    await stage.approve();
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machine('web-01')).toMatchObject({ state: 'running', heartbeat: 'ok' });
    expect(stage.machine('web-01').host).not.toBe('hyper-v01');
    expect((await stage.move('web-01'))?.readied).toMatchObject({ before: { state: 'running' } });
  });

  it('has a paused machine saved, which stays so at the other host: nobody wanted it to run', async () => {
    const { machines } = ONE_STUCK ?? {};
    await begin({ machines: { ...machines, 'app-02': { state: 'paused', iso: null } } });
    expect(stayingOf(await stage.ask('drain hyper-v02'))).toEqual([
      { name: 'app-02', short: 'neither on nor off', choices: ['save', 'leave'] },
    ]);
    await chosen('app-02', 'save');
    await stage.approve(300_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v02', machines: [] }],
    });
    expect(stage.machine('app-02')).toMatchObject({ state: 'saved' });
    const told = (await stage.audited()).filter((what) => what.startsWith('machine.'));
    expect(told).toEqual(['machine.intent', 'machine.ready']);
    expect((await stage.move('app-02'))?.outcome).toMatchObject({ problem: null });
  });

  it('helps nothing where nothing keeps a machine, which may be left', async () => {
    await begin();
    await stage.ask('drain hyper-v01');
    expect(await choose('web-01', 'save')).toMatchObject({ problem: { code: 'choice.no-help' } });
    const left = await chosen(stage.machine('web-01').id, 'leave');
    expect(stayingOf(left)).toMatchObject([{ name: 'web-01', short: 'left by choice' }]);
  });

  it('leaves a machine that somebody wants to stay, and says so in the end', async () => {
    await begin();
    await stage.ask('drain hyper-v01');
    await chosen('sql-01', 'leave');
    await stage.approve();
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: ['sql-01'] }] });
    expect(stage.machine('sql-01').host).toBe('hyper-v01');
  });

  it('is refused to who may not ask for the drain, or not for a stop, and of what would not help', async () => {
    const { shutdown: _, ...policy } = MOVE_POLICY;
    const rule = { ...policy['live-move'], denyRequesters: ['U0STRANGER'], requesters: 'anyone' as const };
    const approvers = [approver.user];
    await begin(OTHER_VENDOR, { policy: { ...policy, 'live-move': { ...rule, approvers, quorum: 1 } } });
    await stage.ask('drain hyper-v01');
    const stranger = { ...requester, user: 'U0STRANGER' };
    expect(await choose('web-01', 'leave', stranger)).toMatchObject({
      problem: { code: 'request.not-allowed' },
    });
    expect(await choose('web-01', 'shut-down')).toMatchObject({ problem: { code: 'request.not-allowed' } });
    expect(await choose('web-01', 'eject')).toMatchObject({ problem: { code: 'choice.no-help' } });
    expect(await choose('web-09', 'leave')).toMatchObject({ problem: { code: 'choice.unknown' } });
    expect(await stage.record()).toMatchObject({ state: 'waiting', plan: { number: 1 } });
    expect(await stage.audited()).toContain('choice.refused');
  });

  it('is another one’s to approve than who has chosen it', async () => {
    await begin();
    await stage.ask('drain hyper-v02');
    expect(await choose('app-02', 'eject', approver)).toMatchObject({ kind: 'recorded' });
    await expect(stage.approve()).rejects.toThrow('decision.self');
  });

  it('needs the approvers of a shutdown beside those of moves', async () => {
    const shutdown = { requesters: 'anyone' as const, approvers: [secondApprover.user], quorum: 1 };
    await begin(OTHER_VENDOR, { policy: { ...MOVE_POLICY, shutdown } });
    await stage.ask('drain hyper-v01');
    await chosen('web-01', 'shut-down');
    await stage.approve(120_000);
    expect(await stage.record()).toMatchObject({ state: 'waiting' });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
  });
});

describe('a drain in which nothing can move as it is', () => {
  it('waits for a choice, is approved by nothing before, and goes on as any other then', async () => {
    const window = {
      name: 'patch-night',
      start: new Date(NOW).toISOString(),
      end: new Date(NOW + 7_200_000).toISOString(),
      waives: ['live-move' as const],
    };
    const breakGlass = [approver.user];
    const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1, breakGlass };
    const policy = { ...MOVE_POLICY, 'live-move': rule, maintenanceWindows: [window] };
    await begin(ONE_STUCK, { policy });
    const waiting = await stage.ask('drain hyper-v02');
    expect(waiting).toMatchObject({
      state: 'waiting',
      plan: { number: 1, hosts: { settings: [], envelope: null } },
    });
    expect(stayingOf(waiting)).toMatchObject([{ name: 'app-02', choices: ['eject', 'leave'] }]);
    await stage.client.waive(stage.id);
    await expect(stage.approve()).rejects.toThrow('decision.nothing');
    expect(await choose('app-02', 'leave')).toMatchObject({ problem: { code: 'choice.stays' } });
    const { state, decisions } = await stage.record();
    expect([state, decisions]).toEqual(['waiting', []]);
    const again = await chosen('app-02', 'eject');
    expect(again).toMatchObject({ state: 'waiting', plan: { number: 2 } });
    await stage.client.waive(stage.id);
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v02', machines: [] }],
    });
    expect(stage.machine('app-02')).toMatchObject({ iso: null, state: 'running' });
  });

  it('is carried out by no worker, whatever stands in the ledger', async () => {
    await begin(ONE_STUCK);
    await stage.ask('drain hyper-v02');
    await stage.edit({ state: 'approved' });
    await stage.clock.pass(60_000);
    expect(await stage.record()).toMatchObject({ state: 'failed', moves: [] });
    expect(stage.machine('app-02')).toMatchObject({ host: 'hyper-v02', iso: 'D:\\ISO\\setup.iso' });
  });

  it('expires like any other, is denied, and is refused where nobody can choose anything', async () => {
    await begin(ONE_STUCK);
    const { plan } = await stage.ask('drain hyper-v02');
    await stage.clock.pass((plan?.decideBy ?? 0) - stage.clock.now() + 1_000);
    expect((await stage.record()).state).toBe('expired');
    const other = await stage.ask('drain hyper-v02 to hyper-v03');
    const about = { id: stage.id, plan: 1, fingerprint: other.plan?.fingerprint ?? '' };
    await stage.client.decide({ ...about, by: approver, verdict: 'deny', reason: 'not tonight' });
    expect((await stage.record()).state).toBe('denied');
    stage.fabric.add({
      ...stage.machine('app-02'),
      id: 'f'.repeat(8) + WEB.slice(8),
      name: 'pin-01',
      notes: 'handover: pin',
    });
    await stage.rest();
    stage.fabric.eject(stage.machine('app-02').id);
    stage.machineRules = [{ match: 'app-02', pin: true }];
    await stage.begin();
    expect(await stage.ask('drain hyper-v02 to hyper-v01')).toMatchObject({
      state: 'refused',
      ending: { problem: { code: 'drain.nothing' } },
    });
  });
});

describe('an open maintenance window', () => {
  it('waives the moves of a drain, and not that a machine is shut down for it', async () => {
    const from = new Date(NOW).toISOString();
    const until = new Date(NOW + 7_200_000).toISOString();
    const window = { name: 'patch-night', start: from, end: until, waives: ['live-move' as const] };
    await begin(OTHER_VENDOR, { policy: { ...MOVE_POLICY, maintenanceWindows: [window] } });
    await stage.ask('drain hyper-v01');
    await chosen('web-01', 'shut-down');
    await stage.client.waive(stage.id);
    await stage.clock.pass(120_000);
    const { state, decisions } = await stage.record();
    expect(decisions.map(({ statement }) => statement.votesFor)).toEqual([['live-move']]);
    expect(state).toBe('waiting');
    await stage.approve(600_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });
});

describe('a machine that is stopped for its move', () => {
  async function stopped(
    changes: Partial<FabricMachine> = {},
    around?: (hyperV: HyperV) => HyperV,
  ): Promise<void> {
    const { hosts = {}, machines = {} } = OTHER_VENDOR ?? {};
    await begin({ hosts, machines: { ...machines, 'web-01': changes } }, { ...(around && { around }) });
    await stage.ask('drain hyper-v01');
    await chosen(changes.name ?? 'web-01', 'shut-down');
  }

  it('runs on where it is when its guest does not want to, and the card says so', async () => {
    await stopped({ name: 'deaf-01' });
    await stage.approve();
    await stage.clock.pass(900_000);
    const { outcome } = (await stage.move('deaf-01')) ?? {};
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'machine.not-shut-down' } });
    expect(stage.machine('deaf-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
    expect(await stage.record()).toMatchObject({ state: 'partial' });
  });

  it('runs on when Windows refuses at once', async () => {
    await stopped({ heartbeat: 'none' });
    await stage.approve();
    await stage.clock.pass(60_000);
    const { outcome } = (await stage.move('web-01')) ?? {};
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'machine.not-readied' } });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
  });

  it('is started again where it was when its move breaks', async () => {
    await stopped();
    stage.fabric.spoil(WEB, 'halfway');
    await stage.approve();
    await stage.clock.pass(900_000);
    expect((await stage.move('web-01'))?.outcome).toMatchObject({ kind: 'failed' });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
    expect(await stage.record()).toMatchObject({ state: 'partial' });
  });

  it('is started again where it was when somebody says stop before it moves', async () => {
    await stopped();
    await stage.approve(15_000);
    expect(stage.machine('web-01').ending?.state).toBe('off');
    await stage.client.stop({ id: stage.id, by: requester });
    await stage.clock.pass(300_000);
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
    expect(stage.machine('web-01').startedAt).toBeGreaterThan(stage.clock.now() - 300_000);
    expect(await stage.record()).toMatchObject({ state: 'stopped' });
  });

  it('is started again when everything is frozen for long while it is off', async () => {
    await stopped();
    await stage.approve(15_000);
    await stage.client.freeze({ by: requester, why: 'storm' });
    await stage.clock.pass(600_000);
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
  });

  it('is told again by another worker when the first has died before it said so', async () => {
    const told: string[] = [];
    let isDead = true;
    await stopped({}, (hyperV) => ({
      ...hyperV,
      tell(order) {
        told.push(order.what);
        const lost = new Fault({
          code: 'hyperv.no-answer',
          retry: 'unknown',
          message: 'no answer',
          remedy: '',
        });
        return isDead ? Promise.reject(lost) : hyperV.tell(order);
      },
    }));
    await stage.approve(15_000);
    expect(told).toEqual(['shut-down']);
    isDead = false;
    await stage.rest();
    await stage.work(stage.hyperV, stage.ownRules);
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machine('web-01').state).toBe('running');
  });

  it('needs a person when it does not run again, who is told how', async () => {
    await stopped({}, (hyperV) => ({
      ...hyperV,
      tell: (order) =>
        order.what === 'start'
          ? Promise.resolve({ code: '0x8007000E', message: 'Not enough memory.' })
          : hyperV.tell(order),
    }));
    stage.fabric.spoil(WEB, 'halfway');
    await stage.approve();
    await stage.clock.pass(1_200_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'stuck', ending: { problem: { code: 'machine.not-started' } } });
    expect(record.ending?.problem?.remedy).toContain('Start-VM');
  });
});

describe('a choice in a request that runs', () => {
  it('is an instruction within what was approved: a machine may be left, and nothing else that was not', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --max 1');
    await stage.approve(3_000);
    const left = (await stage.record()).moves.findLast(({ intent }) => intent === null)?.name ?? '';
    expect(await choose(left, 'shut-down')).toMatchObject({ problem: { code: 'choice.outside' } });
    expect(await choose(left, 'leave')).toMatchObject({ kind: 'recorded' });
    await stage.clock.pass(600_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'done', plan: { number: 1 } });
    expect(record.remaining).toEqual([{ host: 'hyper-v01', machines: [left] }]);
    expect((await stage.move(left))?.outcome).toMatchObject({ kind: 'left', problem: null });
  });

  it('comes too late for a machine whose move has begun', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --max 1');
    await stage.approve(3_000);
    const moving = (await stage.record()).moves.find(({ intent }) => intent)?.name ?? '';
    expect(await choose(moving, 'leave')).toMatchObject({ problem: { code: 'choice.late' } });
  });
});
