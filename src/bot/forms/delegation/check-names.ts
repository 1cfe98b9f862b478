import type { Person } from '../../../core/request/statement';
import { plainly } from '../../actions/register';
import { fillHolds, plainContent, type FillParts } from './fill';
import type { FillState } from './form-state';
import type { OpenView } from './open-view';
import { showFill } from './show-fill';
import { checkedLines, leftOver, namesToCheck, readTyped } from './typed-names';

/** What came of checking: the form as it is to be, a line for each name, and why nobody answered. */
interface Checking {
  readonly next: FillState;
  readonly checked: readonly string[];
  readonly notice: string | null;
}

/**
 * Check Names: what is found moves to the chosen ones, the rest stays as typed, and each is told. What the computer holds is
 * read as well if it was not yet, as when nobody answered before. Throws what Slack fails with.
 */
export async function checkTyped(
  parts: FillParts,
  view: OpenView,
  { state, by }: { state: FillState; by: Person },
): Promise<void> {
  const { next, checked, notice } = await check(parts, state, by);
  const { round, added, typed } = next;
  const news = { round, added, typed, notice, checked };
  const shown = await showFill(parts, view, { seen: plainContent(state), news });
  const isRead = next.computer === null || next.computer === next.holdsOf;
  if (!shown || isRead || notice !== null) return;
  await fillHolds(parts, shown, { state: next, by, unticked: () => false, checked });
}

async function check({ client, failure }: FillParts, state: FillState, by: Person): Promise<Checking> {
  const typed = readTyped(state.typed);
  const names = namesToCheck(typed);
  if (typed.length === 0)
    return { next: state, checked: ['Type names first, then Check Names.'], notice: null };
  try {
    const answer = names.length === 0 ? [] : await client.checkNames(names, by);
    if ('code' in answer)
      return { next: state, checked: [`✖ ${answer.summary} ${answer.remedy}`], notice: null };
    const found = answer.flatMap((each) => (each.kind === 'found' ? [each] : []));
    const added = [...new Set([...state.added, ...found.map(({ name }) => name)])];
    const left = leftOver(typed, new Set(found.map((each) => each.typed)));
    const next = { ...state, round: state.round + 1, added, typed: left.join('; ') };
    return { next, checked: checkedLines(answer, typed), notice: null };
  } catch (error) {
    return { next: state, checked: [], notice: plainly(failure(error)) };
  }
}
