import type { Button } from '@slack/types';
import { isDrain } from '../../../core/request/advance-moves';
import { isStopped } from '../../../core/request/closing';
import {
  hasFailed,
  isLeft,
  MOST_WORDS,
  unheardWord,
  wordsSaid,
  type MoveWord,
} from '../../../core/request/move-word';
import type { RequestRecord } from '../../../core/request/record';
import { plainText } from '../message';

/** What each button is called. */
export const WORD_LABELS: Readonly<Record<MoveWord, string>> = {
  'retry-failed': 'Retry failed',
  replan: 'Re-plan',
};

/** What can be had of moves under way within their approval, as long as it may be said and is of use; none while the worker has one to follow. */
export function moveWordButtons(record: RequestRecord): readonly Omit<Button, 'type'>[] {
  if (isStopped(record) || unheardWord(record)) return [];
  const { moves } = record;
  const useful: readonly MoveWord[] = [
    ...(moves.some(hasFailed) ? ['retry-failed' as const] : []),
    ...(isDrain(record) && moves.some(isLeft) ? ['replan' as const] : []),
  ];
  return useful
    .filter((what) => wordsSaid(record, what).length < MOST_WORDS)
    .map((what) => ({ action_id: `request.${what}`, text: plainText(WORD_LABELS[what]) }));
}
