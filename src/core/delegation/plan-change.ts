import type { DirectoryAsk } from '../commands/ask';
import type { DirectoryQuestion } from '../ports';
import { planDelegation } from './derive';
import { planOnboarding } from './onboard';
import { namesToRead, type PlanInput } from './pairs';
import type { ChangeKind, DirectoryPart, Planned } from './plan';
import { planRemoval } from './removal';
import { planRetirement } from './retire';
import type { History } from './history';
import { namesToUndo, planUndo } from './undo';
import { foldCase } from './values';

/** The plan of any ask that changes something. */
export function planChange(input: PlanInput<DirectoryAsk>): Planned {
  const { ask } = input;
  switch (ask.verb) {
    case 'delegate':
      return planDelegation({ ...input, ask });
    case 'undelegate':
      return planRemoval({ ...input, ask });
    case 'onboard':
      return planOnboarding({ ...input, ask });
    case 'retire':
      return planRetirement({ ...input, ask });
    case 'undo':
      return planUndo({ ...input, ask });
  }
}

/**
 * What has to be read for an ask. Whose SPNs they are is nothing to a removal. `decided`: the part that is to be derived again;
 * an object whose list it has emptied is not found among those that have one.
 */
export function questionOf(
  ask: DirectoryAsk,
  history: Pick<History, 'undone'>,
  decided: Pick<DirectoryPart, 'changes'> = { changes: [] },
): DirectoryQuestion {
  const nothing = { sources: [], destinations: [], all: false, delegating: false, services: [] };
  switch (ask.verb) {
    case 'delegate':
      return { ...nothing, ...namesToRead(ask), services: ask.services };
    case 'undelegate':
      return { ...nothing, ...namesToRead(ask) };
    case 'onboard': {
      const named = ask.like ? [ask.host, ask.like] : [ask.host];
      return { ...nothing, sources: named, destinations: named, all: true, services: ['cifs', 'migration'] };
    }
    case 'retire': {
      const changed = decided.changes.map(({ guid }) => ({ kind: 'guid' as const, text: foldCase(guid) }));
      return { ...nothing, sources: [ask.host, ...changed], delegating: true };
    }
    case 'undo':
      return { ...nothing, ...namesToUndo(history), services: ['cifs', 'migration'] };
  }
}

/** The kinds of change that a part consists of, each once, sorted. */
export function planKinds(part: Pick<DirectoryPart, 'changes'>): readonly ChangeKind[] {
  return [...new Set(part.changes.map(({ kind }) => kind))].toSorted();
}
