import type { KnownBlock } from '@slack/types';
import type { RequestRecord } from '../../core/request/record';
import { headlineOf } from './headline';
import { plain, words } from './message';
import { wantedByOthers } from './reversal';
import { clip, inert, labelText, lasting, moment } from './text';

/**
 * How long what a request adds stays, and what has become of taking it away again: `reversal` is the record of that, if there
 * is one. Nothing for a request that adds for good.
 */
export function termBlocks(record: RequestRecord, reversal: RequestRecord | null): readonly KnownBlock[] {
  if (reversal?.reverses) return [words(reversalText(reversal, reversal.reverses.due))];
  if (record.until !== null) return [words(`⏱ Until ${moment(record.until)}; then it is taken away again.`)];
  const forMs = record.plan?.directory.forMs ?? null;
  return forMs === null || record.ending
    ? []
    : [plain(`⏱ For ${lasting(forMs)}, counted from when it is written; then Handover takes it away again.`)];
}

function reversalText(reversal: RequestRecord, due: number): string {
  const { state, ending, trouble } = reversal;
  if (ending) return endedText(reversal, ending.at);
  const held = trouble ? ` Held up: ${inert(clip(trouble.summary, 500))}` : '';
  switch (state) {
    case 'awaiting-hand':
      return `✋ Was due to be taken away again ${moment(due)}: a person’s step is waited for, as this thread says.${held}`;
    case 'running':
      return `⏱ Is being taken away again, as was due ${moment(due)}.${held}`;
    default:
      return held === ''
        ? `⏱ Is taken away again ${moment(due)}.`
        : `⚠ Was due to be taken away again ${moment(due)}, and is not yet.${held}`;
  }
}

function endedText(reversal: RequestRecord, at: number): string {
  switch (reversal.state) {
    case 'done':
      return `↩ Was taken away again ${moment(at)}.`;
    case 'already-so':
      return wantedByOthers(reversal) === null
        ? `↩ Nothing was left to take away ${moment(at)}.`
        : `☑ Stays after ${moment(at)}: others want it by now.`;
    default: {
      const { phrase } = headlineOf(reversal);
      return `🛑 *Not taken away again:* ${labelText(reversal.label)} ${phrase}. See this thread; what was added may still be there.`;
    }
  }
}
