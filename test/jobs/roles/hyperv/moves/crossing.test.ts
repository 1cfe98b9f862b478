import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const SERVICES = ['cifs', 'Microsoft Virtual System Migration Service'];

describe('several requests that move machines at once', () => {
  it('never move more at a host than it takes, and leave each machine exactly once, where its request says', async () => {
    stage = await new MoveStage().begin();
    for (const from of HOSTS) {
      const others = HOSTS.filter((host) => host !== from);
      stage.directory.setValues(
        from,
        others.flatMap((host) =>
          SERVICES.flatMap((service) => [`${service}/${host}`, `${service}/${host}.mabofeng.com`]),
        ),
      );
    }
    const names = (): string[] =>
      stage.fabric
        .at(stage.clock.now())
        .machines.map(({ name }) => name)
        .toSorted();
    const before = names();
    const ids: string[] = [];
    for (const text of [
      'drain hyper-v01 to hyper-v02,hyper-v03',
      'drain hyper-v03 to hyper-v02 --no-storage',
    ]) {
      expect(await stage.ask(text)).toMatchObject({ state: 'waiting' });
      ids.push(stage.id);
      await stage.approve(0);
    }
    await stage.ask('migrate web-03 -> hyper-v03');
    ids.push(stage.id);
    await stage.approve(0);
    let most = 0;
    for (let second = 0; second < 300; second += 1) {
      await stage.clock.pass(1_000);
      const { moves } = stage.fabric.at(stage.clock.now());
      const going = moves.filter(({ state }) => state === 'running');
      for (const host of HOSTS) {
        most = Math.max(most, going.filter(({ from, to }) => from === host || to === host).length);
      }
    }
    expect(most).toBe(2);
    expect(names()).toEqual(before);
    const records = await Promise.all(ids.map((id) => stage.ledger.read(id)));
    expect(records.map((record) => record?.ending === null)).toEqual([false, false, false]);
    // Whatever was told to have moved last is where that was told.
    const moved = records
      .flatMap((record) => record?.moves ?? [])
      .filter(({ outcome }) => outcome?.kind === 'moved');
    for (const { name, to } of new Map(
      moved.toSorted((a, b) => (a.outcome?.at ?? 0) - (b.outcome?.at ?? 0)).map((step) => [step.name, step]),
    ).values()) {
      expect([name, stage.hostOf(name)]).toEqual([name, to]);
    }
    expect(await stage.ledger.leases('slot-')).toEqual([]);
  });
});
