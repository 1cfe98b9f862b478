import { order, expectRoster, setPace, type Roster } from './fabric-word';
import { expectKdc, GRANTED, REFUSED, type Pair } from './kdc-word';
import { approve, ask, openScene, showCard, showThread, type Asked, type Scene } from './scene';
import { hold, type Stage } from './stage';
import { AS_BEFORE } from './transcript';

/** In their order: the first comes back well, the second does not, the third is never begun. */
const [WELL, ILL, LAST] = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const HOSTS = [WELL, ILL, LAST, 'hyper-v04'];
/** An update of Windows Server 2022. */
const NEW_BUILD = 20_349;

/** Seconds of the fabric in one: the night is short. */
const PACE = 200;

/** How long the moves of a host, and the look at one that is ill, may take here, in milliseconds. */
const ROUND_MS = 180_000;

const used: readonly Pair[] = [
  { from: WELL, to: ILL },
  { from: ILL, to: WELL },
];

/**
 * Three hosts are serviced one after the other by one approval: the first comes back with a new build and gets its machines back, the second comes
 * back without Hyper-V, so all stops there; its machines return when a person has put it right. At each end the fabric has every machine where the
 * thread says, once and never started anew, and the KDC grants both ways that were used.
 */
export async function playPatchNight(stage: Stage): Promise<void> {
  const scene = openScene(stage);
  scene.say(`\n(${AS_BEFORE} stands for lines that have been shown before.)`);
  scene.say('\n— 1. What is there —');
  await order(scene, { action: 'eject', vm: 'app-02' });
  const before = await expectRoster(scene, HOSTS, null);
  await expectKdc(scene, used, REFUSED);
  await setPace(scene, PACE);
  scene.say('\n— 2. One approval for the night —');
  const night = await ask(scene, `/drain ${WELL},${ILL},${LAST} --rolling --reason "Patch night"`);
  await approve(scene, night);
  await serviceWell(scene, night, before);
  await serviceIll(scene, night, before);
  await putRight(scene, before);
}

/** The first host is emptied, serviced and filled again, by itself. */
async function serviceWell(scene: Scene, night: Asked, before: Roster): Promise<void> {
  await showThread(scene, night, { key: `safe-${WELL}`, withinMs: ROUND_MS });
  await showCard(scene, night, 'Safe to service');
  await expectEmpty(scene, WELL, before);
  scene.say(`\n— 3. Somebody updates ${WELL} and boots it —`);
  await order(scene, { action: 'down', host: WELL });
  await order(scene, { action: 'up', host: WELL, build: NEW_BUILD });
  await showThread(scene, night, { key: `round-${WELL}`, withinMs: ROUND_MS });
}

/** The second comes up without Hyper-V: its machines stay where they run, and the third is not begun. */
async function serviceIll(scene: Scene, night: Asked, before: Roster): Promise<void> {
  await showThread(scene, night, { key: `safe-${ILL}`, withinMs: ROUND_MS });
  const between = await expectEmpty(scene, ILL, before);
  for (const [name, { host }] of before.machines) {
    const at = between.machines.get(name)?.host;
    hold(host === ILL || at === host, `${name} is on ${at ?? 'no host'}, not on ${host} as before`);
  }
  scene.say(`\n— 4. ${ILL} comes up, and Hyper-V does not —`);
  await order(scene, { action: 'down', host: ILL });
  await order(scene, { action: 'up', host: ILL, build: NEW_BUILD, vmms: 'stopped' });
  await showThread(scene, night, { key: 'outcome', withinMs: ROUND_MS });
  scene.say('');
  await expectEmpty(scene, ILL, before);
}

/** Its machines return by a request of their own. */
async function putRight(scene: Scene, before: Roster): Promise<void> {
  scene.say(`\n— 5. Somebody starts Hyper-V on ${ILL}, and its machines come back —`);
  await order(scene, { action: 'up', host: ILL });
  const back = await ask(scene, `/hv return ${ILL}`);
  await approve(scene, back);
  await showThread(scene, back, { key: 'outcome', withinMs: ROUND_MS });
  scene.say('');
  const after = await expectRoster(scene, HOSTS, before);
  for (const [name, { host }] of before.machines) {
    const at = after.machines.get(name)?.host;
    hold(at === host, `${name} is on ${at ?? 'no host'}, not on ${host} as before`);
  }
  await expectKdc(scene, used, GRANTED);
}

/** Nothing is on a host, and nothing is lost. */
async function expectEmpty(scene: Scene, host: string, before: Roster): Promise<Roster> {
  const now = await expectRoster(scene, HOSTS, before);
  const left = [...now.machines].filter(([, machine]) => machine.host === host).map(([name]) => name);
  hold(left.length === 0, `${host} was called empty and has ${left.join(', ')}`);
  return now;
}
