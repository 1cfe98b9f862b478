import { randomBytes, randomUUID } from 'node:crypto';
import type { Fields } from '../../lab/slack/fields';
import type { SlackStandIn } from '../../lab/slack/server';
import { app } from '../../lab/slack/workspace';

/** Sends so many commands at once; milliseconds until each ack. Rejects when one does not say that the request was received. */
export type Send = (count: number) => Promise<readonly number[]>;

/** What everybody asks for. */
export const COMMAND = '/delegate hyper-v01 -> hyper-v02 cifs,migration';

const WITHIN_MS = 10_000;

/** Whether the payload of an ack says that the request stands in the ledger; anything else is no answer in time. */
export function isReceived(payload: unknown): boolean {
  return JSON.stringify(payload ?? null).includes(' received: ');
}

/**
 * Sends over Socket Mode and takes the times at the sockets of the stand-in, where commands leave and acks arrive. It takes the
 * stand-in's acks for itself: nothing else may deliver by it afterwards.
 */
export function burstOn(slack: SlackStandIn): Send {
  const waiting = new Map<string, (ack: Fields) => void>();
  slack.connections.listen((message) => {
    const settle = waiting.get(String(message['envelope_id']));
    settle?.(message);
  });

  function sendOne(): Promise<number> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ack within ${WITHIN_MS} ms`)), WITHIN_MS);
      const startedAt = performance.now();
      waiting.set(id, (ack) => {
        const ms = performance.now() - startedAt;
        clearTimeout(timer);
        waiting.delete(id);
        if (isReceived(ack['payload'])) resolve(ms);
        else reject(new Error(`the ack says something else: ${JSON.stringify(ack)}`));
      });
      if (!slack.connections.send(commandEnvelope(id, COMMAND)))
        reject(new Error('the app is not connected'));
    });
  }

  return (count) => Promise.all(Array.from({ length: count }, sendOne));
}

/** A slash command in Slack's form; the stand-in's own (`lab/slack/payloads.ts`) has the same fields. */
export function commandEnvelope(id: string, text: string): Fields {
  const [command = '', ...words] = text.split(' ');
  return {
    envelope_id: id,
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: {
      token: app.verificationToken,
      team_id: app.teamId,
      team_domain: app.teamDomain,
      channel_id: 'C0HYPERV',
      channel_name: 'hyper-v',
      user_id: 'U0REQUESTER',
      user_name: 'requester',
      command,
      text: words.join(' '),
      api_app_id: app.appId,
      is_enterprise_install: 'false',
      response_url: `http://127.0.0.1:9/hooks/${randomUUID()}`,
      trigger_id: `${Date.now()}.${randomBytes(16).toString('hex')}`,
    },
  };
}
