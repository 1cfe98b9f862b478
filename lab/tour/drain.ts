import { order, expectRoster, setPace, type Roster } from './fabric-word';
import { awaitKdc, expectKdc, GRANTED, REFUSED, type Pair } from './kdc-word';
import type { Fields } from '../slack/fields';
import { approve, ask, cardSaying, openScene, showCard, showThread, type Asked, type Scene } from './scene';
import { hold, type Stage } from './stage';
import { AS_BEFORE } from './transcript';

const HOST = 'hyper-v01';
const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04'];
/** The one that cannot move, and what makes it so. */
const BOUND = { name: 'sql-08', disk: 'PhysicalDrive2' } as const;
const SMALL = ['dns-01', 'ldap-01', 'print-01', 'proxy-01', 'radius-01', 'wiki-01', 'wsus-01'];
/** How many machines the host that is emptied has. */
const COUNT = 12;

const missing: Pair = { from: HOST, to: 'hyper-v03' };
/** The ways of which the directory knows before anybody empties anything. */
const there: readonly Pair[] = [
  { from: HOST, to: 'hyper-v02' },
  { from: HOST, to: 'hyper-v04' },
  { from: 'hyper-v02', to: HOST },
  { from: 'hyper-v03', to: HOST },
  { from: 'hyper-v04', to: HOST },
];

/** Seconds of the fabric in one, so that a move of a few seconds can be watched. */
const PACE = 3;

/** Eleven moves, two at a time, each begun after a look at all hosts: how long that may take, in milliseconds. */
const MOVES_MS = 180_000;

/**
 * A host is emptied: one approval for the moves of eleven machines and the delegation that they need, with one machine that has to stay; then all
 * of them come back. At each end the fabric has to have every machine where the thread says, once, and the KDC has to grant what was used.
 */
export async function playDrain(stage: Stage): Promise<void> {
  const scene = openScene(stage);
  scene.say(`\n(${AS_BEFORE} stands for lines that have been shown before.)`);
  const before = await fill(scene);
  await playEmptied(scene, before);
  await playReturned(scene, before);
}

/** A host with twelve machines, and the delegations that are there before: all that are needed but one. */
async function fill(scene: Scene): Promise<Roster> {
  scene.say('\n— 1. What is there —');
  for (const vm of SMALL) await order(scene, { action: 'add', vm, host: HOST, memoryGigabytes: 2 });
  const { name: vm, disk: passThrough } = BOUND;
  await order(scene, { action: 'add', vm, host: HOST, memoryGigabytes: 4, passThrough });
  for (const command of ['/delegate hyper-v01 <-> hyper-v02,hyper-v04', '/delegate hyper-v03 -> hyper-v01']) {
    const asked = await ask(scene, command);
    await approve(scene, asked);
    await showThread(scene, asked, 'outcome');
  }
  scene.say('');
  await expectKdc(scene, there, GRANTED);
  await expectKdc(scene, [missing], REFUSED);
  const before = await expectRoster(scene, HOSTS, null);
  const count = [...before.machines.values()].filter(({ host }) => host === HOST).length;
  hold(count === COUNT, `${HOST} has ${count} machines, not ${COUNT}`);
  await setPace(scene, PACE);
  return before;
}

async function playEmptied(scene: Scene, before: Roster): Promise<void> {
  scene.say(`\n— 2. ${HOST} is emptied —`);
  const drain = await ask(scene, `/drain ${HOST}`);
  const wanted = await planOf(scene, drain);
  hold(!wanted.has(BOUND.name), `${BOUND.name} was to move`);
  hold(wanted.size === COUNT - 1, `the card says where ${wanted.size} machines go, not ${COUNT - 1}`);
  const isNeeded = [...wanted.values()].includes(missing.to);
  hold(isNeeded, `nothing was to go to ${missing.to}, so no delegation was missing`);
  await approve(scene, drain);
  await awaitKdc(scene, missing, GRANTED);
  await showCard(scene, drain, '▰');
  await showThread(scene, drain, { key: 'outcome', withinMs: MOVES_MS });
  scene.say('');
  const after = await expectRoster(scene, HOSTS, before);
  for (const [name, { host }] of before.machines) {
    const expected = wanted.get(name) ?? host;
    const at = after.machines.get(name)?.host;
    hold(at === expected, `${name} is on ${at ?? 'no host'}, not on ${expected}`);
  }
  await expectKdc(scene, [...there, missing], GRANTED);
}

async function playReturned(scene: Scene, before: Roster): Promise<void> {
  scene.say(`\n— 3. ${HOST} is back, and so are its machines —`);
  const back = await ask(scene, `/hv return ${HOST}`);
  await approve(scene, back);
  await showCard(scene, back, '▰');
  await showThread(scene, back, { key: 'outcome', withinMs: MOVES_MS });
  scene.say('');
  const after = await expectRoster(scene, HOSTS, before);
  for (const [name, { host }] of before.machines) {
    const at = after.machines.get(name)?.host;
    hold(at === host, `${name} is on ${at ?? 'no host'}, not on ${host} as before`);
  }
}

/** Where the card says that machines go: “web-01   hyper-v01 → hyper-v02”. */
async function planOf(scene: Scene, asked: Asked): Promise<ReadonlyMap<string, string>> {
  const card: Fields = await cardSaying(scene, asked, ' → ');
  const lines = JSON.stringify(card['blocks']).matchAll(/([a-z0-9-]+) {3}hyper-v\d+ → (hyper-v\d+)/g);
  return new Map([...lines].map(([, name = '', to = '']) => [name, to]));
}
