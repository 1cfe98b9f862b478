import type { ListModification } from '../../../src/core/ports';
import type { ListChange } from '../../../src/core/delegation/plan';
import { listChanges, powersOf } from '../../../src/core/delegation/powers';
import type { RequestRecord } from '../../../src/core/request/record';
import { approved, Stage } from '../../support/directory-stage';
import { policy } from '../../support/request-record';

const MESH = 'delegate mesh hyper-v0[1-3] cifs';
const REMOVAL = 'undelegate hyper-v01 -> hyper-v02';
const hosts = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const both: typeof policy = { ...policy, 'delegation-remove': policy['delegation-add'] };
const held = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];

const cifsOf = (names: readonly string[]): string[] =>
  names.flatMap((name) => [`cifs/${name}`, `cifs/${name}.mabofeng.com`]);
const meshOf = (name: string): string[] => cifsOf(hosts.filter((other) => other !== name));

/** A stage on which the removal of what hyper-v01 holds for hyper-v02 was approved; it also holds cifs/kept. */
async function removing(): Promise<Stage> {
  const stage = new Stage(both);
  stage.directory.values = ['cifs/kept', ...held];
  await stage.start();
  await stage.ask(REMOVAL);
  await stage.decide();
  return stage;
}

/** Lets the worker die once, when it is about to do this for the host at `index`. */
function killAt(stage: Stage, place: 'intent' | 'modify' | 'outcome', index: number): () => void {
  let left = index;
  const die = (isHere: boolean): void => {
    if (isHere && left-- <= 0) throw new Error('killed');
  };
  const commit = stage.ledger.commit.bind(stage.ledger);
  const modify = stage.directory.modify.bind(stage.directory);
  stage.ledger.commit = async (seen, change, entry) => {
    for (const { what } of [entry].flat()) die(what === place);
    return commit(seen, change, entry);
  };
  stage.directory.modify = async (change) => {
    die(place === 'modify');
    return modify(change);
  };
  return () => {
    stage.ledger.commit = commit;
    stage.directory.modify = modify;
  };
}

/** The modifies of lists that were sent. */
function sent(stage: Stage): readonly ListModification[] {
  return stage.directory.modifies.filter((change) => change.attribute === 'msDS-AllowedToDelegateTo');
}

describe('a mesh', () => {
  it('is written host by host, each once, and proved', async () => {
    const stage = await approved(policy, MESH);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', proof: { level: 'proved' } });
    expect(sent(stage).map(({ add, remove }) => [add, remove])).toEqual(
      hosts.map((name) => [meshOf(name), []]),
    );
  });

  it.each([
    // They begin together and are recorded together.
    { place: 'intent', host: 'all', index: 0 },
    ...hosts.map((host, index) => ({ place: 'modify', host, index }) as const),
    { place: 'outcome', host: 'all', index: 0 },
  ] as const)(
    'killed at the $place of $host goes on with exactly what is missing',
    async ({ place, index }) => {
      const stage = await approved(policy, MESH);
      const revive = killAt(stage, place, index);
      await stage.tick();
      const done = { intent: 0, modify: index, outcome: hosts.length }[place];
      expect(sent(stage).map(({ add }) => add)).toEqual(hosts.slice(0, done).map(meshOf));
      expect((await stage.record()).state).toBe('running');
      revive();
      stage.replaceWorker();
      await stage.tick();
      expect(sent(stage).map(({ add }) => add)).toEqual(hosts.map(meshOf));
      const { state, steps } = await stage.record();
      expect(state).toBe('done');
      expect(steps.map(({ outcome }) => [outcome?.kind, outcome?.inferred])).toEqual(
        hosts.map((_, at) => ['changed', at < done]),
      );
    },
  );

  it('is begun anew by who takes it up: its intents are nobody else’s to give back any more', async () => {
    const stage = await approved(policy, MESH);
    const revive = killAt(stage, 'modify', 0);
    await stage.tick();
    const begun = (await stage.record()).steps.map(({ intent }) => intent?.worker);
    revive();
    stage.replaceWorker();
    await stage.tick();
    const { steps } = await stage.record();
    expect(steps.every(({ intent }, at) => intent !== null && intent.worker !== begun[at])).toBe(true);
    expect((await stage.audit()).filter((what) => what === 'intent')).toHaveLength(2 * hosts.length);
  });

  it('asks the KDC about every power that a new cifs value gives, and about no other', async () => {
    const stage = new Stage();
    stage.directory.values = held;
    await stage.start();
    await stage.ask('delegate hyper-v01,hyper-v02 -> hyper-v02,hyper-v03');
    await stage.decide();
    const asked: string[] = [];
    stage.prove = ({ source, destination }) => {
      asked.push(`${source} ${destination}`);
      return Promise.resolve('granted');
    };
    await stage.tick();
    const { plan } = await stage.record();
    expect(plan && powersOf(plan.directory)).toHaveLength(3);
    expect(asked.toSorted()).toEqual(['hyper-v01 hyper-v03', 'hyper-v02 hyper-v03']);
  });

  it('that is overtaken after its first write names what is changed and what is not, and spares the other’s edit', async () => {
    const stage = await approved(policy, MESH);
    const revive = killAt(stage, 'modify', 1);
    await stage.tick();
    revive();
    stage.replaceWorker();
    stage.directory.setValues('hyper-v02', ['cifs/other']);
    await stage.tick();
    const { state, steps } = await stage.record();
    expect(state).toBe('partial');
    expect(steps[0]?.outcome).toMatchObject({ kind: 'changed', added: meshOf('hyper-v01') });
    expect(steps[1]?.outcome).toMatchObject({ kind: 'stale', added: [], removed: [] });
    expect(stage.directory.valuesOf('hyper-v02')).toEqual(['cifs/other']);
  });
});

