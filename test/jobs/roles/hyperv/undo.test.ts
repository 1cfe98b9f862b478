import type { Fabric } from '../../../../lab/hyperv/fabric';
import type { HyperV } from '../../../../src/core/hyperv-port';
import type { SettingChange } from '../../../../src/core/hyperv/host-settings';
import { Fault } from '../../../../src/core/problem';
import { planDigests } from '../../../../src/core/request/fingerprint';
import type { RequestRecord } from '../../../../src/core/request/record';
import { fabricAt, UNPREPARED } from '../../../support/fabric';
import { HostStage } from '../../../support/host-stage';

const ASK = 'prepare hyper-v01,hyper-v02 --networks 10.0.5.0/24 --max 4';
const BEFORE = { enabled: false, auth: 'credssp', anyNetwork: true, networks: [], most: 2 };
const AFTER = { enabled: true, auth: 'kerberos', anyNetwork: false, networks: ['10.0.5.0/24'], most: 4 };

let stage: HostStage;
let fabric: Fabric;
let port: HyperV;

/** Two hosts that were set up on request; what is asked then is the undo. */
async function prepared(around: (hyperV: HyperV) => HyperV = (hyperV) => hyperV): Promise<RequestRecord> {
  stage = new HostStage();
  const made = fabricAt(() => stage.clock.now(), {
    hosts: { 'hyper-v01': { migration: UNPREPARED }, 'hyper-v02': { migration: UNPREPARED } },
  });
  ({ fabric } = made);
  port = made.hyperV;
  await stage.work(around(made.hyperV));
  await stage.ask(ASK);
  return stage.approve();
}
afterEach(() => stage.stop());

const settingsOf = (host: string) => {
  const found = fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host)?.migration;
  return found && { ...found, networks: found.networks.map(({ subnet }) => subnet) };
};
const warnings = ({ plan }: RequestRecord) =>
  plan?.verdicts.filter(({ verdict }) => verdict === 'warn').map(({ check, sentence }) => [check, sentence]);

describe('the undo of a request that has set hosts up', () => {
  it('sets them back to what they were, approved and read back', async () => {
    expect((await prepared()).state).toBe('done');
    expect(settingsOf('hyper-v01')).toMatchObject(AFTER);
    const waiting = await stage.undo();
    expect(waiting.state).toBe('waiting');
    expect(waiting.plan?.hosts.settings).toEqual(
      ['hyper-v01', 'hyper-v02'].map((host) => ({ host, by: 'worker', before: AFTER, after: BEFORE })),
    );
    expect(settingsOf('hyper-v01')).toMatchObject(AFTER);
    expect((await stage.approve()).state).toBe('done');
    for (const host of ['hyper-v01', 'hyper-v02']) expect(settingsOf(host)).toMatchObject(BEFORE);
  });

  it('can be undone itself', async () => {
    await prepared();
    await stage.undo();
    await stage.approve();
    await stage.undo();
    expect((await stage.approve()).state).toBe('done');
    expect(settingsOf('hyper-v02')).toMatchObject(AFTER);
  });

  it('leaves alone, and shows, what somebody has set otherwise since', async () => {
    await prepared();
    await port.configure('hyper-v01', { networks: ['10.0.1.0/24'], most: 2 });
    const waiting = await stage.undo();
    const [first] = waiting.plan?.hosts.settings ?? [];
    expect(Object.keys(first?.after ?? {}).toSorted()).toEqual(['anyNetwork', 'auth', 'enabled']);
    expect(warnings(waiting)).toContainEqual([
      'undo.set-since',
      expect.stringContaining(
        'On hyper-v01 somebody has set this since R-1001, and it stays: networks 10.0.1.0/24',
      ),
    ]);
    expect((await stage.approve()).state).toBe('done');
    expect(settingsOf('hyper-v01')).toMatchObject({ enabled: false, networks: ['10.0.1.0/24'], most: 2 });
  });

  it('takes back only what was done of a request that ended in part', async () => {
    const refused = new Fault({ code: 'hyperv.refused', retry: 'never', message: 'no', remedy: '' });
    const ended = await prepared((hyperV) => ({
      ...hyperV,
      configure: (host, change) =>
        host === 'hyper-v02' ? Promise.reject(refused) : hyperV.configure(host, change),
    }));
    expect(ended.state).toBe('partial');
    // Set alike by hand since, it is nothing of the request's.
    await port.configure('hyper-v02', { enabled: true, auth: 'kerberos' });
    const waiting = await stage.undo();
    expect(waiting.plan?.hosts.settings.map(({ host }) => host)).toEqual(['hyper-v01']);
  });

  it('gives back what was set of a host before that failed half-way', async () => {
    const refused = new Fault({ code: 'hyperv.refused', retry: 'never', message: 'no', remedy: '' });
    let isBroken = true;
    const ended = await prepared((hyperV) => ({
      ...hyperV,
      configure: async (host, { auth, ...rest }) => {
        if (!isBroken || host !== 'hyper-v02')
          return hyperV.configure(host, { ...(auth && { auth }), ...rest });
        await hyperV.configure(host, { ...(auth && { auth }) });
        throw refused;
      },
    }));
    isBroken = false;
    expect(ended.state).toBe('partial');
    const waiting = await stage.undo();
    expect(waiting.plan?.hosts.settings).toContainEqual({
      host: 'hyper-v02',
      by: 'worker',
      before: { auth: 'kerberos' },
      after: { auth: 'credssp' },
    });
    expect((await stage.approve()).state).toBe('done');
    expect(settingsOf('hyper-v02')).toMatchObject(BEFORE);
  });

  it('goes on without a host that does not answer, and is refused where none does', async () => {
    let mute: readonly string[] = [];
    await prepared((hyperV) => ({
      ...hyperV,
      inventory: async (hosts) =>
        (await hyperV.inventory(hosts)).map((each) =>
          mute.includes(each.host) ? { ...each, facts: null, silent: { code: '', message: 'off' } } : each,
        ),
    }));
    const { id } = stage;
    mute = ['hyper-v01'];
    const waiting = await stage.undo();
    expect(waiting.plan?.hosts.settings.map(({ host }) => host)).toEqual(['hyper-v02']);
    expect(warnings(waiting)?.[0]?.[0]).toBe('host.answers');
    await stage.client.withdraw({ id: stage.id, by: waiting.intake.statement.by });
    mute = ['hyper-v01', 'hyper-v02'];
    const again = await stage.client.undo({
      request: id,
      by: waiting.intake.statement.by,
      channel: 'C1',
      key: 'again',
    });
    await stage.clock.pass(10_000);
    const refused = again.kind === 'received' ? await stage.ledger.read(again.record.id) : null;
    expect([refused?.state, refused?.ending?.problem?.code]).toEqual(['refused', 'host.answers']);
  });

  it('makes a new plan when a host was set meanwhile', async () => {
    await prepared();
    await stage.undo();
    await port.configure('hyper-v01', { most: 3 });
    const again = await stage.approve();
    expect([again.state, again.plan?.number]).toEqual(['waiting', 2]);
    expect(again.plan?.hosts.settings[0]?.after).not.toHaveProperty('most');
    expect(settingsOf('hyper-v01')).toMatchObject({ ...AFTER, most: 3 });
  });

  it('has nothing to do where all was set back already', async () => {
    await prepared();
    for (const host of ['hyper-v01', 'hyper-v02'])
      await port.configure(host, {
        enabled: false,
        auth: 'credssp',
        most: 2,
        anyNetwork: true,
        networks: [],
      });
    expect((await stage.undo()).state).toBe('already-so');
  });

  it('is refused where the request has set nothing', async () => {
    stage = new HostStage();
    await stage.work(fabricAt(() => stage.clock.now()).hyperV);
    await stage.ask('prepare hyper-v01');
    await expect(stage.undo()).rejects.toThrow('undo.nothing');
  });
});

