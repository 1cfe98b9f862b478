import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Clock, Ledger, Random } from '../core/ports';
import type { RequestRecord } from '../core/request/record';
import type { Settings } from '../core/settings';
import type { RequestClient } from '../jobs/client';
import { registerActions, type ActionParts } from './actions/register';
import { cardLink, pagesKnown } from './card-link';
import { createAnnouncement } from './announce';
import { answerCommand } from './commands/answer';
import { createPlacement } from './commands/placement';
import { registerCommands } from './commands/register';
import { failureText } from './failure';
import { ShownForms } from './forms/delegation/show-fill';
import { registerForms } from './forms/register';
import { createHome, registerHome, type Home } from './home/register';
import type { BotLog } from './log';
import { listedOnly } from './plan-pages/listed-only';
import { createMembership } from './membership';
import { createTell } from './private-answer';
import type { Pace } from './reports/pace';
import { createUserGroups, lookedUp } from './user-groups';

/** What the listeners need. */
interface ListenParts {
  readonly settings: {
    readonly slack: Pick<Settings['slack'], 'team' | 'enterprise' | 'channels'>;
    readonly policy: Settings['policy'];
  };
  readonly client: RequestClient;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: BotLog;
  readonly pace: Pace;
  /** For what people wait for. */
  readonly web: WebClient;
  /** For what nobody waits for: it asks the pace first, and repeats nothing by itself. */
  readonly unhurried: WebClient;
  /** Asks for a request's thread to be brought up to date. */
  readonly poke: (id: string) => void;
  /** The same, and waits for it; never throws. */
  readonly bring: (id: string) => Promise<void>;
}

/** Registers everything that Slack may bring: commands, mentions, clicks and forms. Gives what keeps itself up to date. */
export function listen(app: App, parts: ListenParts): { readonly home: Home } {
  const { settings, ledger, clock, random, log, web, pace, poke, bring } = parts;
  const client = listedOnly(lookedUp(parts.client, createUserGroups(web, clock)), ledger);
  const { slack, policy } = settings;
  const common = {
    client,
    slack,
    clock,
    membership: createMembership(web, { slack, clock }),
    tell: createTell(web, log),
    failure: (error: unknown): string => failureText(error, { random, log }),
  };
  const answering = {
    ...common,
    policy,
    placement: createPlacement(web, { approvals: slack.channels.approvals, clock }),
    linkTo: (id: string) => cardLink(web, ledger, id),
    pagesOf: (record: RequestRecord) => pagesKnown(web, ledger, record),
    isArchived: async (label: string) => (await ledger.archived(label)) !== null,
    announce: createAnnouncement(web, { channels: slack.channels, log }),
    bring,
  };
  const home = createHome({ ...answering, ledger, web, unhurried: parts.unhurried, pace, log });
  const acting: ActionParts = {
    ...answering,
    web,
    home,
    poke,
    answer: (arrived) => answerCommand(arrived, answering),
  };
  registerCommands(app, { ...answering, once: (key) => ledger.claimOnce(key) });
  registerActions(app, acting);
  registerHome(app, home);
  registerForms(app, { ...acting, random, shown: new ShownForms(), approvals: slack.channels.approvals });
  return { home };
}
