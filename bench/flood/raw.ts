import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { ChatPostMessageArguments } from '@slack/web-api';
import type { Practice } from '../../lab/practice';
import type { Message } from '../../lab/slack/message';
import { startSlack } from '../../lab/slack/server';
import { startChild } from '../child';
import type { Undoing } from '../undoing';
import { openInlet } from './inlet';
import type { RawFlood } from './raw-process';

/** Sends commands to the pipeline of the bare calls: milliseconds until all cards are posted. */
export type Raw = (way: 'all' | 'least', commands: readonly string[]) => Promise<number>;

/** On a stand-in of its own, since Slack gives a command to one of an app's connections; on the instance's own Redis and directory. */
export async function startRaw(
  undoing: Undoing,
  practice: Practice,
  { card, ...written }: Pick<RawFlood, 'texts' | 'course'> & { readonly card: Message },
): Promise<Raw> {
  const secret = (prefix: string): string => `${prefix}${randomBytes(24).toString('hex')}`;
  const tokens = { botToken: secret('xoxb-'), appToken: secret('xapp-') };
  const address = new URL(practice.slack.url).hostname;
  const locks = { labToken: secret(''), signingSecret: secret('') };
  const standIn = await startSlack({ address, ...tokens, ...locks, rates: 'off' });
  undoing.push(() => standIn.close());
  const child = await startChild('flood/raw-process');
  undoing.push(() => child.stop());
  const { redisUrl, configFile } = practice.file;
  const domainFile = join(dirname(configFile), '..', 'domain.json');
  const slack = { apiUrl: standIn.apiUrl, ...tokens };
  const start: RawFlood = { redisUrl, domainFile, slack, ...written, card: postOf(card) };
  await child.ask('open', start);
  await standIn.whenReachable();
  const inlet = openInlet(standIn);
  return async (way, commands) => {
    await child.ask('way', way);
    const startedAt = performance.now();
    await inlet(commands);
    await child.ask('posted', commands.length);
    return performance.now() - startedAt;
  };
}

function postOf({ channel, text, blocks = [], metadata }: Message): ChatPostMessageArguments {
  // SAFETY: it is a message that the bot has sent itself, in Slack's own form.
  return { channel, text, blocks, metadata } as unknown as ChatPostMessageArguments;
}
