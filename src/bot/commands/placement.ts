import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/ports';
import type { Problem } from '../../core/problem';
import { inTime } from '../in-time';
import { oneAsker } from '../one-asker';
import { refusalOf, slackFault } from '../slack-fault';

/** Where a card goes; `isElsewhere` when that is not the channel of the command. */
type Placed = { readonly channel: string; readonly isElsewhere: boolean } | { readonly problem: Problem };

/** Finds the place for a card before a request is recorded. Throws Fault when Slack does not say. */
export interface Placement {
  /** Why nothing is decided in a channel, because outsiders are there; null: they are not. Believed for a minute. */
  refuseShared(channel: string): Promise<Problem | null>;
  place(channel: string): Promise<Placed>;
}

/** How long an answer about a channel is believed, and how long it is waited for, in milliseconds. */
const BELIEVED_MS = 60_000;
const WAIT_MS = 800;

type Standing = 'member' | 'absent' | 'shared';

/**
 * In the command's own channel if the bot is a member, else in the approvals channel. Never in a channel that is shared with
 * another organisation, because outsiders read it and can be clicked at; nor in a direct message, where nobody could approve.
 */
export function createPlacement(
  web: WebClient,
  { approvals, clock }: { approvals: string; clock: Clock },
): Placement {
  const askOnce = oneAsker((channel) => ask(web, channel));
  const known = new Map<string, { standing: Standing; until: number }>();

  function believed(channel: string): Standing | undefined {
    const cached = known.get(channel);
    return cached && cached.until > clock.now() ? cached.standing : undefined;
  }

  async function standingIn(channel: string): Promise<Standing> {
    const cached = believed(channel);
    if (cached) return cached;
    const standing = await askOnce(channel);
    known.set(channel, { standing, until: clock.now() + BELIEVED_MS });
    return standing;
  }

  return {
    async refuseShared(channel) {
      const standing = await inTime(clock, WAIT_MS, standingIn(channel));
      if (standing === 'late') throw slackFault(null);
      return standing === 'shared'
        ? { ...shared(), remedy: 'Decide on Home, or ask again in a channel of your own team.' }
        : null;
    },

    async place(channel) {
      const cached = [believed(channel), believed(approvals)] as const;
      const standings =
        cached[0] && cached[1]
          ? ([cached[0], cached[1]] as const)
          : await inTime(clock, WAIT_MS, Promise.all([standingIn(channel), standingIn(approvals)]));
      if (standings === 'late') throw slackFault(null);
      const [here, there] = standings;
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
