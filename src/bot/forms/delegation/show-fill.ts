import { putNewest } from '../../../core/newest';
import type { Clock } from '../../../core/ports';
import type { WebClient } from '@slack/web-api';
import { fillView, type FillContent } from './fill-view';
import { updateView, type OpenView } from './open-view';

/** So many forms are remembered, those that were shown last; an older one only loses what came at the same moment. */
const MOST = 200;

/** How often somebody else's update may come first, and how long its answer may take to tell the new hash, in milliseconds. */
const TRIES = 4;
const ANSWER_MS = 150;

/** What this bot has shown last in each form. */
export class ShownForms {
  readonly #shown = new Map<string, { readonly hash: string; readonly content: FillContent }>();

  keep(id: string, hash: string, content: FillContent): void {
    putNewest(this.#shown, [id, { hash, content }], MOST);
  }

  of(id: string): { readonly hash: string; readonly content: FillContent } | undefined {
    return this.#shown.get(id);
  }
}

/** What showing needs. */
export interface ShowParts {
  readonly web: WebClient;
  readonly clock: Clock;
  readonly shown: ShownForms;
}

/**
 * Shows the first step with what is new in it. Where another update came first (what a computer holds, while names were checked),
 * what is new here goes into what that one has shown. Null: the form is closed, is about another computer by now, or another bot
 * has changed it; the next click in it brings it as it is by then. Throws what else Slack fails with.
 */
export async function showFill(
  { web, clock, shown }: ShowParts,
  view: OpenView,
  { seen, news }: { seen: FillContent; news: Partial<FillContent> },
): Promise<OpenView | null> {
  let open = view;
  let content = { ...seen, ...news };
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const updated = await updateView(web, open, fillView(content));
    if (updated === 'closed') return null;
    if (updated !== 'conflict') {
      shown.keep(open.id, updated.hash, content);
      return updated;
    }
    const last = shown.of(open.id);
    if (last && last.hash !== open.hash) {
      if (last.content.computer !== seen.computer) return null;
      open = { id: open.id, hash: last.hash };
      content = { ...last.content, ...news };
    } else await clock.wait(ANSWER_MS);
  }
  return null;
}