describe('a removal', () => {
  it('takes exactly what was planned, and is proved by what the KDC refuses', async () => {
    const stage = await removing();
    stage.prove = () => Promise.resolve('refused');
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'done',
      proof: { level: 'proved', note: '', checks: [{ what: 'cifs', result: 'refused' }] },
    });
    expect(stage.directory.modifies).toMatchObject([{ add: [], remove: held }]);
    expect(stage.directory.values).toEqual(['cifs/kept']);
  });

  it('is not proved while the KDC still grants', async () => {
    const stage = await removing();
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'done',
      proof: { level: 'not-proved', note: expect.stringContaining('the KDC still grants a ticket') },
    });
  });

  it('asks the KDC nothing where other services keep the power', async () => {
    const stage = new Stage(both);
    stage.directory.values = ['cifs/hyper-v02', 'HTTP/hyper-v02'];
    await stage.start();
    await stage.ask('undelegate hyper-v01 -> hyper-v02 cifs');
    await stage.decide();
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', proof: { level: 'converged', checks: [] } });
  });

  it('ends stuck, and is not written again, when a value is back on read-back', async () => {
    const stage = await removing();
    const readEverywhere = stage.directory.readEverywhere.bind(stage.directory);
    stage.directory.readEverywhere = async (guid) => {
      stage.directory.values = ['cifs/kept', 'CIFS/hyper-v02'];
      return readEverywhere(guid);
    };
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'stuck',
      proof: null,
      ending: {
        problem: {
          code: 'write.back',
          summary: 'Read back on dc1, this is there again: cifs/hyper-v02.',
        },
      },
    });
    expect(await stage.audit()).toContain('write.back');
    await stage.tick();
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('gives nothing back when the request was ended meanwhile, and notes an alarm', async () => {
    const stage = await removing();
    const modify = stage.directory.modify.bind(stage.directory);
    stage.directory.modify = async (change) => {
      const answer = await modify(change);
      await stage.edit({ state: 'failed', ending: { problem: null, at: 0 } });
      return answer;
    };
    await stage.tick();
    expect(stage.directory.values).toEqual(['cifs/kept']);
    expect(stage.directory.modifies).toHaveLength(1);
    const alarms = (await stage.ledger.audit(stage.id)).filter(({ what }) => what.startsWith('alarm.'));
    expect(alarms).toMatchObject([{ what: 'alarm.removed-after-end', detail: { values: held } }]);
  });

  it.each<[string, (change: ListChange) => readonly ListChange[]]>([
    ['into an addition', (change) => [{ ...change, remove: ['cifs/kept'] }]],
    [
      'beside it',
      (change) => [change, { ...change, kind: 'delegation-remove', add: [], remove: ['cifs/kept'] }],
    ],
    ['in its place', (change) => [{ ...change, kind: 'delegation-remove', add: [], remove: ['cifs/kept'] }]],
  ])('that was smuggled %s is refused, even approved', async (_title, forge) => {
    const stage = new Stage(both);
    stage.directory.values = ['cifs/kept'];
    await stage.start();
    const { plan } = await stage.ask();
    const [change] = plan ? listChanges(plan.directory) : [];
    if (!plan || !change) throw new Error('there is no plan');
    const forged: RequestRecord['plan'] = {
      ...plan,
      directory: { ...plan.directory, changes: forge(change) },
    };
    await stage.edit({ plan: forged });
    await stage.decide();
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(await stage.audit()).toContain('plan.altered');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('is refused without a rule for it', async () => {
    const stage = new Stage(policy);
    stage.directory.values = held;
    await stage.start();
    expect(await stage.ask(REMOVAL)).toMatchObject({
      state: 'refused',
      plan: null,
      ending: { problem: { code: 'request.not-allowed' } },
    });
    expect(stage.directory.values).toEqual(held);
  });

  it('is not carried out by a worker whose rules have none for it', async () => {
    const stage = await removing();
    stage.policy = policy;
    stage.replaceWorker();
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(await stage.audit()).toContain('request.not-allowed');
    expect(stage.directory.modifies).toEqual([]);
  });
});

describe('two requests about one host', () => {
  const overlaps = ({ plan }: RequestRecord) =>
    plan?.verdicts.filter(({ check }) => check === 'request.overlap').map(({ sentence }) => sentence);

  it('the second plan says which open request has a plan for it, and an ended one is nobody', async () => {
    const stage = new Stage();
    await stage.start();
    await stage.ask('delegate hyper-v01 -> hyper-v02 cifs');
    const first = await stage.record();
    expect(overlaps(first)).toEqual([]);
    await stage.ask('delegate mesh hyper-v01,hyper-v03 cifs');
    const second = await stage.record();
    expect(second.label).not.toBe(first.label);
    expect(overlaps(second)).toEqual([
      `Other open requests are about the same hosts: ${first.label} (hyper-v01).`,
    ]);
    const ending = { problem: null, at: stage.clock.now() };
    const entry = { what: 'withdrawn', who: 'test', at: stage.clock.now(), detail: {} };
    for (const record of [first, second]) {
      const seen = await stage.ledger.read(record.id);
      if (seen) await stage.ledger.commit(seen, { state: 'withdrawn', ending }, entry);
    }
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    expect(overlaps(await stage.record())).toEqual([]);
  });
});
