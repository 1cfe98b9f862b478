import { SYSTEM_CHAIN } from '../../../../../src/core/request/audit';
import { cordonsThatHold, type Cordon } from '../../../../../src/core/hyperv/cordon';
import type { HyperV } from '../../../../../src/core/hyperv-port';
import type { RequestRecord } from '../../../../../src/core/request/record';
import { requester, testKeys } from '../../../../support/request-record';
import { MoveStage, MOVE_POLICY } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const NUMBERS = [1, 2, 3, 4] as const;

/** All hosts may delegate to all others; `hasBot`: whether a bot says what follows from records. */
async function begin({ hasBot = true }: { hasBot?: boolean } = {}, around?: (hyperV: HyperV) => HyperV) {
  stage = await new MoveStage().begin(around);
  for (const from of HOSTS)
    stage.delegate(...HOSTS.flatMap((to) => (to === from ? [] : [[from, to] as const])));
  if (hasBot) await startBot();
}

async function startBot(): Promise<void> {
  await stage.queue.handle('reports', async ({ request }) => {
    await stage.client.keepHosts(request);
    return { kind: 'over' };
  });
}

async function cordons(): Promise<ReadonlyMap<string, Cordon>> {
  return cordonsThatHold(await stage.ledger.cordons(), {
    verifier: testKeys().verifier,
    policy: MOVE_POLICY,
  });
}

async function heldHosts(): Promise<readonly string[]> {
  return [...(await cordons()).keys()];
}

async function drained(text = 'drain hyper-v01'): Promise<RequestRecord> {
  await stage.ask(text);
  await stage.approve();
  await stage.clock.pass(300_000);
  return stage.record();
}

const cordonedTo = (host: string) => ({
  state: 'refused',
  ending: { problem: { code: 'host.cordoned', summary: expect.stringContaining(host) } },
});

describe('a drain keeps machines off the hosts that it empties', () => {
  it('from its approval until a return has brought the machines back, and is no hindrance to that', async () => {
    await begin();
    const waiting = await stage.ask('drain hyper-v01');
    expect(await heldHosts()).toEqual([]);
    await stage.approve(1_000);
    expect((await cordons()).get('hyper-v01')).toMatchObject({
      by: requester,
      why: `${waiting.label} empties it`,
      drain: waiting.id,
    });
    expect(await stage.ask('migrate web-03 -> hyper-v01')).toMatchObject(cordonedTo('hyper-v01'));
    stage.id = waiting.id;
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(await stage.ask('migrate web-03 -> hyper-v01 --reason "late"')).toMatchObject(
      cordonedTo('hyper-v01'),
    );
    expect(await stage.ask('return hyper-v01')).toMatchObject({ state: 'waiting' });
    await stage.approve();
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(await heldHosts()).toEqual([]);
  });

  it('also those of a plan that was there before it', async () => {
    await begin();
    const other = await stage.ask('migrate web-03 -> hyper-v01');
    expect(other.state).toBe('waiting');
    await drained();
    stage.id = other.id;
    await stage.approve(60_000);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'host.cordoned' } },
    });
    expect(stage.hostOf('web-03')).not.toBe('hyper-v01');
  });

  it('is told late and still right by a bot that was away', async () => {
    await begin({ hasBot: false });
    const { id } = await drained();
    expect(await heldHosts()).toEqual([]);
    await stage.client.keepHosts(id);
    await stage.client.keepHosts(id);
    expect(await heldHosts()).toEqual(['hyper-v01']);
    expect(await stage.ledger.audit(SYSTEM_CHAIN)).toMatchObject([{ what: 'cordon', who: 'bot' }]);
  });

  it('no longer when somebody has said so, and does not say it again', async () => {
    await begin();
    const { id } = await stage.ask('drain hyper-v01 --max 1');
    await stage.approve(20_000);
    await stage.client.uncordon({ host: 'hyper-v01', by: requester, why: null });
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    await stage.client.keepHosts(id);
    expect(await heldHosts()).toEqual([]);
  });

  it('leaves the cordon of a person alone, which keeps the machines from coming back', async () => {
    await begin();
    await stage.client.cordon({ host: 'hyper-v01', by: requester, why: 'New memory' });
    await drained();
    expect((await cordons()).get('hyper-v01')).toMatchObject({ why: 'New memory' });
    expect(await stage.ask('return hyper-v01')).toMatchObject({ state: 'refused' });
    expect(await heldHosts()).toEqual(['hyper-v01']);
  });

  it('not after it has come to nothing', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --max 1');
    for (const at of NUMBERS) stage.fabric.spoil(`0000000${at}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`, 'halfway');
    await stage.approve(1_000);
    expect(await heldHosts()).toEqual(['hyper-v01']);
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'failed' });
    expect(await heldHosts()).toEqual([]);
  });

  it('not because of a return that ended before it', async () => {
    await begin();
    const early = await stage.ask('return hyper-v01');
    expect(early).toMatchObject({ state: 'already-so' });
    await drained();
    await stage.client.keepHosts(early.id);
    expect(await heldHosts()).toEqual(['hyper-v01']);
  });

  it('and whoever writes Redis cannot make a way back of somebody’s cordon', async () => {
    await begin();
    const { id } = await drained();
    await stage.client.uncordon({ host: 'hyper-v01', by: requester, why: null });
    await stage.client.cordon({ host: 'hyper-v01', by: requester, why: 'New memory' });
    const seen = (await stage.ledger.cordons()).find(({ uncordon }) => uncordon === null);
    if (!seen) throw new Error('no cordon');
    const cordon = { ...seen.cordon, statement: { ...seen.cordon.statement, drain: id } };
    await stage.ledger.setCordon(seen, { cordon, uncordon: null });
    expect(await stage.ask('return hyper-v01')).toMatchObject({ state: 'refused' });
  });
});
