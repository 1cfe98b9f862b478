import { printDuration } from '../../core/commands/duration';
import { UNNEEDED } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import { accountOf } from './account';
import { headlineOf } from './headline';
import { folded, plain, words, type Message } from './message';
import { warningBlocks } from './plan-blocks';
import { askOf, powerSentence } from './power';
import { clip, labelText, mention, moment } from './text';

/** What the account of a reversal may take of its one message. */
const ACCOUNT_LENGTH = 7_000;

/** That it is nearly time, and what to do about it; `due` in milliseconds since 1970. */
export function reversalWarning(record: RequestRecord, due: number): Message {
  const parent = labelText(record.parent?.label ?? '');
  const text =
    `⏱ ${mention(record.intake.statement.by)} What ${parent} added goes again: ${moment(due)}. ` +
    `To keep it longer: \`/hv extend ${parent} ${timeOf(record)}\`; somebody has to approve that.`;
  return { text, blocks: [words(text)] };
}

/** How it ended: what is gone and how far that is proved, or loudly that it is not. */
export function reversalOutcome(record: RequestRecord): Message {
  const requester = mention(record.intake.statement.by);
  const parent = labelText(record.parent?.label ?? '');
  const said = endOf(record, parent);
  // Without a plan the sentence would be the one of the ask, which was to give.
  const power = record.plan ? [`${powerSentence(record)}.`] : [];
  const lines =
    record.state === 'already-so' ? [wantedByOthers(record) ?? ''] : [...power, ...accountOf(record).lines];
  const account = clip(lines.join('\n'), ACCOUNT_LENGTH);
  return {
    text: `${requester} ${said.replaceAll('*', '')}`,
    blocks: [
      words(`${requester} ${said}`),
      ...(account === '' ? [] : folded(account).map((each) => plain(each))),
      ...warningBlocks(record.plan?.verdicts ?? [], 400),
    ],
  };
}

function endOf(record: RequestRecord, parent: string): string {
  switch (record.state) {
    case 'done':
      return `↩ *Taken away again*: what ${parent} had added for a time.`;
    case 'already-so':
      return wantedByOthers(record) === null
        ? `↩ *Nothing was left to take away*: what ${parent} had added is gone already.`
        : `☑ *Not taken away*: others want what ${parent} had added.`;
    default:
      return (
        `🛑 *Not taken away again*: ${labelText(record.label)} ${headlineOf(record).phrase}. ` +
        `What ${parent} added may still be there. A person has to look at it; \`/hv undo ${parent}\` asks for it to be taken away.`
      );
  }
}

/** What stays at the end of a reversal that took nothing away, because another request claims it; null when nothing was there. */
export function wantedByOthers({ state, ending }: RequestRecord): string | null {
  const problem = ending?.problem;
  return state === 'already-so' && problem && problem.code !== UNNEEDED.code ? problem.summary : null;
}

/** The time that was asked for, as a command has it. */
function timeOf(record: RequestRecord): string {
  const ask = askOf(record);
  return ask?.verb === 'delegate' && ask.forMs !== null ? printDuration(ask.forMs) : '8h';
}
