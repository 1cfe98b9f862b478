import type { Fabric } from '../../../../lab/hyperv/fabric';
import type { HyperV } from '../../../../src/core/hyperv-port';
import type { Modes } from '../../../../src/core/settings';
import { fabricAt, UNPREPARED } from '../../../support/fabric';
import { HostStage } from '../../../support/host-stage';
import { approver, times } from '../../../support/request-record';

const ASK = 'prepare hyper-v01,hyper-v02 --networks 10.0.5.0/24';
const WANTED = { enabled: true, auth: 'kerberos', anyNetwork: false, networks: ['10.0.5.0/24'] } as const;
const MINUTE = 60_000;
/** A person has longer than the worker, though not as long as in earnest: every look of that time is made. */
const bounds = { endMinutes: 20, handMinutes: 40 };

let stage: HostStage;
let fabric: Fabric;
let port: HyperV;
/** How many hosts the worker has set. */
let sets = 0;

async function begin(mode: Modes['host-setting'], caps?: { preparedPerRequest: number }): Promise<void> {
  const rule = { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 };
  const policy = { 'host-setting': rule, ...(caps && { caps }) };
  stage = new HostStage({ 'host-setting': rule }, bounds);
  const made = fabricAt(() => stage.clock.now(), {
    hosts: { 'hyper-v01': { migration: UNPREPARED }, 'hyper-v02': { migration: UNPREPARED } },
  });
  ({ fabric, hyperV: port } = made);
  sets = 0;
  const configure: HyperV['configure'] = (host, change) => {
    sets += 1;
    return port.configure(host, change);
  };
  await stage.work({ ...port, configure }, policy, mode);
}
afterEach(() => stage.stop());

const look = () => stage.clock.pass(times.lookSeconds * 1_000 + 2_000);
const auth = (host: string) =>
  fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host)?.migration.auth;

describe('a host that a person sets', () => {
  it('is waited for and seen, and the worker sets nothing', async () => {
    await begin('advise');
    const { plan } = await stage.ask(ASK);
    expect(plan?.hosts.settings.map(({ by }) => by)).toEqual(['hand', 'hand']);
    expect((await stage.approve()).state).toBe('awaiting-hand');
    await port.configure('hyper-v02', WANTED);
    await look();
    const half = await stage.record();
    expect([half.state, half.hostSteps.map(({ outcome }) => outcome?.kind)]).toEqual([
      'awaiting-hand',
      [undefined, 'by-hand'],
    ]);
    await port.configure('hyper-v01', WANTED);
    await look();
    const done = await stage.record();
    expect([done.state, done.hostSteps.map(({ outcome }) => outcome?.kind)]).toEqual([
      'done',
      ['by-hand', 'by-hand'],
    ]);
    expect(sets).toBe(0);
    expect(done.hostSteps.map(({ intent }) => intent)).toEqual([null, null]);
  });

  it('may be set when a worker’s time would be over, and is looked at on request at once', async () => {
    await begin('advise');
    await stage.ask('prepare hyper-v01');
    await stage.approve();
    await stage.clock.pass(30 * MINUTE);
    await port.configure('hyper-v01', { enabled: true, auth: 'kerberos' });
    await stage.client.lookNow(stage.id);
    await stage.clock.pass(1_000);
    expect((await stage.record()).state).toBe('done');
  });

  it('has what is missing named as long as only a part is done', async () => {
    await begin('advise');
    await stage.ask(ASK);
    await stage.approve();
    await port.configure('hyper-v01', { auth: 'kerberos', networks: ['10.0.5.0/24'] });
    await look();
    const { state, trouble } = await stage.record();
    expect([state, trouble?.summary]).toEqual([
      'awaiting-hand',
      'Done in part by hand; this is still missing: live migration on of hyper-v01 and chosen networks only of hyper-v01.',
    ]);
  });

  it('is planned again when something else was done instead', async () => {
    await begin('advise');
    await stage.ask('prepare hyper-v01 --max 4');
    await stage.approve();
    await port.configure('hyper-v01', { most: 8 });
    await look();
    const { state, voided, plan } = await stage.record();
    expect([state, voided.length, plan?.number]).toEqual(['waiting', 1, 2]);
  });

  it('is waited for as long as a person has, and no longer; what was done in part is told, and can be undone', async () => {
    await begin('advise');
    await stage.ask(ASK);
    await stage.approve();
    await port.configure('hyper-v01', { auth: 'kerberos' });
    await stage.clock.pass(39 * MINUTE);
    expect((await stage.record()).state).toBe('awaiting-hand');
    await stage.clock.pass(2 * MINUTE);
    const ended = await stage.record();
    expect([ended.state, ended.hostSteps.map(({ outcome }) => outcome?.problem?.code)]).toEqual([
      'partial',
      ['hand.partly', 'hand.not-done'],
    ]);
    const undo = await stage.undo();
    expect(undo.plan?.hosts.settings).toEqual([
      { host: 'hyper-v01', by: 'hand', before: { auth: 'kerberos' }, after: { auth: 'credssp' } },
    ]);
  });

  it('counts for nothing when the approval is not the bot’s', async () => {
    await begin('advise');
    await stage.ask('prepare hyper-v01');
    const { decisions } = await stage.approve();
    await stage.edit({ decisions: decisions.map((each) => ({ ...each, signature: 'AAAA' })) });
    await port.configure('hyper-v01', { enabled: true, auth: 'kerberos' });
    await look();
    const ended = await stage.record();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'decision.forged']);
  });

  it('is not set by a worker whose mode has changed to act after the approval', async () => {
    await begin('advise');
    await stage.ask('prepare hyper-v01');
    await stage.rest();
    await stage.work(port, undefined, 'act');
    const ended = await stage.approve();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'mode.changed']);
    expect(auth('hyper-v01')).toBe('credssp');
  });
});

describe('the mode observe', () => {
  it('shows the plan and carries nothing out', async () => {
    await begin('observe');
    const ended = await stage.ask(ASK);
    expect([ended.state, ended.ending?.problem?.code, ended.plan?.hosts.settings.length]).toEqual([
      'refused',
      'mode.observe',
      2,
    ]);
    const audit = await stage.ledger.audit(ended.id);
    expect(audit.at(-1)?.what).toBe('mode.observe');
  });

  it('holds for a plan that was approved before', async () => {
    await begin('act');
    await stage.ask('prepare hyper-v01');
    await stage.rest();
    await stage.work(port, undefined, 'observe');
    const ended = await stage.approve();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'mode.observe']);
    expect(auth('hyper-v01')).toBe('credssp');
  });
});

describe('a cap on hosts that one request sets', () => {
  it('is the worker’s own', async () => {
    await begin('act', { preparedPerRequest: 1 });
    const ended = await stage.ask(ASK);
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['refused', 'cap.prepared']);
  });
});
