import type { WebClient } from '@slack/web-api';
import type { ModalView } from '@slack/types';
import type { Person } from '../../../core/request/statement';
import type { RequestClient } from '../../../jobs/client';
import { plainly } from '../../actions/register';
import { refusalOf } from '../../slack-fault';
import { fillView } from './fill-view';
import { NO_HOLDS, type FillState, type Holds } from './form-state';
import { holdsBlocks, holdsNote } from './holds';
import { checkedLines, namesToCheck, readTyped } from './typed-names';

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

/** Reads what the computer holds (without one: whether anybody is there to read) and shows it. Never throws. */
export async function fillHolds(
  parts: FillParts,
  view: OpenView,
  { state, by, unticked }: { state: FillState; by: Person; unticked: (tick: string) => boolean },
): Promise<void> {
  const { notice, holds } = await readHolds(parts, { state, by, unticked });
  if (state.computer === null && notice === null) return;
  await show(parts, view, fillView({ ...state, holds, holdsOf: state.computer, notice, checked: [] }));
}

async function readHolds(
  { client, failure }: FillParts,
  { state, by, unticked }: { state: FillState; by: Person; unticked: (tick: string) => boolean },
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
    if (answer.kind === 'host')
      return { notice: null, holds: { ...NO_HOLDS, blocks: holdsBlocks(answer.view, unticked) } };
    if (answer.kind === 'overview') return { notice: null, holds: NO_HOLDS };
    const near = answer.nearest === null ? '' : ` Did you mean ${answer.nearest}?`;
    return noted(`${host.text} may delegate to nothing now.${near}`);
  } catch (error) {
    return { notice: plainly(failure(error)), holds: NO_HOLDS };
  }
}

function noted(text: string): { notice: null; holds: Holds } {
  return { notice: null, holds: { ...NO_HOLDS, blocks: holdsNote(text) } };
}

/** Check Names: what is found moves to the chosen ones, the rest stays as typed, and each is told. Never throws. */
export async function checkTyped(
  parts: FillParts,
  view: OpenView,
  { state, by }: { state: FillState; by: Person },
): Promise<void> {
  const typed = readTyped(state.typed);
  const names = namesToCheck(typed);
  let next: FillState = state;
  let checked: readonly string[];
  let notice: string | null = null;
  try {
    const answer = names.length === 0 ? [] : await parts.client.checkNames(names, by);
    if ('code' in answer) checked = [`✖ ${answer.summary} ${answer.remedy}`];
    else {
      const found = new Map(
        answer.flatMap((each) => (each.kind === 'found' ? [[each.typed, each.name]] : [])),
      );
      const isFound = ({ term }: (typeof typed)[number]): boolean => {
        const own = namesToCheck([{ text: '', ...(term ? { term } : { term, why: '' }) }]);
        return own.length > 0 && own.every(({ text }) => found.has(text));
      };
      const left = typed.filter((each) => !isFound(each)).map(({ text }) => text);
      const added = [...new Set([...state.added, ...found.values()])];
      next = { ...state, round: state.round + 1, added, typed: left.join('; ') };
      checked = checkedLines(answer, typed);
      if (checked.length === 0) checked = ['Type names first, then Check Names.'];
    }
  } catch (error) {
    checked = [];
    notice = plainly(parts.failure(error));
  }
  await show(parts, view, fillView({ ...next, notice, checked }));
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
