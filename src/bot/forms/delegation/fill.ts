import type { WebClient } from '@slack/web-api';
import type { ModalView } from '@slack/types';
import type { Person } from '../../../core/request/statement';
import type { RequestClient } from '../../../jobs/client';
import { plainly } from '../../actions/register';
import { refusalOf } from '../../slack-fault';
import { fillView } from './fill-view';
import { NO_HOLDS, type FillState, type Holds } from './form-state';
import { holdsBlocks, holdsNote } from './holds';
import { namesToCheck, readTyped } from './typed-names';

/** What filling needs. */
export interface FillParts {
  readonly web: WebClient;
  readonly client: Pick<RequestClient, 'delegations' | 'suggestNames' | 'checkNames'>;
  readonly failure: (error: unknown) => string;
}

/** A view that is open, as Slack last told of it. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
}

/** The first step while it is being read what the computer holds. */
export function readingView(state: FillState): ModalView {
  const { computer } = state;
  const blocks = computer === null ? [] : holdsNote(`🔎 Reading what ${computer} may delegate to now …`);
  const content = { ...state, holdsOf: null, holds: { ...NO_HOLDS, blocks } };
  return fillView({ ...content, notice: null, checked: [] });
}

/** How what a computer holds is read and shown. `checked`: what Check Names has said, which stays. */
interface Filling {
  readonly state: FillState;
  readonly by: Person;
  readonly unticked: (tick: string) => boolean;
  readonly checked?: readonly string[];
}

/** Reads what the computer holds (without one: whether anybody is there to read) and shows it. Throws what Slack fails with. */
export async function fillHolds(parts: FillParts, view: OpenView, filling: Filling): Promise<void> {
  const { state, checked = [] } = filling;
  const { notice, holds } = await readHolds(parts, filling);
  if (state.computer === null && notice === null) return;
  // What was not read is asked for again at the next occasion.
  const holdsOf = notice === null ? state.computer : null;
  await show(parts, view, fillView({ ...state, holds, holdsOf, notice, checked }));
}

async function readHolds(
  { client, failure }: FillParts,
  { state, by, unticked }: Filling,
): Promise<{ notice: string | null; holds: Holds }> {
  const { computer } = state;
  const [host] = computer === null ? [] : namesToCheck(readTyped(computer));
  try {
    if (!host) {
      await client.suggestNames('', by);
      return { notice: null, holds: NO_HOLDS };
    }
    const listed = await client.delegations({ host, verify: false, raw: false }, by);
    if (listed.kind === 'refused') return noted(`What it holds now is not shown: ${listed.problem.summary}`);
    const { answer } = listed;
    if (answer.kind === 'host') return withBlocks(holdsBlocks(answer.view, unticked));
    if (answer.kind === 'overview') return withBlocks([]);
    const near = answer.nearest === null ? '' : ` Did you mean ${answer.nearest}?`;
    return noted(`${host.text} may delegate to nothing now.${near}`);
  } catch (error) {
    return { notice: plainly(failure(error)), holds: NO_HOLDS };
  }
}

function noted(text: string): { notice: null; holds: Holds } {
  return withBlocks(holdsNote(text));
}

function withBlocks(blocks: Holds['blocks']): { notice: null; holds: Holds } {
  return { notice: null, holds: { ...NO_HOLDS, blocks } };
}

/**
 * Updates a view that somebody may have closed or changed meanwhile: then there is nothing to show, and the next click in it
 * brings the view as it is by then. Gives what Slack tells of the view after it, null when nothing was shown.
 */
export async function show(
  { web }: Pick<FillParts, 'web'>,
  { id, hash }: OpenView,
  view: ModalView,
): Promise<OpenView | null> {
  try {
    const updated = await web.views.update({ view_id: id, hash, view });
    return { id, hash: updated.view?.hash ?? '' };
  } catch (error) {
    const word = refusalOf(error);
    if (word !== null && ['not_found', 'hash_conflict'].includes(word)) return null;
    throw error;
  }
}
