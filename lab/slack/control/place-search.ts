import { allBlocks, elementsOf } from '../block-ids';
import type { Fields } from '../fields';
import { textIn } from '../fields';
import type { Message } from '../message';
import type { Parts } from '../parts';
import type { Place } from '../payloads';
import type { LabUser } from '../workspace';

/** What a person points at on the screen. */
export interface Pointed {
  channel?: string | undefined;
  ts?: string | undefined;
  view_id?: string | undefined;
  action_id: string;
  block_id?: string | undefined;
  value?: string | string[] | undefined;
}

/** An interactive element and where it stands. */
export interface Found {
  place: Place;
  block: Fields;
  element: Fields;
}

/**
 * The element with this action id that the person can see: in the given view or message, else in the open modal, else in
 * the newest message that has it (of the given channel or of all the person's channels), else on the Home tab.
 */
export function findElement(parts: Parts, user: LabUser, pointed: Pointed): Found | undefined {
  for (const place of placesOf(parts, user, pointed)) {
    const blocks = 'view' in place ? place.view.blocks : (place.message.blocks ?? []);
    for (const block of allBlocks(blocks)) {
      const element = elementsOf(block).find((one) => isPointedAt(block, one, pointed));
      if (element) return { place, block, element };
    }
  }
  return undefined;
}

function isPointedAt(block: Fields, element: Fields, pointed: Pointed): boolean {
  if (element['action_id'] !== pointed.action_id) return false;
  if (pointed.block_id !== undefined && block['block_id'] !== pointed.block_id) return false;
  const isButton = element['type'] === 'button';
  return !isButton || pointed.value === undefined || textIn(element, 'value') === pointed.value;
}

/** The places a person can see, the one in front first, narrowed by what was pointed at. */
function placesOf(parts: Parts, user: LabUser, pointed: Pointed): Place[] {
  if (pointed.view_id !== undefined) {
    const found = parts.views.find(pointed.view_id);
    return found?.user === user.id ? [{ view: found.view }] : [];
  }
  const messages = messagesOf(parts, user, pointed);
  if (pointed.ts !== undefined || pointed.channel !== undefined) return messages;
  const modal = parts.views.stack(user.id).at(-1);
  const home = parts.views.home(user.id);
  return [...(modal ? [{ view: modal }] : []), ...messages, ...(home ? [{ view: home }] : [])];
}

function messagesOf(parts: Parts, user: LabUser, pointed: Pointed): Place[] {
  const wanted = pointed.channel === undefined ? undefined : parts.workspace.channel(pointed.channel, user);
  if (pointed.channel !== undefined && !wanted) return [];
  const places = parts.workspace.channels
    .filter((channel) => (!wanted || channel === wanted) && parts.workspace.isMember(channel, user.id))
    .flatMap((channel) => visible(parts, user, channel.id).map((message) => ({ message, channel })));
  return places
    .filter((place) => pointed.ts === undefined || place.message.ts === pointed.ts)
    .toSorted((one, other) => Number(other.message.ts) - Number(one.message.ts));
}

function visible(parts: Parts, user: LabUser, channel: string): Message[] {
  return [...parts.messages.all(channel), ...parts.messages.ephemerals(user.id, channel)];
}
