import { randomUUID } from 'node:crypto';
import type { Fields } from '../../lab/slack/fields';
import type { SlackStandIn } from '../../lab/slack/server';
import { commandEnvelope, isReceived } from '../ack/burst';

/** Sends commands over Socket Mode, so many of them unanswered at a time. Rejects when one is not received. */
export type Inlet = (texts: readonly string[]) => Promise<void>;

/** So many people wait for their answer at once. */
const IN_FLIGHT = 100;

const WITHIN_MS = 30_000;

/** Takes the stand-in's acks for itself: nothing else may deliver by it afterwards. */
export function openInlet(slack: SlackStandIn): Inlet {
  const waiting = new Map<string, (ack: Fields) => void>();
  slack.connections.listen((message) => waiting.get(String(message['envelope_id']))?.(message));

  function sendOne(text: string): Promise<void> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ack within ${WITHIN_MS} ms`)), WITHIN_MS);
      waiting.set(id, (ack) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (isReceived(ack['payload'])) resolve();
        else reject(new Error(`the ack says something else: ${JSON.stringify(ack)}`));
      });
      if (!slack.connections.send(commandEnvelope(id, text))) reject(new Error('the app is not connected'));
    });
  }

  return (texts) => eachOf(texts, IN_FLIGHT, sendOne);
}

/** Does the work for each item, `atOnce` of them at a time. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const take = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
}
