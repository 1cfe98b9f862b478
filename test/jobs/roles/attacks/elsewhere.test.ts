import type { ComputerObject } from '../../../../src/core/delegation/observation';
import type { Directory } from '../../../../src/core/ports';
import { Stage } from '../../../support/directory-stage';
import { modes } from '../../../support/request-record';
import { allRules, carryOut, look, PERMANENT, VALUES } from './support';

const servers = ['dc1', 'dc2'] as const;

async function onTwo(command = PERMANENT, kinds: Partial<typeof modes> = {}): Promise<Stage> {
  const stage = new Stage(allRules, { servers });
  stage.modes = { ...modes, ...kinds };
  stage.replaceWorker();
  await stage.start();
  await stage.ask(command);
  return stage;
}

/** Lets a domain controller go on showing hyper-v01 as it was before: nothing has replicated to it. */
function leaveBehind(directory: Directory, values: readonly string[] = []): void {
  const before = <O extends ComputerObject | null>(object: O): O =>
    object?.name === 'hyper-v01' ? { ...object, allowedToDelegateTo: values } : object;
  const read = directory.read.bind(directory);
  const observe = directory.observe.bind(directory);
  directory.read = async (guid) => before(await read(guid));
  directory.observe = async (question) => {
    const seen = await observe(question);
    return { ...seen, hosts: seen.hosts.map((host) => ({ ...host, found: host.found.map(before) })) };
  };
}

function second(stage: Stage): Directory {
  const [alternate] = stage.directory.alternates;
  if (!alternate) throw new Error('there is no second one');
  return alternate;
}

describe('when the writer goes away before a modify was sent', () => {
  it('the first step goes on at the other one', async () => {
    const stage = await onTwo();
    await stage.decide();
    const read = stage.directory.read.bind(stage.directory);
    stage.directory.read = (guid) => {
      stage.directory.isDown = true;
      return read(guid);
    };
    for (let tick = 0; tick < 5; tick += 1) await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc2']);
  });

  it('only what was just being sent waits for it: the steps behind do not', async () => {
    const stage = await onTwo('delegate mesh hyper-v01,hyper-v02,hyper-v03 cifs');
    await stage.decide();
    const modify = stage.directory.modify.bind(stage.directory);
    stage.directory.modify = async (change) => {
      const answer = await modify(change);
      stage.directory.isDown = true;
      return answer;
    };
    for (let tick = 0; tick < 5; tick += 1) await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc1', 'dc2']);
    const { steps } = await stage.record();
    expect(steps.map(({ outcome }) => outcome?.server ?? null)).toEqual(['dc1', null, 'dc2']);
    await stage.clock.pass(stage.times.convergenceSeconds * 1000);
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc1', 'dc2', 'dc2']);
  });
});

describe('what has not replicated yet', () => {
  it('is not called lost when the place of the write falls silent', async () => {
    const stage = await onTwo();
    await stage.decide();
    stage.directory.isDown = true;
    const modify = second(stage).modify.bind(second(stage));
    second(stage).modify = async (change) => {
      const answer = await modify(change);
      leaveBehind(stage.directory);
      stage.directory.isDown = false;
      stage.directory.down.add('dc2');
      return answer;
    };
    await stage.tick();
    const { steps, ending } = await stage.record();
    expect(steps[0]?.outcome?.server).toBe('dc2');
    expect(ending?.problem?.code ?? null).not.toBe('write.lost');
  });

  it('is not planned for at the writer that is back but behind', async () => {
    const stage = await onTwo();
    await stage.decide();
    stage.directory.isDown = true;
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc2']);
    stage.directory.isDown = false;
    await stage.clock.pass(20_000);
    leaveBehind(stage.directory);
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    for (let plan = 0; plan < 5; plan += 1) {
      if ((await stage.record()).state === 'waiting') await carryOut(stage);
    }
    expect((await stage.record()).voided).toEqual([]);
  });

  it('is not taken for a person’s step', async () => {
    const stage = await onTwo(PERMANENT, { 'delegation-remove': 'advise' });
    await carryOut(stage);
    await stage.ask('undelegate hyper-v01 -> hyper-v02');
    await carryOut(stage);
    leaveBehind(second(stage));
    stage.directory.isDown = true;
    await look(stage);
    expect(stage.directory.values).toEqual(VALUES);
    expect((await stage.record()).steps[0]?.outcome ?? null).toBeNull();
  });

  it('keeps also another request from writing elsewhere while its end is not known', async () => {
    const stage = await onTwo();
    const first = stage.id;
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    const other = stage.id;
    leaveBehind(second(stage));
    stage.id = first;
    await stage.decide();
    stage.directory.next.push('lost');
    const read = stage.directory.read.bind(stage.directory);
    stage.directory.read = (guid) => {
      if (stage.directory.modifies.length > 0) stage.directory.isDown = true;
      return read(guid);
    };
    await stage.tick();
    stage.id = other;
    await stage.decide();
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc1']);
  });
});
