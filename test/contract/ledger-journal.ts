import type { DirectoryPart, ListChange } from '../../src/core/delegation/plan';
import type { Step, StepOutcome } from '../../src/core/request/record';
import { NOW } from '../support/request-record';

/** The object that plans and journals of these tests are about. */
export const guid = '1111111a-2222-3333-4444-555555555555';

/** The journal of a list; what is not said is as after our own write. */
export function listStep(outcome: Partial<StepOutcome>, of: Partial<Step> = {}): Step {
  return {
    guid,
    attribute: 'msDS-AllowedToDelegateTo',
    intent: null,
    outcome: {
      kind: 'changed',
      inferred: false,
      added: [],
      kept: [],
      removed: [],
      trusted: false,
      at: NOW,
      server: 'dc1',
      problem: null,
      ...outcome,
    },
    ...of,
  };
}

/** The journal of a trust mode. */
export function trustStep(outcome: Partial<StepOutcome> = {}): Step {
  return listStep({ trusted: true, ...outcome }, { attribute: 'userAccountControl' });
}

/** A part that changes these lists, each object named by its GUID. */
export function partOf(
  ...changes: readonly (Pick<ListChange, 'guid'> & Partial<ListChange>)[]
): DirectoryPart {
  const rest = {
    kind: 'delegation-add',
    dn: 'CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com',
    name: 'hyper-v01',
    by: 'worker',
    attribute: 'msDS-AllowedToDelegateTo',
    before: [],
    add: [],
    keep: [],
    remove: [],
    trust: 'any-protocol',
  } as const;
  return { changes: changes.map((change) => ({ ...rest, ...change })), destinations: [], forMs: null };
}
