import type { Fields } from '../slack/fields';
import { awaitKdc, expectKdc, GRANTED, REFUSED, type Pair } from './kdc-word';
import { buttonsIn } from './message-search';
import { approve, ask, askByButton, command, openScene, showThread, type Asked, type Scene } from './scene';
import { hold, until, type Stage } from './stage';
import { AS_BEFORE } from './transcript';

const group = ['hyper-v01', 'hyper-v02', 'hyper-v03'];
/** Every ordered pair of the group: what a mesh of it means. */
const meshPairs: readonly Pair[] = group.flatMap((from) =>
  group.filter((to) => to !== from).map((to) => ({ from, to })),
);
const elsewhere: Pair = { from: 'hyper-v01', to: 'hyper-v04' };
/** The host of the practice domain that may delegate to a name which nobody owns, and that name. */
const ghost = { host: 'hyper-v04', target: 'ghost99', value: 'cifs/ghost99' };

/**
 * What people do with delegation besides the main job: a whole group at once, a delegation that ends by itself, undo, and
 * putting a finding right; the KDC's answers before and after each.
 */
export async function playDelegation(stage: Stage): Promise<void> {
  const scene = openScene(stage);
  scene.say(`\n(${AS_BEFORE} stands for lines that have been shown before.)`);
  const mesh = await playMesh(scene);
  await playForATime(scene);
  await playUndo(scene, mesh);
  await playFindings(scene);
}

async function playMesh(scene: Scene): Promise<Asked> {
  scene.say('\n— 1. A group at once —');
  await expectKdc(scene, meshPairs, REFUSED);
  const asked = await ask(scene, `/delegate mesh ${group.join(',')}`);
  await approve(scene, asked);
  await showThread(scene, asked, 'outcome');
  scene.say('');
  await expectKdc(scene, meshPairs, GRANTED);
  return asked;
}

async function playForATime(scene: Scene): Promise<void> {
  scene.say('\n— 2. For ten seconds —');
  await expectKdc(scene, [elsewhere], REFUSED);
  const asked = await ask(scene, `/delegate ${elsewhere.from} -> ${elsewhere.to} --for 10s`);
  await approve(scene, asked);
  // At once: on a slow machine the report comes when it is nearly over.
  await awaitKdc(scene, elsewhere, GRANTED);
  for (const key of ['outcome', 'reversal-warning', 'reversal-outcome']) await showThread(scene, asked, key);
  scene.say('');
  await expectKdc(scene, [elsewhere], REFUSED);
}

async function playUndo(scene: Scene, mesh: Asked): Promise<void> {
  scene.say(`\n— 3. ${mesh.label} taken back —`);
  await expectKdc(scene, meshPairs, GRANTED);
  const button = { ts: mesh.ts, action: 'request.undo', said: `Undo… of ${mesh.label}`, about: mesh.label };
  const undo = await askByButton(scene, button);
  await approve(scene, undo);
  await showThread(scene, undo, 'outcome');
  scene.say('');
  await expectKdc(scene, meshPairs, REFUSED);
}

async function playFindings(scene: Scene): Promise<void> {
  scene.say('\n— 4. What is wrong in the domain —');
  await expectHeld(scene, true);
  const list = await command(scene, '/hv findings', { isWanted: isList, about: 'findings' });
  const button = buttonsIn(list, 'command.').find(({ value }) => String(value).includes(ghost.target));
  hold(button !== undefined, `no finding about ${ghost.target} has a button`);
  const asked = await askByButton(scene, {
    ts: String(list['ts']),
    action: String(button['action_id']),
    said: `“Ask for it” of ${ghost.host} → ${ghost.target}, which stands for ${String(button['value'])}`,
  });
  await approve(scene, asked);
  await showThread(scene, asked, 'outcome');
  scene.say('');
  await expectHeld(scene, false);
  const after = await command(scene, '/hv findings', { isWanted: isList, about: 'findings' });
  hold(!JSON.stringify(after).includes(ghost.target), `${ghost.target} is still a finding`);
}

/** Both answers are private and only the second has the list. */
function isList(answer: Fields): boolean {
  return JSON.stringify(answer).includes('Nothing was changed.') && 'blocks' in answer;
}

/** What the directory says, since no KDC has a word on a name that nobody owns. */
async function expectHeld({ client, say }: Scene, isHeld: boolean): Promise<void> {
  const values = await until('the Domain panel', async () => {
    const picture = await client.get('/_lab/domain');
    const hosts = (picture['hosts'] ?? []) as { name: string; values: string[] }[];
    return hosts.find(({ name }) => name === ghost.host)?.values;
  });
  say(`Directory: ${ghost.host} may delegate to ${values.length === 0 ? 'nobody' : values.join(', ')}`);
  hold(values.includes(ghost.value) === isHeld, `${ghost.host} holds ${JSON.stringify(values)}`);
}
