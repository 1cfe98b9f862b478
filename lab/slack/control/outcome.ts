import type { Delivery } from '../delivery';
import type { Fields } from '../fields';
import { labMessage } from '../message-form';
import type { Message } from '../message';
import type { Parts } from '../parts';

/** What every POST of the control API answers. Lists hold what appeared between sending and ack, whoever caused it. */
export interface Outcome extends Fields {
  ok: boolean;
  /** Slack's word for what a person would see go wrong. */
  error?: string;
  /** The payload of the app's ack, or null. */
  ack: Fields | null;
  messages: Fields[];
  ephemerals: Fields[];
  /** The person's modal on top, if modals changed. */
  view?: Fields;
}

/** An answer for what never reached the app. */
export function notSent(error: string, more: Fields = {}): Outcome {
  return { ok: false, error, ack: null, messages: [], ephemerals: [], ...more };
}

/** Sends by `send`, lets `afterAck` act on the ack (it may return an error) and gathers what appeared meanwhile. */
export async function interact(
  parts: Parts,
  user: string,
  act: { send: () => Promise<Delivery>; afterAck?: (payload: Fields) => string | undefined },
): Promise<Outcome> {
  const mark = parts.changes.mark();
  const delivery = await act.send();
  const error = delivery.acked ? act.afterAck?.(delivery.payload) : delivery.error;
  const { messages, ephemerals, viewsChanged } = appeared(parts, user, mark);
  const view = viewsChanged ? parts.views.stack(user).at(-1) : undefined;
  return {
    ok: error === undefined,
    ...(error !== undefined && { error }),
    ack: delivery.acked ? delivery.payload : null,
    messages: messages.map((message) => labMessage(parts.messages, message)),
    ephemerals: ephemerals.map((message) => labMessage(parts.messages, message)),
    ...(view && { view }),
  };
}

function appeared(
  parts: Parts,
  user: string,
  mark: number,
): {
  messages: Message[];
  ephemerals: Message[];
  viewsChanged: boolean;
} {
  const messages = new Set<Message>();
  const ephemerals = new Set<Message>();
  let viewsChanged = false;
  for (const change of parts.changes.since(mark)) {
    if (change.what === 'view') viewsChanged ||= change.user === user;
    else if (change.what === 'ephemeral' && change.user === user) ephemerals.add(change.message);
    else if (change.what === 'posted' || change.what === 'updated') messages.add(change.message);
  }
  return { messages: [...messages], ephemerals: [...ephemerals], viewsChanged };
}
