import type { App, BlockAction } from '@slack/bolt';
import { describeError } from '../log';
import type { Acted } from '../person';
import { createDesk, type HomeParts } from './desk';
import { followHomes } from './follow';
import { redrawAll } from './redraw';
import { HOME_PAGE, shownIn, type HomeContent } from './view';

/** Draws Homes. Never throws. */
export interface Home {
  /** Draws somebody's Home anew. `notice` is what has come of a click, in mrkdwn. */
  show(acted: Acted, shown?: { readonly notice?: string | null; readonly page?: number }): Promise<void>;
  /** Keeps what stands there true for those who were there lately, until the signal. */
  follow(signal: AbortSignal): Promise<void>;
}

/** Makes Home; nothing is registered yet. */
export function createHome(parts: HomeParts): Home {
  const { log, failure } = parts;
  const desk = createDesk(parts);
  const { onlookers, newest, findings } = desk;
  return {
    async show(acted, { notice = null, page = 0 } = {}) {
      const drawing = {};
      newest.set(acted.user, drawing);
      const publish = async (content: HomeContent | string): Promise<void> => {
        if (newest.get(acted.user) !== drawing) return;
        await desk.publish(acted.user, content);
        if (typeof content === 'string') onlookers.left(acted.user);
        else onlookers.came({ acted, page, notice, shown: shownIn(content) });
      };
      try {
        const seen = await desk.look(acted);
        if (typeof seen === 'string') {
          await publish(seen);
          return;
        }
        const content = { ...seen, notice, page };
        const known = findings.of(seen.by);
        await publish({ ...content, ...(known !== undefined && { findings: known }) });
        if (known === 'reading') await publish({ ...content, findings: await findings.read(seen.by) });
      } catch (error) {
        log.warn({ ...describeError(error), user: acted.user }, 'Home was not drawn');
        await publish(failure(error)).catch(() => undefined);
      } finally {
        if (newest.get(acted.user) === drawing) newest.delete(acted.user);
      }
    },
    follow: (signal) =>
      followHomes(signal, {
        ...parts,
        isWatched: () => onlookers.present().length > 0,
        redraw: () => redrawAll(signal, parts, desk),
      }),
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
