import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { ChangeAsk } from '../../../core/commands/ask';
import { isChange } from '../../../core/commands/ask';
import { parseCommand } from '../../../core/commands/parse';
import type { Clock, Random } from '../../../core/ports';
import type { Person } from '../../../core/request/statement';
import type { RequestClient } from '../../../jobs/client';
import type { WebClient } from '@slack/web-api';
import { refusalOf } from '../../slack-fault';
import type { Where } from '../where';
import { composeSaying, type Composed } from './compose';
import { DURATION, REASON, TICKET } from './fields';
import { updateView } from './open-view';
import { planFailed, planSkeleton, planView, type PlanAbout } from './plan-view';
import { readAsk } from './say-view';

/** What the third step needs. */
export interface PlanParts {
  readonly web: WebClient;
  readonly failure: (error: unknown) => string;
  readonly client: Pick<RequestClient, 'preview' | 'suggestNames'>;
  readonly clock: Clock;
  readonly random: Random;
}

/** A pushed view is not there before Slack has our answer: so often, and after so many milliseconds, it is looked for again. */
const LOOKS = 4;
const LOOK_MS = 400;

/** What the second step asks for, with where its person was; or what is wrong under an input. */
export function readSaying(view: ViewOutput): { readonly composed: Composed; readonly where: Where } {
  const { command, where } = readAsk(view.private_metadata);
  const text = (id: string): string => view.state.values[id]?.[id]?.value ?? '';
  const saying = { reason: text(REASON), ticket: text(TICKET), for: text(DURATION) };
  return { composed: composeSaying(command, saying), where };
}

/** The third step as it is pushed, and how it is found afterwards. */
export function beginPlan(
  random: Random,
  { ask, where }: { ask: ChangeAsk; where: Where },
): { readonly about: PlanAbout; readonly view: ModalView } {
  const about = { ask, where, externalId: `plan-${random.hex(8)}` };
  return { about, view: planSkeleton(about) };
}

/** What the third step is about, from its own view; null when that is none of ours. */
export function readPlan(view: ViewOutput): PlanAbout | null {
  const { command, where } = readAsk(view.private_metadata);
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok || !isChange(parsed.ask)) return null;
  return { ask: parsed.ask, where, externalId: view.external_id ?? '' };
}

/** Asks a worker for the plan and shows it in the pushed view, or that nobody has answered. */
export async function fillPlan(parts: PlanParts, about: PlanAbout, by: Person): Promise<void> {
  const view = await planned(parts, about, by);
  for (let look = 1; ; look += 1) {
    try {
      await parts.web.views.update({ external_id: about.externalId, view });
      return;
    } catch (error) {
      if (refusalOf(error) !== 'not_found') throw error;
      // Not pushed yet, or closed by its person.
      if (look >= LOOKS) return;
      await parts.clock.wait(LOOK_MS);
    }
  }
}

/** The same again, after a worker did not answer. */
export async function planAgain(
  parts: PlanParts,
  view: ViewOutput,
  { about, by }: { about: PlanAbout; by: Person },
): Promise<void> {
  const reading = await updateView(parts.web, view, planSkeleton(about));
  // Closed, or changed by a click that asked the same.
  if (typeof reading === 'string') return;
  await updateView(parts.web, reading, await planned(parts, about, by));
}

async function planned({ client, failure }: PlanParts, about: PlanAbout, by: Person): Promise<ModalView> {
  try {
    return planView(about, await client.preview(about.ask, by));
  } catch (error) {
    return planFailed(about, failure(error));
  }
}
