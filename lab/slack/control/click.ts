import { z } from 'zod';
import { checkBlocks } from '../block-check';
import { fieldsIn, stringsIn, textIn } from '../fields';
import type { Fields } from '../fields';
import type { StateValues } from '../input-state';
import { chosenEntry, initialState } from '../input-state';
import type { Parts } from '../parts';
import type { Place } from '../payloads';
import { blockActions, blockSuggestion } from '../payloads';
import type { LabUser } from '../workspace';
import { app } from '../workspace';
import type { Found, Pointed } from './place-search';
import { findElement } from './place-search';
import { fillIn, Values } from './fill-in';
import { interact, notSent } from './outcome';
import { postRoute, whoAndWhere } from './route';

const value = z.union([z.string(), z.array(z.string())]);

const Click = z.object({
  user: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  view_id: z.string().optional(),
  action_id: z.string(),
  block_id: z.string().optional(),
  value: value.optional(),
  /** What else is filled in where a view is: Slack sends the state of all its inputs with every click. */
  values: Values.optional(),
  /** Press a button that is no longer there, as a screen that missed the update would. */
  stale: z.boolean().optional(),
});

/** `POST /_lab/click`: somebody presses a button or chooses in a menu; a confirmation counts as given. */
export const click = postRoute(Click, async (parts, body) => {
  const user = parts.workspace.user(body.user);
  if (!user) return notSent('user_not_found');
  if (body.channel !== undefined) {
    const place = whoAndWhere(parts, { user: body.user, channel: body.channel });
    if (typeof place === 'string') return notSent(place);
  }
  const found = findElement(parts, user, body) ?? (body.stale ? staleButton(parts, user, body) : undefined);
  if (!found) return notSent('no_such_action');
  const wrong = 'view' in found.place && fillIn(parts, found.place.view, body.values ?? {});
  if (wrong) return notSent(wrong);
  const state = stateOf(found.place);
  const action = actionOf(parts, found, { value: body.value, state });
  if (!action) return notSent('no_such_option');
  const payload = blockActions(parts, { user, place: found.place, action, state });
  return interact(parts, user.id, { send: () => parts.deliveries.deliver('interactive', payload) });
});

/** `POST /_lab/suggest`: somebody types in an external select; the answer has the app's `options`. */
export const suggest = postRoute(
  Click.omit({ value: true, values: true, stale: true }).extend({ value: z.string() }),
  async (parts, body) => {
    const user = parts.workspace.user(body.user);
    if (!user) return notSent('user_not_found');
    const found = findElement(parts, user, { ...body, value: undefined });
    const type = found && textIn(found.element, 'type');
    if (!found || !type?.endsWith('external_select')) return notSent('no_such_action');
    // Slack asks the app only from this length on; absent means three characters.
    const least = Number(found.element['min_query_length'] ?? 3);
    if (body.value.length < least)
      return notSent('query_too_short', { detail: `from ${least} characters on` });
    const payload = blockSuggestion(parts, {
      user,
      place: found.place,
      block_id: textIn(found.block, 'block_id'),
      action_id: body.action_id,
      value: body.value,
    });
    let options: Fields[] = [];
    const outcome = await interact(parts, user.id, {
      send: () => parts.deliveries.deliver('interactive', payload),
      afterAck: (ack) => {
        const grouped = fieldsIn(ack['option_groups']).flatMap((group) => fieldsIn(group['options']));
        options = [...fieldsIn(ack['options']), ...grouped];
        if (!ack['options'] && !ack['option_groups']) return 'no_options';
        if (options.length > 100) return 'too_many_options';
        if (!areOptions(ack)) return 'invalid_options';
        // Slack keeps what was chosen of earlier suggestions.
        parts.suggestions.set(found.element, [...(parts.suggestions.get(found.element) ?? []), ...options]);
        return undefined;
      },
    });
    return { ...outcome, options };
  },
);

/** True if a select could show what the app suggests: the same check as of the options in a message. */
function areOptions(ack: Fields): boolean {
  const { options, option_groups: groups } = ack;
  const given = {
    ...(options !== undefined && { options }),
    ...(groups !== undefined && { option_groups: groups }),
  };
  // An empty list is a good answer, to nothing that is like what was typed.
  if (Array.isArray(options) && options.length === 0 && groups === undefined) return true;
  const select = { type: 'static_select', placeholder: { type: 'plain_text', text: '…' }, ...given };
  return checkBlocks([{ type: 'actions', elements: [select] }], 'message').length === 0;
}

function stateOf(place: Place): StateValues {
  return 'view' in place ? place.view.state.values : initialState(place.message.blocks ?? []);
}

/** The entry of `actions`; choosing also changes the view's state. Undefined if there is no such option. */
function actionOf(
  parts: Parts,
  found: Found,
  chosen: { value: string | string[] | undefined; state: StateValues },
): Fields | undefined {
  const { element, block } = found;
  const ids = { action_id: element['action_id'], block_id: block['block_id'] };
  if (element['type'] === 'button') {
    const { text, value: own, style } = element;
    return {
      ...ids,
      type: 'button',
      text,
      ...(own !== undefined && { value: own }),
      ...(style ? { style } : {}),
    };
  }
  if (element['type'] === 'overflow') {
    const option = fieldsIn(element['options']).find((one) => one['value'] === stringsIn(chosen.value)[0]);
    return option && { ...ids, type: 'overflow', selected_option: option };
  }
  // Without dispatch_action an input says nothing before it is submitted.
  if (block['type'] === 'input' && block['dispatch_action'] !== true) return undefined;
  const entry = chosenEntry(element, chosen.value ?? null, parts.suggestions.get(element));
  if (!entry) return undefined;
  (chosen.state[textIn(block, 'block_id')] ??= {})[textIn(element, 'action_id')] = entry;
  return { ...ids, ...entry };
}

function staleButton(parts: Parts, user: LabUser, body: Pointed): Found | undefined {
  if (body.channel === undefined || body.ts === undefined) return undefined;
  const channel = parts.workspace.channel(body.channel, user);
  if (!channel) return undefined;
  const message = parts.messages.find(channel.id, body.ts);
  const gone = {
    type: 'message',
    channel: channel.id,
    user: app.botUser,
    team: app.teamId,
    text: '',
    ts: body.ts,
  };
  const element = {
    type: 'button',
    action_id: body.action_id,
    text: { type: 'plain_text', text: body.action_id, emoji: true },
    ...(body.value !== undefined && { value: stringsIn(body.value)[0] }),
  };
  const place = { message: message ?? { ...gone, type: 'message' as const }, channel };
  return { place, block: { block_id: body.block_id ?? 'stale' }, element };
}
