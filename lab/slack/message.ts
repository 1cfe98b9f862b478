import type { Fields } from './fields';

/** A message as kept here. `channel` travels beside it on Slack's wire; `ephemeralTo` never does. */
export interface Message {
  type: 'message';
  subtype?: string;
  channel: string;
  user: string;
  team: string;
  text: string;
  ts: string;
  thread_ts?: string;
  blocks?: Fields[];
  metadata?: Fields;
  files?: Fields[];
  edited?: { user: string; ts: string };
  bot_id?: string;
  app_id?: string;
  client_msg_id?: string;
  is_ephemeral?: boolean;
  ephemeralTo?: string;
}
