import { grouped } from '../../../core/delegation/grouped';
import type { MoveStep } from '../../../core/moves/move-step';
import type { RequestRecord } from '../../../core/request/record';
import type { Wanted } from '../../reports/wanted';
import { folded, plain } from '../message';
import { clip, inert } from '../text';
import { checkLines } from './check-lines';
import { causeOf, namesOf } from './unmoved-lines';

/** Of more causes than this the card tells the first sentence of each. */
const MOST_REPLIES = 3;

/** All that was looked at because machines did not move, as `/hv why` shows it: a reply for each cause, once the request is over. */
export function diagnosisReplies({ moves, ending, label }: RequestRecord): readonly Wanted[] {
  if (!ending) return [];
  const failed = moves.filter(({ outcome }) => outcome && outcome.diagnosis.length > 0);
  return grouped(failed, causeOf)
    .slice(0, MOST_REPLIES)
    .map((steps, at) => ({ key: `diagnosis-${at + 1}`, message: diagnosis(steps, label) }));
}

function diagnosis(steps: readonly MoveStep[], label: string): Wanted['message'] {
  const [first] = steps;
  const { from = '', to = '', outcome } = first ?? {};
  const way = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const head = `🔎 ${label}: what was looked at because ${clip(namesOf(steps), 300)} did not move ${way}.`;
  const lines = checkLines(outcome?.diagnosis ?? []);
  return {
    text: inert(head),
    blocks: [plain(head), ...folded(lines.join('\n')).map((text) => plain(text))],
  };
}
