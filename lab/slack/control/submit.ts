import { z } from 'zod';
import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import { isFields, textIn } from '../fields';
import { isEmptyEntry } from '../input-state';
import type { Parts } from '../parts';
import { viewClosed, viewSubmission } from '../payloads';
import type { View } from '../views';
import { checkedView } from '../web-api/views';
import { fillIn, Values } from './fill-in';
import { interact, notSent } from './outcome';
import { postRoute } from './route';

const Submit = z.object({
  user: z.string(),
  view_id: z.string(),
  values: Values.default({}),
});

/** `POST /_lab/submit`: somebody fills in a modal by action id and presses its submit button. */
export const submit = postRoute(Submit, async (parts, body) => {
  const user = parts.workspace.user(body.user);
  if (!user) return notSent('user_not_found');
  const view = parts.views.stack(user.id).at(-1);
  if (view?.id !== body.view_id) return notSent('view_not_found');
  if (!view['submit']) return notSent('no_submit_button');
  const wrong = fillIn(parts, view, body.values);
  if (wrong) return notSent(wrong);
  const errors = inputErrors(view);
  if (Object.keys(errors).length > 0) return notSent('invalid_input', { errors, view });
  const payload = viewSubmission(parts, user, view);
  let told: Fields = {};
  const outcome = await interact(parts, user.id, {
    send: () => parts.deliveries.deliver('interactive', payload),
    afterAck: (ack) => {
      if (isFields(ack['errors'])) told = { errors: ack['errors'], view };
      return afterSubmission(parts, { user: user.id, view }, ack);
    },
  });
  return { ...outcome, ...told };
});

/** `POST /_lab/close`: somebody closes the modal on top. */
export const close = postRoute(z.object({ user: z.string(), view_id: z.string() }), async (parts, body) => {
  const user = parts.workspace.user(body.user);
  if (!user) return notSent('user_not_found');
  const stack = parts.views.stack(user.id);
  const view = stack.at(-1);
  if (view?.id !== body.view_id) return notSent('view_not_found');
  parts.views.close(user.id, view.clear_on_close ? 'all' : view);
  const told = (view.clear_on_close ? stack : [view]).filter((one) => one.notify_on_close);
  if (told.length === 0) return { ...notSent(''), ok: true, error: undefined };
  return interact(parts, user.id, {
    send: async () => {
      const sent = told.map((one) =>
        parts.deliveries.deliver('interactive', viewClosed(user, one, view.clear_on_close)),
      );
      const deliveries = await Promise.all(sent);
      return deliveries.find((delivery) => !delivery.acked) ?? { acked: true, payload: {} };
    },
  });
});

/** What Slack's client writes under an input before it sends anything, by block id. */
function inputErrors(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block['type'] !== 'input' || !isFields(block['element'])) continue;
    const { element } = block;
    const blockId = textIn(block, 'block_id');
    const entry = view.state.values[blockId]?.[textIn(element, 'action_id')];
    if (!entry) continue;
    const error = isEmptyEntry(entry)
      ? block['optional'] !== true && 'Please complete this required field.'
      : lengthError(element, entry['value']);
    if (error) errors[blockId] = error;
  }
  return errors;
}

function lengthError(element: Fields, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && value.length < min) return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && value.length > max) return `Please enter at most ${max} characters.`;
  return element['type'] === 'number_input' && !Number.isFinite(Number(value))
    ? 'Please enter a number.'
    : undefined;
}

/** Does what the ack of a submission says; an ack that Slack could not use is `invalid_response_action`. */
function afterSubmission(
  parts: Parts,
  { user, view }: { user: string; view: View },
  ack: Fields,
): string | undefined {
  const action = ack['response_action'];
  if (action === undefined) {
    if (Object.keys(ack).length > 0) return 'invalid_response_action';
    parts.views.close(user, view);
    return undefined;
  }
  if (action === 'clear') {
    parts.views.close(user, 'all');
    return undefined;
  }
  if (action === 'errors') return namesInputs(view, ack['errors']) ? undefined : 'invalid_response_action';
  const next = ack['view'];
  if ((action !== 'update' && action !== 'push') || !isFields(next)) return 'invalid_response_action';
  try {
    const checked = checkedView(next, 'modal');
    if (action === 'push') parts.views.push(user, checked);
    else parts.views.update({ viewId: view.id }, checked);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return 'invalid_response_action';
    throw error;
  }
}

function namesInputs(view: View, errors: unknown): boolean {
  if (!isFields(errors) || Object.keys(errors).length === 0) return false;
  const blocks = view.blocks.filter((block) => block['type'] === 'input');
  const inputs = new Set(blocks.map((block) => block['block_id']));
  return Object.entries(errors).every(([id, text]) => inputs.has(id) && typeof text === 'string');
}
