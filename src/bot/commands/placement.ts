import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports';
import { Fault, type Problem } from '../../core/problem';
import { errorCode } from '../slack-web';

/** Where a card goes; `isElsewhere` when that is not the channel of the command. */
type Placed = { readonly channel: string; readonly isElsewhere: boolean } | { readonly problem: Problem };

/** Finds the place for a card before a request is recorded. */
export interface Placement {
  place(channel: string): Promise<Placed>;
}

/** How long an answer about a channel is believed, and how long it is waited for, in milliseconds. */
const BELIEVED_MS = 60_000;
const WAIT_MS = 800;

type Membership = 'member' | 'absent' | 'shared';

/**
 * In the command's own channel if the bot is a member, else in the approvals channel; a channel shared with another organisation never,
 * because outsiders read and click there.
 */
export function createPlacement(
  web: WebClient,
  { approvals, clock }: { approvals: string; clock: Clock },
): Placement {
  const known = new Map<string, { membership: Membership; until: number }>();

  async function membership(channel: string): Promise<Membership> {
    const cached = known.get(channel);
    if (cached && cached.until > clock.now()) return cached.membership;
    const late = clock.wait(WAIT_MS).then(() => {
      throw noAnswer();
    });
    const asked = await Promise.race([ask(web, channel), late]);
    known.set(channel, { membership: asked, until: clock.now() + BELIEVED_MS });
    return asked;
  }

  return {
    async place(channel) {
      const here = await membership(channel);
      if (here === 'shared') return { problem: shared() };
      if (here === 'member') return { channel, isElsewhere: false };
      const isThere = (await membership(approvals)) === 'member';
      return isThere ? { channel: approvals, isElsewhere: true } : { problem: nowhere() };
    },
  };
}

async function ask(web: WebClient, channel: string): Promise<Membership> {
  try {
    const { channel: info } = await web.conversations.info({ channel });
    if (info?.is_ext_shared || info?.is_pending_ext_shared) return 'shared';
    return info?.is_member || info?.is_im ? 'member' : 'absent';
  } catch (error) {
    if (errorCode(error) === 'channel_not_found') return 'absent';
    throw error;
  }
}

/** Not taken for "absent": a channel that is shared must not pass because Slack is slow. */
function noAnswer(): Fault {
  const message = 'Slack does not say in time what this channel is.';
  return new Fault({ code: 'channel.no-answer', retry: 'later', message, remedy: 'Try again in a moment.' });
}

function shared(): Problem {
  return {
    code: 'channel.shared',
    summary: 'This channel is shared with another organisation.',
    remedy: 'Ask in a channel of your own organisation.',
  };
}

function nowhere(): Problem {
  return {
    code: 'channel.nowhere',
    summary:
      'Handover is neither in this channel nor in the approvals channel, so nobody could see the card.',
    remedy: 'Invite @handover to this channel, then ask again.',
  };
}
