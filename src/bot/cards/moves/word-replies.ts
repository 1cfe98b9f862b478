import type { HeardWord } from '../../../core/request/heard-word';
import { MOST_WORDS, wordOf, wordsSaid } from '../../../core/request/move-word';
import type { RequestRecord } from '../../../core/request/record';
import type { Instruction } from '../../../core/request/statement';
import { words, type Message } from '../message';
import { namesSaid } from '../names';
import { clip, inert, mention, visible } from '../text';
import { WORD_LABELS } from './word-buttons';

/** What names take of a reply at most; the card has all of them. */
const MOST_NAMES = 1_000;

/** A reply for each word on moves under way that the worker has followed, or has not: what came of it. */
export function wordReplies(
  record: RequestRecord,
): readonly { readonly key: string; readonly message: Message }[] {
  return record.heard.flatMap((heard) => {
    const said = record.instructions.find((each) => wordOf(each) === heard.word)?.statement;
    if (!said || said.what === 'choice') return [];
    const text = textOf(record, heard, said);
    return [{ key: `word-${heard.word.slice(0, 16)}`, message: { text, blocks: [words(text)] } }];
  });
}

function textOf(record: RequestRecord, { problem, machines }: HeardWord, said: Instruction): string {
  const who = mention(said.by);
  const isRetry = said.what === 'retry-failed';
  if (problem) return notFollowed(isRetry ? WORD_LABELS['retry-failed'] : WORD_LABELS.replan, who, problem);
  const names = inert(clip(namesSaid(machines.map(visible)), MOST_NAMES));
  if (isRetry) {
    return `🔁 ${who} has these tried once more, in the same approval: ${names}. ${leftSaid(record, said)}`;
  }
  return machines.length === 0
    ? `🧭 ${who} had what is left planned anew: everything stays as it was planned.`
    : `🧭 ${who} had what is left planned anew, in the same approval: ${names}.`;
}

/** As it was when this was said, so that the reply never changes. */
function leftSaid(record: RequestRecord, { at }: Instruction): string {
  const until = wordsSaid(record, 'retry-failed').filter(({ statement }) => statement.at <= at);
  const left = MOST_WORDS - until.length;
  if (left <= 0) return 'That was the last time.';
  return left === 1 ? 'It can be pressed once more.' : `It can be pressed ${left} times more.`;
}

function notFollowed(
  label: string,
  who: string,
  { summary, remedy }: NonNullable<HeardWord['problem']>,
): string {
  const toDo = remedy === '' ? '' : `\nTo do: ${inert(remedy)}`;
  return `✖ “${label}” in the name of ${who} was not followed: ${inert(summary)}${toDo}`;
}
