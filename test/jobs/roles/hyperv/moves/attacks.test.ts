import type { HyperV } from '../../../../../src/core/hyperv-port';
import { Fault } from '../../../../../src/core/problem';
import { planDigests } from '../../../../../src/core/request/fingerprint';
import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

async function begin(around?: (hyperV: HyperV) => HyperV): Promise<void> {
  stage = await new MoveStage().begin(around);
  stage.delegate(['hyper-v01', 'hyper-v02']);
}

describe('whoever can write to Redis', () => {
  it('gets no disks copied to a share that nobody typed, though an approver was shown it', async () => {
    const orders: unknown[] = [];
    await begin((hyperV) => ({
      ...hyperV,
      compare: () => Promise.resolve([]),
      start(order) {
        orders.push(order);
        return hyperV.start(order);
      },
    }));
    const { plan, intake } = await stage.ask('migrate web-01 -> hyper-v02');
    if (!plan?.hosts.envelope) throw new Error('there is no plan');
    const machines = plan.hosts.envelope.machines.map((each) => ({ ...each, storage: '\\\\evil\\loot' }));
    const forged = { ...plan, hosts: { ...plan.hosts, envelope: { ...plan.hosts.envelope, machines } } };
    const { fingerprint } = planDigests(intake.statement, forged);
    await stage.edit({ plan: { ...forged, fingerprint } });
    await stage.approve(60_000);
    expect(orders).toEqual([]);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'plan.altered' } },
    });
  });

  it('has no host asked that the worker is not set up for', async () => {
    const asked = new Set<string>();
    await begin((hyperV) => ({
      ...hyperV,
      inventory(hosts) {
        for (const host of hosts) asked.add(host);
        return hyperV.inventory(hosts);
      },
    }));
    const { plan } = await stage.ask('migrate web-01 -> hyper-v02');
    if (!plan?.forecast) throw new Error('there is no plan');
    const moves = plan.forecast.moves.map((move) => ({ ...move, to: '3232235777' }));
    await stage.edit({ plan: { ...plan, forecast: { ...plan.forecast, moves } } });
    await stage.approve(60_000);
    expect([...asked].toSorted()).toEqual(['hyper-v01', 'hyper-v02', 'hyper-v03']);
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
  });

  it('ends a request whose moves are taken out of its plan, and nothing turns for ever', async () => {
    await begin();
    const { plan } = await stage.ask('migrate web-01 -> hyper-v02');
    if (!plan?.forecast) throw new Error('there is no plan');
    await stage.edit({ plan: { ...plan, forecast: { ...plan.forecast, moves: [] } } });
    await stage.approve(60_000);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'plan.altered' } },
    });
  });
});

describe('moves at a bad time', () => {
  it('wait for no other that cannot be asked about, and leave it no slot', async () => {
    const lost = new Fault({
      code: 'hyperv.no-answer',
      retry: 'unknown',
      message: 'no answer',
      remedy: 'look',
    });
    await begin((hyperV) => ({
      ...hyperV,
      compare: (order) => (order.machine === WEB ? Promise.reject(lost) : hyperV.compare(order)),
    }));
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    await stage.approve(120_000);
    expect(stage.hostOf('web-02')).toBe('hyper-v02');
    expect(await stage.record()).toMatchObject({ state: 'running', trouble: { code: 'hyperv.no-answer' } });
    expect(await stage.ledger.leases('slot-')).toEqual([]);
  });

  it('do not begin when somebody has frozen everything while Windows was asked', async () => {
    let orders = 0;
    let isAsked = false;
    await begin((hyperV) => ({
      ...hyperV,
      async compare(order) {
        if (!isAsked) {
          isAsked = true;
          await stage.client.freeze({ by: (await stage.record()).intake.statement.by, why: 'Storage fails' });
        }
        return hyperV.compare(order);
      },
      start(order) {
        orders += 1;
        return hyperV.start(order);
      },
    }));
    await stage.ask('migrate web-01 -> hyper-v02');
    await stage.approve(60_000);
    expect(orders).toBe(0);
  });

  it('are ordered once and not again where Windows has no slot, until a while has passed', async () => {
    let orders = 0;
    await begin((hyperV) => ({
      ...hyperV,
      start() {
        orders += 1;
        return Promise.resolve({ code: '21501', message: 'The limit of live migrations was reached.' });
      },
    }));
    await stage.ask('migrate web-01 -> hyper-v02');
    await stage.approve(60_000);
    expect(orders).toBeLessThanOrEqual(3);
    expect(await stage.record()).toMatchObject({ state: 'running', trouble: { code: 'host.full' } });
  });

  it('tell two troubles without taking turns', async () => {
    await begin((hyperV) => ({
      ...hyperV,
      async inventory(hosts) {
        const readings = await hyperV.inventory(hosts);
        if ((await stage.ledger.openRequests()).length === 0 || !isBusy) return readings;
        return readings.map((reading) =>
          reading.facts
            ? {
                ...reading,
                facts: {
                  ...reading.facts,
                  migration: { ...reading.facts.migration, most: 0 },
                  machines: reading.facts.machines.map((each) =>
                    each.id === WEB ? { ...each, isBusy: true } : each,
                  ),
                },
              }
            : reading,
        );
      },
    }));
    let isBusy = false;
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    isBusy = true;
    await stage.approve(30_000);
    const { rev } = await stage.record();
    await stage.clock.pass(300_000);
    expect((await stage.record()).rev).toBe(rev);
  });

  it('know a machine that a person has moved to a third host', async () => {
    await begin();
    await stage.ask('migrate web-01 -> hyper-v02');
    stage.delegate(['hyper-v01', 'hyper-v03']);
    await stage.hyperV.start({ machine: WEB, from: 'hyper-v01', to: 'hyper-v03', storage: null });
    await stage.clock.pass(60_000);
    await stage.approve(60_000);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'move.overtaken' } },
    });
  });
});
