import { moveFaults } from '../../../lab/hyperv/model';
import { fabricOf, machine, NOW, order } from './small-fabric';

const A_DAY = 24 * 3600_000;

/** Lets a machine of this name move, and looks a day later. */
async function aDayAfter(
  name: string,
  prepare: (fabric: ReturnType<typeof fabricOf>) => void = () => undefined,
) {
  const fabric = fabricOf([machine(name)]);
  prepare(fabric);
  await fabric.start(order(name), NOW);
  const { moves, machines, copies } = fabric.at(NOW + A_DAY);
  return { fabric, move: moves[0], machine: machines[0], copies };
}

describe('a move that goes wrong by the name of its machine', () => {
  it.each([
    ['hang-01', { state: 'running', endedAt: null }, 'hyper-v01', 0.6],
    ['half-01', { state: 'failed', endedAt: NOW + 3_000, error: { code: '21502' } }, 'hyper-v01', 0.5],
    ['both-01', { state: 'failed', endedAt: NOW + 6_000, error: { code: '21502' } }, 'hyper-v01', 0],
    ['mute-01', { state: 'done', endedAt: NOW + 6_000, error: null }, 'hyper-v02', 0],
    ['lost-01', { state: 'done', endedAt: NOW + 6_000, error: null }, 'hyper-v02', 0],
    ['web-01', { state: 'done', endedAt: NOW + 6_000, error: null }, 'hyper-v02', 0],
  ])('%s', async (name, expected, where, left) => {
    const after = await aDayAfter(name);
    expect(after.move).toMatchObject(expected);
    expect((after.move?.leftBytes ?? 1) / (after.move?.totalBytes ?? 1)).toBeCloseTo(left);
    expect(after.machine?.host).toBe(where);
    const copy = { machine: name, host: 'hyper-v02', kind: 'registered' };
    expect(after.copies).toEqual(name === 'both-01' ? [copy] : []);
  });

  it('leaves the link to the others while it hangs', async () => {
    const fabric = fabricOf([machine('hang-01'), machine('web-01')]);
    await fabric.start(order('hang-01'), NOW);
    fabric.at(NOW + A_DAY);
    await fabric.start(order('web-01'), NOW + A_DAY);
    const { moves } = fabric.at(NOW + A_DAY + 60_000);
    expect(moves[1]).toMatchObject({ state: 'done', endedAt: NOW + A_DAY + 6_000 });
  });

  it('keeps its slot while it hangs, until its host ends it', async () => {
    const { fabric } = await aDayAfter('hang-01');
    fabric.crash('hyper-v02', NOW + A_DAY);
    expect(fabric.at(NOW + A_DAY).moves[0]).toMatchObject({ state: 'failed', endedAt: NOW + A_DAY });
  });
});

describe('a move that is spoiled', () => {
  it.each(moveFaults)('goes wrong once: %s', async (fault) => {
    const { fabric, move } = await aDayAfter('web-01', (made) => made.spoil('web-01', fault));
    expect(move?.fault).toBe(fault);
    fabric.fail('move-web-01', NOW + A_DAY);
    fabric.removeCopy('web-01', 'hyper-v02');
    const to = fabric.at(NOW + A_DAY).machines[0]?.host === 'hyper-v01' ? 'hyper-v02' : 'hyper-v01';
    expect(await fabric.start(order('web-01', { id: 'again', to }), NOW + A_DAY)).toMatchObject({
      fault: null,
    });
  });
});

describe('what a move has left at both hosts', () => {
  it('is in the way until it is removed', async () => {
    const { fabric } = await aDayAfter('both-01');
    expect(await fabric.compare(order('both-01'), NOW + A_DAY)).toMatchObject([{ code: '0x800700B7' }]);
    fabric.removeCopy('both-01', 'hyper-v02');
    expect(await fabric.compare(order('both-01'), NOW + A_DAY)).toEqual([]);
  });
});

describe('a host that goes down', () => {
  it('leaves half made what was coming to it, and it is in the way when it is up again', async () => {
    const fabric = fabricOf([machine('web-01')]);
    await fabric.start(order('web-01'), NOW);
    fabric.crash('hyper-v02', NOW + 1_000);
    fabric.boot('hyper-v02', 'running', NOW + 9_000);
    const left = { machine: 'web-01', host: 'hyper-v02', kind: 'planned' };
    expect(fabric.at(NOW + 9_000).copies).toEqual([left]);
    expect(await fabric.compare(order('web-01'), NOW + 9_000)).toMatchObject([{ code: '0x800700B7' }]);
  });

  it('breaks the moves to it and from it, and starts its machines anew when it comes up', async () => {
    const fabric = fabricOf([machine('web-01'), machine('web-02', { state: 'off' })]);
    await fabric.start(order('web-01'), NOW);
    fabric.crash('hyper-v01', NOW + 1_000);
    expect(fabric.at(NOW + 2_000).moves[0]).toMatchObject({ state: 'failed', endedAt: NOW + 1_000 });
    fabric.boot('hyper-v01', 'running', NOW + 9_000);
    const { machines, hosts } = fabric.at(NOW + 9_000);
    expect(hosts[0]).toMatchObject({ isUp: true, bootedAt: NOW + 9_000 });
    expect(machines.map(({ startedAt }) => startedAt)).toEqual([NOW + 9_000, NOW]);
  });
});
