import { expectFabric, order, setPace } from './fabric-word';
import { awaitKdc, expectKdc, GRANTED, REFUSED, type Pair } from './kdc-word';
import { approve, ask, askByButton, command, openScene, showCard, showThread, type Scene } from './scene';
import type { Stage } from './stage';
import { AS_BEFORE } from './transcript';

const there: Pair = { from: 'hyper-v01', to: 'hyper-v02' };
const elsewhere: Pair = { from: 'hyper-v02', to: 'hyper-v03' };

/**
 * Seconds of the fabric in one. Slow enough that a refusal is still remembered when its cause has been mended; fast while nobody does
 * anything but wait; and such that disks of 800 GB can be watched.
 */
const PACE = { work: 5, wait: 100, watch: 80 } as const;

/**
 * A move that the KDC refuses, why, the request that mends it from the button of the failed card, the wait for Windows to notice, the move; then
 * one approval for a move and the delegation that it needs. After each part the KDC and the fabric have to agree.
 */
export async function playMigrate(stage: Stage): Promise<void> {
  const scene = openScene(stage);
  scene.say(`\n(${AS_BEFORE} stands for lines that have been shown before.)`);
  await setPace(scene, PACE.work);
  await playRefused(scene);
  await playMended(scene);
  await playTogether(scene);
}

async function playRefused(scene: Scene): Promise<void> {
  scene.say('\n— 1. A move that the KDC refuses —');
  await expectKdc(scene, [there], REFUSED);
  const startedAt = await expectFabric(scene, { name: 'web-01', host: there.from });
  const move = await ask(scene, '/hv migrate web-01 -> hyper-v02 --no-delegate');
  await approve(scene, move);
  await showThread(scene, move, 'outcome');
  scene.say('');
  await expectFabric(scene, { name: 'web-01', host: there.from }, startedAt);
  await command(scene, '/hv why hyper-v01 -> hyper-v02 web-01', {
    isWanted: ({ text, blocks }) => String(text).includes('delegation is missing') && blocks !== undefined,
    about: move.label,
  });
  const fix = await askByButton(scene, {
    ts: move.ts,
    action: 'command.move-fix',
    said: `“Ask for this delegation” of ${move.label}`,
  });
  await approve(scene, fix);
  await showThread(scene, fix, 'outcome');
  scene.say('');
  await expectKdc(scene, [there], GRANTED);
}

async function playMended(scene: Scene): Promise<void> {
  scene.say('\n— 2. The same again: Windows has to notice first —');
  scene.say('(The Windows worker may not purge tickets at hyper-v01, so it waits until they are forgotten.)');
  await order(scene, { action: 'purge-right', host: there.from, isGiven: false });
  const startedAt = await expectFabric(scene, { name: 'web-01', host: there.from });
  const move = await ask(scene, '/hv migrate web-01 -> hyper-v02');
  await approve(scene, move);
  await showCard(scene, move, 'waits for Windows to notice');
  scene.say(`\n(From here ${PACE.wait} seconds of the practice hosts pass in one.)`);
  await setPace(scene, PACE.wait);
  await showThread(scene, move, 'outcome');
  scene.say('');
  await expectKdc(scene, [there], GRANTED);
  await expectFabric(scene, { name: 'web-01', host: there.to }, startedAt);
}

async function playTogether(scene: Scene): Promise<void> {
  scene.say('\n— 3. One approval for the delegation and the move —');
  await setPace(scene, PACE.watch);
  await expectKdc(scene, [elsewhere], REFUSED);
  const startedAt = await expectFabric(scene, { name: 'mail-01', host: elsewhere.from });
  const move = await ask(scene, '/hv migrate mail-01 -> hyper-v03');
  await approve(scene, move);
  await awaitKdc(scene, elsewhere, GRANTED);
  await showCard(scene, move, '▰');
  await showThread(scene, move, 'outcome');
  scene.say('');
  await expectKdc(scene, [elsewhere], GRANTED);
  await expectFabric(scene, { name: 'mail-01', host: elsewhere.to }, startedAt);
}
