import type { OnboardAsk, RetireAsk, UndoAsk } from '../../core/commands/ask';
import type { State } from '../../core/request/states';
import { clip } from './text';

/** The asks that name no sides: until there is a plan, nobody can say whom they give power over whom. */
export type WholeAsk = OnboardAsk | RetireAsk | UndoAsk;

/** What such an ask comes to. */
interface Meaning {
  readonly meant: string;
  readonly already: string;
  readonly unchanged: string;
  readonly uncertain: string;
}

/** What an ask without sides means as long as there is no plan, or none any more; plain text without a full stop. */
export function meantSentence(ask: WholeAsk, state: State): string {
  return meaningOf(ask)[KINDS[state]];
}

const KINDS: Readonly<Record<State, keyof Meaning>> = {
  planning: 'meant',
  waiting: 'meant',
  approved: 'meant',
  running: 'meant',
  'awaiting-hand': 'meant',
  stale: 'meant',
  done: 'already',
  'already-so': 'already',
  partial: 'uncertain',
  stuck: 'uncertain',
  stopped: 'uncertain',
  failed: 'unchanged',
  denied: 'unchanged',
  expired: 'unchanged',
  withdrawn: 'unchanged',
  refused: 'unchanged',
};

function meaningOf(ask: WholeAsk): Meaning {
  switch (ask.verb) {
    case 'onboard': {
      const host = clip(ask.host.text, 45);
      const mesh = `the mesh of ${ask.like === null ? 'all Hyper-V hosts' : clip(ask.like.text, 45)}`;
      return {
        meant: `${host} is meant to join ${mesh}`,
        already: `${host} is in ${mesh} already`,
        unchanged: `${host} did not join ${mesh}`,
        uncertain: `${host} may have joined ${mesh} in part: not all is certain`,
      };
    }
    case 'retire': {
      const host = clip(ask.host.text, 45);
      return {
        meant: `${host} is meant to lose all delegations from and to it`,
        already: `${host} has no delegations, neither from nor to it`,
        unchanged: `${host} keeps the delegations from and to it`,
        uncertain: `${host} may keep delegations from or to it: not all is certain`,
      };
    }
    case 'undo':
      return {
        meant: `${ask.request} is meant to be undone`,
        already: `Nothing is left to undo of ${ask.request}`,
        unchanged: `${ask.request} was not undone`,
        uncertain: `${ask.request} may be undone in part: not all is certain`,
      };
  }
}
