import type { Fabric } from '../../../../lab/hyperv/fabric';
import type { HyperV } from '../../../../src/core/hyperv-port';
import { Fault } from '../../../../src/core/problem';
import { planDigests } from '../../../../src/core/request/fingerprint';
import type { Policy } from '../../../../src/core/settings';
import { fabricAt, UNPREPARED } from '../../../support/fabric';
import { HostStage } from '../../../support/host-stage';
import { approver } from '../../../support/request-record';

const ASK = 'prepare hyper-v01,hyper-v02 --networks 10.0.5.0/24';

let stage: HostStage;
let fabric: Fabric;
let port: HyperV;
async function begin(
  around: (hyperV: HyperV) => HyperV = (hyperV) => hyperV,
  policy?: Policy,
): Promise<void> {
  stage = new HostStage();
  const made = fabricAt(() => stage.clock.now(), {
    hosts: { 'hyper-v01': { migration: UNPREPARED }, 'hyper-v02': { migration: UNPREPARED } },
  });
  ({ fabric } = made);
  port = made.hyperV;
  await stage.work(around(made.hyperV), policy);
}
afterEach(() => stage.stop());

const settingsOf = (host: string) => {
  const found = fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host)?.migration;
  return found && { ...found, networks: found.networks.map(({ subnet }) => subnet) };
};
const wanted = { enabled: true, auth: 'kerberos', anyNetwork: false, networks: ['10.0.5.0/24'], most: 2 };

describe('/hv prepare', () => {
  it('sets hosts as asked and approved, reads them back, and ends', async () => {
    await begin();
    const waiting = await stage.ask(ASK);
    expect(waiting.state).toBe('waiting');
    expect(waiting.plan?.hosts.settings.map(({ host }) => host)).toEqual(['hyper-v01', 'hyper-v02']);
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false, auth: 'credssp' });
    const done = await stage.approve();
    expect(done.state).toBe('done');
    expect(done.hostSteps.map(({ host, outcome }) => [host, outcome?.kind])).toEqual([
      ['hyper-v01', 'changed'],
      ['hyper-v02', 'changed'],
    ]);
    for (const host of ['hyper-v01', 'hyper-v02']) expect(settingsOf(host)).toMatchObject(wanted);
    const audit = await stage.ledger.audit(done.id);
    expect(audit.map(({ what }) => what).filter((what) => what.startsWith('host.'))).toEqual([
      'host.intent',
      'host.outcome',
      'host.intent',
      'host.outcome',
    ]);
  });

  it('has nothing to do where all is so already', async () => {
    await begin();
    await port.configure('hyper-v01', { enabled: true, auth: 'kerberos' });
    expect((await stage.ask('prepare hyper-v01')).state).toBe('already-so');
  });

  it('reads what came of a call whose answer was lost, and never guesses', async () => {
    const lost = new Fault({ code: 'hyperv.no-answer', retry: 'unknown', message: 'lost', remedy: '' });
    await begin((hyperV) => ({
      ...hyperV,
      configure: (host, change) => hyperV.configure(host, change).then(() => Promise.reject(lost)),
    }));
    await stage.ask(ASK);
    const done = await stage.approve();
    expect(done.state).toBe('done');
    expect(done.hostSteps.map(({ outcome }) => outcome?.inferred)).toEqual([true, true]);
  });

  it('ends partly done when one host does not take it, and says which', async () => {
    const refused = new Fault({
      code: 'hyperv.refused',
      retry: 'never',
      message: 'Access denied.',
      remedy: 'Ask its owner.',
    });
    await begin((hyperV) => ({
      ...hyperV,
      configure: (host, change) =>
        host === 'hyper-v02' ? Promise.reject(refused) : hyperV.configure(host, change),
    }));
    await stage.ask(ASK);
    const ended = await stage.approve();
    expect(ended.state).toBe('partial');
    expect(ended.ending?.problem).toMatchObject({ code: 'hyperv.refused' });
    expect(settingsOf('hyper-v02')).toMatchObject({ enabled: false });
  });

  it('makes a new plan when somebody has set a host meanwhile, and sets nothing before it is approved', async () => {
    await begin();
    await stage.ask(ASK);
    await port.configure('hyper-v01', { most: 3, auth: 'kerberos' });
    const again = await stage.approve();
    expect(again.state).toBe('waiting');
    expect(again.plan?.number).toBe(2);
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false, most: 3 });
  });

  it('sets no host that was not asked for, though the ledger, the card and the decision say so', async () => {
    await begin();
    await stage.ask(ASK);
    const { plan, intake } = await stage.record();
    if (!plan) throw new Error('no plan');
    const settings = plan.hosts.settings.map((setting) => ({ ...setting, host: 'hyper-v03' }));
    const forged = { ...plan, hosts: { ...plan.hosts, settings } };
    const { fingerprint } = planDigests(intake.statement, forged);
    await stage.edit({ plan: { ...forged, fingerprint } });
    const ended = await stage.approve();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'plan.altered']);
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false });
  });

  it('carries out nothing without a decision', async () => {
    await begin();
    await stage.ask(ASK);
    await stage.edit({ state: 'approved', decisions: [] });
    await stage.clock.pass(10_000);
    expect((await stage.record()).state).toBe('failed');
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false });
  });

  it('is refused by the worker’s own policy, whatever the bot believes', async () => {
    const rule = { requesters: 'anyone' as const, approvers: [], quorum: 1 };
    await begin((hyperV) => hyperV, { 'host-setting': rule });
    await stage.ask(ASK);
    const ended = await stage.approve();
    expect(settingsOf('hyper-v01')?.enabled).toBe(false);
    expect(ended.state).not.toMatch(/done|running/);
  });

  it('waits five minutes for rules that differ to be put right, and fails then', async () => {
    const rule = { requesters: 'anyone' as const, approvers: [approver.user, 'U0NEW'], quorum: 1 };
    await begin((hyperV) => hyperV, { 'host-setting': rule });
    await stage.ask(ASK);
    const held = await stage.approve();
    expect([held.state, held.trouble?.code]).toEqual(['approved', 'policy.disagrees']);
    await stage.clock.pass(5 * 60_000);
    const ended = await stage.record();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'policy.disagrees']);
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false });
  });

  it('goes on when the rules are the same again', async () => {
    const rule = { requesters: 'anyone' as const, approvers: [approver.user, 'U0NEW'], quorum: 1 };
    await begin((hyperV) => hyperV, { 'host-setting': rule });
    await stage.ask(ASK);
    await stage.approve();
    await stage.rest();
    await stage.work(port);
    await stage.clock.pass(10_000);
    expect((await stage.record()).state).toBe('done');
  });

  it('waits while somebody else sets a host, and goes on when that is over', async () => {
    await begin();
    await stage.ask(ASK);
    const lease = await stage.ledger.takeLease('host-hyper-v01', 'other', 60_000);
    const waiting = await stage.approve();
    expect([waiting.state, waiting.trouble?.code]).toEqual(['running', 'host.busy']);
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false });
    if (lease) await stage.ledger.releaseLease(lease);
    await stage.clock.pass(10_000);
    expect((await stage.record()).state).toBe('done');
  });

  it('is refused for hosts that the worker is not set up for', async () => {
    await begin();
    const ended = await stage.ask('prepare dc1');
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['refused', 'host.known']);
  });
});
