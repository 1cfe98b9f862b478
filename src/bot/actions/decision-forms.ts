import { refuseWhy } from '../../core/request/break-glass';
import type { Person } from '../../core/request/statement';
import type { ButtonAbout } from '../cards/button-value';
import { APPROVE_FORM, APPROVE_HOST } from './approve-form';
import { approveTyped, decide, review, type ClickParts } from './clicks';
import { DENY_FORM, DENY_REASON } from './deny-form';
import { GLASS_FORM, GLASS_HOST, GLASS_WHY } from './glass-form';
import { REVIEW_FORM, REVIEW_NOTE, REVIEW_RESULT } from './review-form';

/** A form in which a decision is completed. */
export interface DecisionForm {
  readonly callback: string;
  /** Its inputs, by block id; the first is where it is said why not. */
  readonly inputs: readonly string[];
  /** What stands at Home when it is decided. */
  readonly done: string;
  /** Decides; gives what is said under an input if not: under the first, or under the one that it names. */
  readonly act: (
    parts: ClickParts,
    said: { by: Person; about: ButtonAbout; typed: (input: string) => string },
  ) => Promise<string | { readonly input: string; readonly text: string } | null>;
}

/** What stands at Home after an approval. */
export const APPROVED = '👍 Your approval is recorded. What comes of it is told in the request’s thread.';

/** Every form in which a decision is completed. */
export const DECISION_FORMS: readonly DecisionForm[] = [
  {
    callback: DENY_FORM,
    inputs: [DENY_REASON],
    done: '🚫 Denied. Nothing is changed, and who asked is told why.',
    act: (parts, { by, about, typed }) =>
      typed(DENY_REASON) === ''
        ? Promise.resolve('Say why: the requester has to know what to do.')
        : decide(parts, { ...about, by, verdict: 'deny', reason: typed(DENY_REASON) }),
  },
  {
    callback: APPROVE_FORM,
    inputs: [APPROVE_HOST],
    done: APPROVED,
    act: (parts, { by, about, typed }) => approveTyped(parts, { about, by, typed: typed(APPROVE_HOST) }),
  },
  {
    callback: GLASS_FORM,
    inputs: [GLASS_HOST, GLASS_WHY],
    done: '🧨 Recorded: you have approved it alone. Others are told now, and one of them has to review it.',
    act: async (parts, { by, about, typed }) => {
      const why = refuseWhy(typed(GLASS_WHY));
      if (why) return { input: GLASS_WHY, text: `${why.summary} ${why.remedy}` };
      return approveTyped(parts, { about, by, typed: typed(GLASS_HOST), glass: typed(GLASS_WHY) });
    },
  },
  {
    callback: REVIEW_FORM,
    inputs: [REVIEW_NOTE, REVIEW_RESULT],
    done: '🔎 Your review is recorded.',
    act: async (parts, { by, about, typed }) => {
      const result = typed(REVIEW_RESULT);
      if (result !== 'right' && result !== 'wrong')
        return { input: REVIEW_RESULT, text: 'Choose one of the two.' };
      return review(parts, { id: about.id, by, wasRight: result === 'right', note: typed(REVIEW_NOTE) });
    },
  },
];