describe('the undo of settings under attack', () => {
  /** Puts another plan in the place of the waiting one, with the fingerprint that it has. */
  async function forge(change: (settings: readonly SettingChange[]) => readonly SettingChange[]) {
    const { plan, intake } = await stage.record();
    if (!plan) throw new Error('no plan');
    const forged = { ...plan, hosts: { ...plan.hosts, settings: change(plan.hosts.settings) } };
    const { fingerprint } = planDigests(intake.statement, forged);
    await stage.edit({ plan: { ...forged, fingerprint } });
  }

  it.each<[string, Partial<SettingChange>]>([
    ['to what was not before', { before: { most: 4 }, after: { most: 64 } }],
    ['from what was not after', { before: { most: 2 }, after: { most: 2 } }],
    ['of a host that the request has not set', { host: 'hyper-v03' }],
  ])('sets nothing %s, though the ledger, the card and the decision say so', async (_, change) => {
    await prepared();
    await stage.undo();
    await forge((settings) => settings.slice(0, 1).map((each) => ({ ...each, ...change })));
    const ended = await stage.approve();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'plan.altered']);
    expect(settingsOf('hyper-v01')).toMatchObject(AFTER);
  });

  it('believes no plan of the request undone that nobody has approved', async () => {
    const { id } = await prepared();
    const { plan } = await stage.record();
    if (!plan) throw new Error('no plan');
    const settings = plan.hosts.settings.map((each) => ({ ...each, before: { ...each.before, most: 64 } }));
    const read = stage.ledger.read.bind(stage.ledger);
    stage.ledger.read = async (asked) => {
      const record = await read(asked);
      return record?.id === id
        ? { ...record, plan: { ...plan, hosts: { ...plan.hosts, settings } } }
        : record;
    };
    const refused = await stage.undo();
    expect([refused.state, refused.ending?.problem?.code]).toEqual(['refused', 'undo.unproved']);
  });

  it('goes by the signed word on which request is meant, not by the record', async () => {
    await prepared();
    const undone = stage.id;
    await port.configure('hyper-v01', { most: 2 });
    await stage.ask('prepare hyper-v01 --max 6');
    await stage.approve();
    const other = await stage.record();
    stage.id = undone;
    await stage.undo();
    await stage.edit({ parent: { id: other.id, label: other.label, effector: 'hyperv' } } as never);
    await forge((settings) =>
      settings.slice(0, 1).map(({ host, by }) => ({ host, by, before: { most: 6 }, after: { most: 2 } })),
    );
    const ended = await stage.approve();
    expect([ended.state, ended.ending?.problem?.code]).toEqual(['failed', 'plan.altered']);
    expect(settingsOf('hyper-v01')).toMatchObject({ most: 6 });
  });
});
