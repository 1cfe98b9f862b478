import { GB } from '../../../../../lab/hyperv/model';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester, signed } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

/** All hosts may delegate to all others. */
async function begin(): Promise<void> {
  stage = await new MoveStage(MOVE_POLICY, {}, { moveLookSeconds: 10 }).begin();
  stage.delegateAll();
  // It cannot move, and so would keep its host from being emptied.
  const { machines } = stage.fabric.at(stage.clock.now());
  for (const { id, iso } of machines) if (iso !== null) stage.fabric.eject(id);
}

async function asked(text: string): Promise<void> {
  await begin();
  await approved(text);
}

async function approved(text: string): Promise<void> {
  const waiting = await stage.ask(text);
  if (waiting.state !== 'waiting') throw new Error(JSON.stringify(waiting.plan?.verdicts));
  await stage.approve();
}

function shift(host: string, ms: number): void {
  const found = stage.fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host);
  stage.fabric.configure(host, { bootedAt: (found?.bootedAt ?? 0) + ms });
}

/** Lets time pass until a host is empty and waits for its service. */
async function emptied(host: string): Promise<void> {
  for (let minute = 0; minute < 60; minute += 1) {
    const { rounds } = await stage.record();
    if (rounds.some(({ hosts, leg }) => hosts.includes(host) && leg === 'service')) return;
    await stage.clock.pass(60_000);
  }
  throw new Error(`${host} was never emptied: ${JSON.stringify(await stage.record())}`);
}

async function service(host: string): Promise<void> {
  stage.fabric.crash(host, stage.clock.now());
  await stage.clock.pass(240_000);
  stage.fabric.boot(host, 'running', stage.clock.now());
}

const legs = async (): Promise<readonly string[]> => (await stage.record()).rounds.map(({ leg }) => leg);

describe('/drain --rolling on a bad night', () => {
  it('takes no corrected clock for a boot', async () => {
    await asked('drain hyper-v01 --return');
    await emptied('hyper-v01');
    shift('hyper-v01', 3_000);
    await stage.clock.pass(600_000);
    expect(await legs()).toEqual(['service']);
    shift('hyper-v01', 240_000);
    await stage.clock.pass(600_000);
    expect(await legs()).toEqual(['service']);
  });

  it('gives a host that was well all its time again when it is not for a while', async () => {
    await begin();
    stage.fabric.configure('hyper-v03', { memoryBytes: 512 * GB });
    await approved('drain hyper-v01,hyper-v02 --return');
    await emptied('hyper-v02');
    await service('hyper-v01');
    await stage.clock.pass(900_000);
    stage.fabric.configure('hyper-v01', { vmms: 'stopped' });
    await stage.clock.pass(60_000);
    expect(await stage.record()).toMatchObject({ state: 'running', trouble: { code: 'host.unwell' } });
    stage.fabric.configure('hyper-v01', { vmms: 'running' });
    await service('hyper-v02');
    await stage.clock.pass(1_800_000);
    expect(await stage.record()).toMatchObject({ state: 'done', trouble: null });
  });

  it('begins no round of a host that has a machine by then whose move was not approved', async () => {
    await asked('drain hyper-v01,hyper-v02 --rolling');
    await emptied('hyper-v01');
    stage.add('new-01', { like: 'web-01', gigabytes: 2, host: 'hyper-v02' });
    await service('hyper-v01');
    await stage.clock.pass(1_800_000);
    expect(await stage.record()).toMatchObject({
      state: 'partial',
      ending: {
        problem: { code: 'round.no-room', summary: expect.stringContaining('new-01 is not among') },
      },
    });
    expect(await legs()).toEqual(['over', 'next']);
  });

  it('takes “Host is back” for the host that it was said of alone, whatever clocks say', async () => {
    await asked('drain hyper-v01,hyper-v02 --rolling');
    await emptied('hyper-v01');
    // A bot whose clock is an hour ahead.
    const at = stage.clock.now() + 3_600_000;
    const word = { kind: 'instruction' as const, what: 'host-back' as const, round: 0, by: requester, at };
    await stage.edit({ instructions: [signed({ ...word, intake: stage.id })] });
    await emptied('hyper-v02');
    const late = await stage.client.hostBack({ id: stage.id, round: 0, by: requester });
    expect(late).toMatchObject({
      kind: 'refused',
      problem: { code: 'round.another', summary: expect.stringContaining('hyper-v02') },
    });
    await stage.clock.pass(1_800_000);
    expect(await legs()).toEqual(['over', 'service']);
    await stage.client.hostBack({ id: stage.id, round: 1, by: requester });
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('goes on to no further host when a machine has returned that is not as before', async () => {
    await asked('drain hyper-v01,hyper-v02 --rolling');
    await emptied('hyper-v01');
    await service('hyper-v01');
    const isReturning = async (): Promise<boolean> => {
      const { moves } = await stage.record();
      return moves.some(({ to, intent }) => to === 'hyper-v01' && intent !== null);
    };
    for (let look = 0; look < 60 && !(await isReturning()); look += 1) await stage.clock.pass(5_000);
    // Its machines are started anew there, as if they had crashed on the way.
    for (const host of stage.hosts) stage.fabric.boot(host, 'running', stage.clock.now());
    await stage.clock.pass(1_800_000);
    expect(await stage.record()).toMatchObject({
      state: 'partial',
      ending: {
        problem: { code: 'move.unhealthy', summary: expect.stringContaining('started anew') },
      },
    });
    expect(await legs()).toEqual(['over', 'next']);
    expect(stage.machinesOn('hyper-v01')).toHaveLength(4);
  });

  it('hears “Host is back” from a bot whose clock is behind', async () => {
    await asked('drain hyper-v01 --return');
    await emptied('hyper-v01');
    const [round] = (await stage.record()).rounds;
    // By the worker's clock, which is ahead of the bot's.
    const ahead = stage.clock.now() + 20_000;
    await stage.edit({ rounds: round ? [{ ...round, emptiedAt: ahead }] : [] });
    await stage.client.hostBack({ id: stage.id, round: 0, by: requester });
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('begins no round while it is paused', async () => {
    await asked('drain hyper-v01,hyper-v02 --rolling');
    await emptied('hyper-v01');
    const { rounds } = await stage.record();
    await stage.edit({
      moves: [],
      rounds: rounds.map((each, at) => (at === 0 ? { ...each, leg: 'over' as const } : each)),
    });
    await stage.client.pause({ id: stage.id, by: requester });
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'running', trouble: { code: 'request.paused' } });
    expect(await legs()).toEqual(['over', 'next']);
    await stage.client.resume({ id: stage.id, by: requester });
    await stage.clock.pass(60_000);
    // It was held in the middle of the first, whose machines are still there.
    expect(await stage.record()).toMatchObject({ ending: { problem: { code: 'round.no-room' } } });
  });
});
