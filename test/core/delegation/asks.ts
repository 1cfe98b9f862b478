import type { OnboardAsk, RetireAsk, UndoAsk } from '../../../src/core/commands/ask';
import { NO_HISTORY, type EarlierStep, type History } from '../../../src/core/delegation/history';
import type { DirectoryChange } from '../../../src/core/delegation/plan';
import type { Claim } from '../../../src/core/ports';
import { originKey } from '../../../src/core/survey/landscape';
import { hostName } from './practice-domain';

const saying = { reason: null, ticket: null, planOnly: false };

export function onboardAsk(host: string, like: string | null = null): OnboardAsk {
  return { verb: 'onboard', host: hostName(host), like: like === null ? null : hostName(like), ...saying };
}

export function retireAsk(host: string): RetireAsk {
  return { verb: 'retire', host: hostName(host), ...saying };
}

export function undoAsk(request = 'R-1001'): UndoAsk {
  return { verb: 'undo', request, ...saying };
}

/** Who claims what: object, value, and until when; null: for good. */
export type Claimed = readonly [guid: string, value: string, ...until: Claim['until'][]];

/** What the ledger knows: claims of others, R-2001 first, and the journal of R-1001. */
export function historyOf(claimed: readonly Claimed[], steps: readonly EarlierStep[] | null = null): History {
  return {
    ...NO_HISTORY,
    claims: new Map(
      claimed.map(([guid, value, ...until]) => [
        originKey(guid, value),
        until.map((each, at): Claim => ({ request: `R-${2001 + at}`, until: each })),
      ]),
    ),
    undone: steps && { label: 'R-1001', steps },
  };
}

/** The journal of a request that has carried all of these changes out. */
export function journalOf(changes: readonly DirectoryChange[]): readonly EarlierStep[] {
  return changes.map((change) => {
    const { guid, attribute } = change;
    const none = { guid, attribute, added: [], kept: [], removed: [], trusted: false };
    return change.attribute === 'userAccountControl'
      ? { ...none, trusted: true }
      : { ...none, added: change.add, kept: change.keep, removed: change.remove };
  });
}
