import type { Fields } from '../slack/fields';
import type { LabAnswer } from '../slack/client';
import { buttonsIn, keyOf } from './message-search';
import { hold, until, type Stage } from './stage';
import { openTranscript, type Transcript } from './transcript';

const channel = 'hyper-v';

/** A stage with people at work in #hyper-v: what they do is said, and what they are shown for it is written down. */
export interface Scene extends Stage {
  readonly transcript: Transcript;
  /** Replies that have been shown, by their timestamp. */
  readonly read: Set<unknown>;
}

/** A request as the people of a story see it: by its label, and by the message that is its card. */
export interface Asked {
  readonly label: string;
  readonly ts: string;
  /** The request that this one takes back, or itself: their cards say much the same. */
  readonly about: string;
}

/** The scene before anybody has done anything. */
export function openScene(stage: Stage): Scene {
  return { ...stage, transcript: openTranscript(stage), read: new Set() };
}

/** What the requester is told privately: which of the answers is waited for, and what else is about the same. */
interface Wanted {
  readonly isWanted: (answer: Fields) => boolean;
  readonly about?: string;
}

/** The requester sends a command; shows and gives the first private answer that is wanted. */
export async function command(scene: Scene, text: string, wanted: Wanted): Promise<Fields> {
  scene.say(`\n#${channel}  @requester: ${text}`);
  return told(scene, wanted, () => scene.client.command({ user: 'requester', channel, text }));
}

/** The requester asks for something that has to be approved; shows the answer and the card. */
export async function ask(scene: Scene, text: string): Promise<Asked> {
  return cardOf(scene, await command(scene, text, { isWanted: isReceipt }));
}

/** A button that makes a request: in which message it is, by which action id, and what is said of pressing it. */
interface Button {
  readonly ts: string;
  readonly action: string;
  readonly said: string;
  /** The request that is taken back by it. */
  readonly about?: string;
}

/** The requester presses it; shows the answer and the card. */
export async function askByButton(scene: Scene, { ts, action, said, about }: Button): Promise<Asked> {
  scene.say(`\n@requester presses ${said}:`);
  const click = { user: 'requester', channel, ts, action_id: action };
  const receipt = await told(scene, { isWanted: isReceipt }, () => scene.client.click(click));
  return cardOf(scene, receipt, about);
}

/** The approver approves. What comes of it is shown by `showOutcome`. */
export async function approve({ client, say }: Scene, { ts, label }: Asked): Promise<void> {
  say(`\n@approver presses Approve of ${label}:`);
  const click = { user: 'approver', channel, ts, action_id: 'request.approve' };
  const clicked = await client.click(click);
  const host = hostToType(clicked);
  if (host !== null) say(`  a high risk: a form asks for the host's name, and @approver types ${host}`);
  const form = { user: 'approver', view_id: String(clicked.view?.['id']) };
  const values = { 'request.approve.host': host ?? '' };
  const approved = host === null ? clicked : await client.submit({ ...form, values });
  hold(approved.ok, `the approval of ${label} was not acknowledged: ${String(approved.error)}`);
}

/** The host whose name the form of a high risk asks for; null when there is no form. */
function hostToType({ view }: LabAnswer): string | null {
  if (view?.['callback_id'] !== 'request.approve.submit') return null;
  return /(?:name, |such as )([a-z0-9-]+)\./.exec(JSON.stringify(view))?.[1] ?? '';
}

/** Waits until the card says something, and shows it as it is then. */
export async function showCard(scene: Scene, asked: Asked, words: string): Promise<void> {
  const { label, about } = asked;
  const card = await cardSaying(scene, asked, words);
  scene.transcript.show(`#${channel}  Handover (the card of ${label}, edited)`, card, about);
}

/** Waits until the card says something, and gives it as it is then. */
export function cardSaying({ client }: Stage, { label, ts }: Asked, words: string): Promise<Fields> {
  return until(`the card of ${label} to say “${words}”`, async () => {
    const shown = await client.messages({ channel });
    return shown.find((message) => message['ts'] === ts && JSON.stringify(message).includes(words));
  });
}

/** A reply by its key, and how long it may take to come, in milliseconds; a minute unless said. */
interface Reply {
  readonly key: string;
  readonly withinMs?: number;
}

/** Waits for that reply in the request's thread, by its key alone or as `Reply`; shows the card again and the replies, what is new of them. */
export async function showThread(
  scene: Scene,
  { label, ts, about }: Asked,
  reply: string | Reply,
): Promise<void> {
  const { key, withinMs }: Reply = typeof reply === 'string' ? { key: reply } : reply;
  const look = async (): Promise<Fields[] | undefined> => {
    const thread = await scene.client.messages({ channel, thread_ts: ts });
    return thread.some((message) => keyOf(message) === key) ? thread : undefined;
  };
  const [card, ...replies] = await until(`the reply “${key}” of ${label}`, look, withinMs);
  if (card) scene.transcript.show(`#${channel}  Handover (the card of ${label}, edited)`, card, about);
  for (const each of replies.filter((one) => !scene.read.has(one['ts']))) {
    scene.read.add(each['ts']);
    scene.transcript.show(`  in the thread of ${label}`, each, about);
  }
}

/** Does something and waits for what the requester alone is then told; shows and gives the first that is wanted. */
async function told(
  scene: Scene,
  { isWanted, about }: Wanted,
  act: () => Promise<LabAnswer>,
): Promise<Fields> {
  const before = new Set((await privateMessages(scene)).map(({ ts }) => ts));
  const acted = await act();
  hold(acted.ok, `this was not acknowledged: ${String(acted.error)}`);
  const answer = await until('a private answer', async () =>
    (await privateMessages(scene)).find((message) => !before.has(message['ts']) && isWanted(message)),
  );
  scene.transcript.show('only you', answer, about);
  return answer;
}

async function privateMessages({ client }: Stage): Promise<Fields[]> {
  const shared = new Set((await client.messages({ channel })).map(({ ts }) => ts));
  const all = await client.messages({ channel, user: 'requester' });
  return all.filter((message) => !shared.has(message['ts']));
}

/** Waits for the card that can be approved, and shows it. A child's card names its parent too, but not first. */
async function cardOf(scene: Scene, receipt: Fields, about?: string): Promise<Asked> {
  const label = labelIn(receipt);
  const card = await until(`the card of ${label}, with Approve`, async () =>
    (await scene.client.messages({ channel })).find(
      (message) =>
        String(message['text']).startsWith(`${label} `) && buttonsIn(message, 'request.approve').length > 0,
    ),
  );
  scene.transcript.show(`#${channel}  Handover`, card, about ?? label);
  return { label, ts: String(card['ts']), about: about ?? label };
}

/** “R-1001 received …” */
function isReceipt(answer: Fields): boolean {
  return labelIn(answer) !== '';
}

function labelIn({ text }: Fields): string {
  return /^R-\d+(?= received)/.exec(String(text))?.[0] ?? '';
}
