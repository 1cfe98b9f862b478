import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports';
import type { Problem } from '../../core/problem';
import { slackAnswers } from '../slack-answers';
import { refusalOf, slackFault } from '../slack-fault';

/** Where a card goes; `isElsewhere` when that is not the channel of the command. */
type Placed = { readonly channel: string; readonly isElsewhere: boolean } | { readonly problem: Problem };

/** Finds the place for a card before a request is recorded. Throws Fault when Slack does not say. */
export interface Placement {
  /** Why nothing is decided in a channel, because outsiders are there; null: they are not. Believed for a minute. */
  refuseShared(channel: string): Promise<Problem | null>;
  place(channel: string): Promise<Placed>;
}

type Standing = 'member' | 'absent' | 'shared';

/**
 * In the command's own channel if the bot is a member, else in the approvals channel. Never in a channel that is shared with
 * another organisation, because outsiders read it and can be clicked at; nor in a direct message, where nobody could approve.
 */
export function createPlacement(
  web: WebClient,
  { approvals, clock }: { approvals: string; clock: Clock },
): Placement {
  const standingIn = slackAnswers(clock, (channel) => ask(web, channel));
  return {
    async refuseShared(channel) {
      return (await standingIn(channel)) === 'shared'
        ? { ...shared(), remedy: 'Decide on Home, or ask again in a channel of your own team.' }
        : null;
    },

    async place(channel) {
      const [here, there] = await Promise.all([standingIn(channel), standingIn(approvals)]);
      if (here === 'shared') return { problem: shared() };
      if (here === 'member') return { channel, isElsewhere: false };
      return there === 'member' ? { channel: approvals, isElsewhere: true } : { problem: nowhere() };
    },
  };
}

async function ask(web: WebClient, channel: string): Promise<Standing> {
  // Home and direct messages: nobody else reads there.
  if (channel === '' || channel.startsWith('D')) return 'absent';
  try {
    const { channel: info } = await web.conversations.info({ channel });
    if (info?.is_ext_shared || info?.is_org_shared || info?.is_pending_ext_shared) return 'shared';
    return info?.is_member === true && info.is_archived !== true ? 'member' : 'absent';
  } catch (error) {
    // A private channel without the bot is not found; one that it may not ask about is none of its own either.
    if (['channel_not_found', 'missing_scope'].includes(refusalOf(error) ?? '')) return 'absent';
    throw slackFault(error);
  }
}

function shared(): Problem {
  return {
    code: 'place.shared',
    summary:
      'This channel is shared with another organisation or workspace, and outsiders would see the card.',
    remedy: 'Ask in a channel of your own team.',
  };
}

function nowhere(): Problem {
  return {
    code: 'place.none',
    summary:
      'Handover is neither in this channel nor in the approvals channel, so nobody could see the card.',
    remedy: 'Invite @handover to this channel, then ask again.',
  };
}
