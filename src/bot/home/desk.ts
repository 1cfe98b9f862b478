import type { WebClient } from '@slack/web-api';
import type { Clock, Ledger } from '../../core/ports';
import type { RequestRecord } from '../../core/request/record';
import type { Policy, Settings } from '../../core/settings';
import type { HomeOverview, RequestClient } from '../../jobs/client';
import type { PagesKnown } from '../card-link';
import { isShownWhole } from '../cards/plan-blocks';
import type { BotLog } from '../log';
import type { Membership } from '../membership';
import { personOf, type Acted } from '../person';
import { refusalText } from '../refusal';
import type { Pace } from '../reports/pace';
import { FindingsShelf } from './findings-shelf';
import { Onlookers } from './onlookers';
import { closedHome, homeView, type HomeContent } from './view';

/** What Home needs. */
export interface HomeParts {
  readonly client: Pick<RequestClient, 'overview' | 'findings'>;
  readonly ledger: Pick<Ledger, 'auditEnd'>;
  /** For what people have asked for. */
  readonly web: WebClient;
  /** For what is drawn by itself, at the pace. */
  readonly unhurried: WebClient;
  readonly pace: Pick<Pace, 'take' | 'refused'>;
  readonly slack: Pick<Settings['slack'], 'team' | 'enterprise'>;
  readonly policy: Policy;
  readonly membership: Membership;
  readonly clock: Clock;
  readonly log: BotLog;
  readonly failure: (error: unknown) => string;
  readonly linkTo: (id: string) => Promise<string | null>;
  readonly pagesOf: (record: RequestRecord) => Promise<PagesKnown>;
}

/** Where Homes are drawn: who looks at them, and what was found for them. */
export interface Desk {
  readonly onlookers: Onlookers;
  readonly findings: FindingsShelf;
  /** The newest drawing of each person's Home: an older one that comes late must not cover it. */
  readonly newest: Map<string, object>;
  /** What stands at somebody's Home, but for the findings; a text in mrkdwn when that person is shown nothing. Throws Fault. */
  look(acted: Acted): Promise<Omit<HomeContent, 'notice' | 'page' | 'findings'> | string>;
  /** `isAsked`: its person waits for it. Throws what Slack fails with. */
  publish(user: string, content: HomeContent | string, isAsked?: boolean): Promise<void>;
}

/** So many cards' addresses are asked for at once. */
const MOST_LINKS = 30;

/** Makes it, empty. */
export function createDesk(parts: HomeParts): Desk {
  const { web, unhurried, slack, membership, clock, client, policy } = parts;
  const links = new Map<string, string>();
  return {
    onlookers: new Onlookers(clock),
    findings: new FindingsShelf(parts),
    newest: new Map(),
    async look(acted) {
      const found = personOf(acted, slack);
      if ('problem' in found) return refusalText(found.problem);
      const stranger = await membership.refuse(acted.user);
      if (stranger) return refusalText(stranger);
      const by = found.person;
      const overview = await client.overview(by);
      await addLinks(overview, links, parts);
      return { overview, by, policy, links, pages: await pagesToDecide(overview, parts) };
    },
    async publish(user, content, isAsked = true) {
      const view = typeof content === 'string' ? closedHome(content) : homeView(content);
      await (isAsked ? web : unhurried).views.publish({ user_id: user, view });
    },
  };
}

/** Of the few plans that no card shows whole: whether all their pages stand may change with every drawing. */
async function pagesToDecide(
  { open }: HomeOverview,
  { pagesOf }: Pick<HomeParts, 'pagesOf'>,
): Promise<ReadonlyMap<string, PagesKnown>> {
  const large = open.filter(({ state, plan }) => state === 'waiting' && plan && !isShownWhole(plan));
  const known = large.slice(0, MOST_LINKS).map(async (record) => [record.id, await pagesOf(record)] as const);
  return new Map(await Promise.all(known));
}

/** Addresses never change, so each is asked for once. */
async function addLinks(
  { open, toReview, expiring }: HomeOverview,
  links: Map<string, string>,
  { linkTo }: Pick<HomeParts, 'linkTo'>,
): Promise<void> {
  const ids = [...open, ...toReview, ...expiring.map(({ parent }) => parent)].map(({ id }) => id);
  const missing = ids.filter((id) => !links.has(id)).slice(0, MOST_LINKS);
  await Promise.all(
    missing.map(async (id) => {
      const link = await linkTo(id).catch(() => null);
      if (link !== null) links.set(id, link);
    }),
  );
}
