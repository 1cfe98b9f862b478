import type { App, BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { ComparedFindings } from '../../core/findings/baseline';
import type { Clock } from '../../core/ports';
import { mayRead } from '../../core/policy/read';
import type { RequestRecord } from '../../core/request/record';
import type { Person } from '../../core/request/statement';
import type { Policy, Settings } from '../../core/settings';
import type { HomeOverview, RequestClient } from '../../jobs/client';
import type { PagesKnown } from '../card-link';
import { isShownWhole } from '../cards/plan-blocks';
import { describeError, type BotLog } from '../log';
import type { Membership } from '../membership';
import { personOf, type Acted } from '../person';
import { refusalText } from '../refusal';
import { closedHome, HOME_PAGE, homeView } from './view';

/** What Home needs. */
export interface HomeParts {
  readonly client: Pick<RequestClient, 'overview' | 'findings'>;
  readonly web: WebClient;
  readonly slack: Pick<Settings['slack'], 'team' | 'enterprise'>;
  readonly policy: Policy;
  readonly membership: Membership;
  readonly clock: Clock;
  readonly log: BotLog;
  readonly failure: (error: unknown) => string;
  readonly linkTo: (id: string) => Promise<string | null>;
  readonly pagesOf: (record: RequestRecord) => Promise<PagesKnown>;
}

/** Draws somebody's Home anew. Never throws. `notice` is what has come of a click, in mrkdwn. */
export interface Home {
  show(acted: Acted, shown?: { readonly notice?: string | null; readonly page?: number }): Promise<void>;
}

/** Findings take a look at the whole domain: so long, in milliseconds, they are good enough for Home. */
const FINDINGS_MS = 5 * 60_000;

/** So many cards' addresses are asked for at once. */
const MOST_LINKS = 30;

/** Makes Home; nothing is registered yet. */
export function createHome(parts: HomeParts): Home {
  const { web, slack, membership, log, failure } = parts;
  const links = new Map<string, string>();
  const findings = new FindingsShelf(parts);
  /** The newest drawing of each person's Home: an older one that comes late must not cover it. */
  const newest = new Map<string, object>();

  return {
    async show(acted, { notice = null, page = 0 } = {}) {
      const drawing = {};
      newest.set(acted.user, drawing);
      const publish = async (view: Parameters<typeof homeView>[0] | string): Promise<void> => {
        if (newest.get(acted.user) !== drawing) return;
        const drawn = typeof view === 'string' ? closedHome(view) : homeView(view);
        await web.views.publish({ user_id: acted.user, view: drawn });
      };
      try {
        const found = personOf(acted, slack);
        const stranger = 'problem' in found ? found.problem : await membership.refuse(acted.user);
        if ('problem' in found || stranger) {
          await publish(stranger ? refusalText(stranger) : '');
          return;
        }
        const by = found.person;
        const overview = await parts.client.overview(by);
        await addLinks(overview, links, parts);
        const pages = await pagesToDecide(overview, parts);
        const content = { overview, by, policy: parts.policy, links, pages, notice, page };
        const known = findings.of(by);
        await publish({ ...content, ...(known !== undefined && { findings: known }) });
        if (known === 'reading') await publish({ ...content, findings: await findings.read(by) });
      } catch (error) {
        log.warn({ ...describeError(error), user: acted.user }, 'Home was not drawn');
        await publish(failure(error)).catch(() => undefined);
      } finally {
        if (newest.get(acted.user) === drawing) newest.delete(acted.user);
      }
    },
  };
}

/** Registers what opens Home and what turns its pages. */
export function registerHome(app: App, home: Home): void {
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    await home.show({ enterprise: body.enterprise_id ?? null, team: body.team_id, user: event.user });
  });
  app.action<BlockAction>(new RegExp(`^${HOME_PAGE}\\.`), async ({ ack, body, action }) => {
    await ack();
    const page = 'value' in action ? Number(action.value) : 0;
    await home.show(actedIn(body), { page: Number.isInteger(page) ? page : 0 });
  });
}

/** What every interaction tells of who acts. */
interface Acting {
  readonly user: { readonly id: string; readonly team_id?: string | undefined };
  readonly team: { readonly id: string; readonly enterprise_id?: string | undefined } | null;
  readonly enterprise?: { readonly id: string } | null | undefined;
}

/** Who acted at Home. */
export function actedIn({ user, team, enterprise }: Acting): Acted {
  const ids = { enterprise: enterprise?.id ?? team?.enterprise_id, user: user.id };
  return { ...ids, team: user.team_id ?? team?.id };
}

/** Of the few plans that no card shows whole: whether all their pages stand may change with every drawing. */
async function pagesToDecide(
  { open }: HomeOverview,
  { pagesOf }: Pick<HomeParts, 'pagesOf'>,
): Promise<ReadonlyMap<string, PagesKnown>> {
  const large = open.filter(
    ({ state, plan }) => state === 'waiting' && plan && !isShownWhole(plan.directory),
  );
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

/** What was found lately, for each person who may see it. */
class FindingsShelf {
  readonly #parts: HomeParts;
  readonly #known = new Map<string, { readonly until: number; readonly found: ComparedFindings }>();

  constructor(parts: HomeParts) {
    this.#parts = parts;
  }

  /** Undefined: this person may not see them. */
  of(by: Person): ComparedFindings | 'reading' | undefined {
    const { policy, clock } = this.#parts;
    if (!mayRead(policy, by, { surface: 'findings' })) return undefined;
    const known = this.#known.get(by.user);
    return known && known.until > clock.now() ? known.found : 'reading';
  }

  async read(by: Person): Promise<ComparedFindings | 'unread'> {
    const { client, clock } = this.#parts;
    const listed = await client.findings(by).catch(() => null);
    if (listed?.kind !== 'listed') return 'unread';
    this.#known.set(by.user, { until: clock.now() + FINDINGS_MS, found: listed.answer });
    return listed.answer;
  }
}
