import { Fault } from '../core/problem';
import type { Settings } from '../core/settings';
import type { OwnIds } from './reports/conversation';
import type { SlackClients } from './slack-clients';

/** What Slack says of the bot itself. */
export interface Connection {
  readonly own: OwnIds;
}

/**
 * Asks Slack who the bot is, as long as it takes Slack to answer. Throws Fault when the token is of another team than the
 * settings: every person would be taken for a stranger.
 */
export async function connect(
  { patient }: SlackClients,
  slack: Pick<Settings['slack'], 'team' | 'enterprise'>,
): Promise<Connection> {
  const {
    team_id: team,
    enterprise_id: enterprise,
    user_id: user = '',
    bot_id: bot = '',
  } = await patient.auth.test();
  if (team !== slack.team || (enterprise ?? null) !== slack.enterprise) {
    throw new Fault({
      code: 'slack.other-team',
      retry: 'never',
      message:
        `The bot token is of team ${team ?? '-'} in enterprise ${enterprise ?? '-'}, ` +
        `but the settings say ${slack.team} in ${slack.enterprise ?? '-'}.`,
      remedy: 'Correct slack.team and slack.enterprise in handover.yaml, or use the right token.',
    });
  }
  return { own: { user, bot } };
}
