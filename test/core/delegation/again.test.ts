import fc from 'fast-check';

import { isDeepStrictEqual } from 'node:util';

import { canonicalText } from '../../../src/core/canonical';
import { deriveAgain } from '../../../src/core/delegation/look';
import type { DirectoryChange, DirectoryPart } from '../../../src/core/delegation/plan';
import { decidedIn, readAgain, scenarios } from './again-scenarios';
import { carriedOut } from './many-hosts';
import { oneEditEach } from './mutations';

/** Whether an edited part is the decided one but for changes that it lacks: what is carried out needs no change. */
function isLess(other: unknown, decided: DirectoryPart): boolean {
  const { changes, ...rest } = other as DirectoryPart;
  const { changes: all, ...decidedRest } = decided;
  if (!isDeepStrictEqual(rest, decidedRest) || !Array.isArray(changes)) return false;
  const isAmongAll = (each: DirectoryChange) => all.some((change) => isDeepStrictEqual(change, each));
  return changes.length < all.length && changes.every(isAmongAll);
}

const cases = scenarios.map((each) => [each.title, each, decidedIn(each)] as const);

describe.each(cases)('deriving again %s', (_title, scenario, decided) => {
  const after = (changes: readonly DirectoryChange[]) =>
    readAgain(scenario, decided, { domain: carriedOut(scenario.domain, changes) });

  it('is the same while nothing has changed', () => {
    expect(decided.changes.length).toBeGreaterThan(0);
    expect(deriveAgain(readAgain(scenario, decided), decided)).toEqual({ kind: 'same', part: decided });
  });

  it('is the same after any of its own writes', () => {
    fc.assert(
      fc.property(fc.subarray([...decided.changes]), (written) => {
        expect(deriveAgain(after(written), decided)).toEqual({ kind: 'same', part: decided });
      }),
      { numRuns: 40 },
    );
  });

  it('is the same in whatever order the directory was read', () => {
    const input = after(decided.changes.slice(0, 1));
    const { observation } = input;
    const turned = {
      ...observation,
      hosts: observation.hosts.toReversed(),
      delegating: observation.delegating.toReversed(),
      holders: observation.holders.toReversed(),
    };
    expect(deriveAgain({ ...input, observation: turned }, decided).kind).toBe('same');
  });

  const text = canonicalText(decided);
  const edits = oneEditEach(decided).filter((other) => canonicalText(other) !== text);

  it('is never the same when one place of it was edited', () => {
    expect(edits.length).toBeGreaterThan(20);
    const input = readAgain(scenario, decided);
    expect(edits.filter((other) => deriveAgain(input, other).kind === 'same')).toEqual([]);
  });

  it('is never the same after its writes either, unless a change was left out that is there already', () => {
    const input = after(decided.changes);
    const others = edits.filter((other) => !isLess(other, decided));
    expect(edits.length - others.length).toBeLessThanOrEqual(2);
    expect(others.filter((other) => deriveAgain(input, other).kind === 'same')).toEqual([]);
  });

  it('says in a whole sentence what is wrong with an edited part', () => {
    const input = readAgain(scenario, decided);
    for (const other of oneEditEach(decided)) {
      const again = deriveAgain(input, other);
      expect(again.kind === 'same' ? '.' : again.sentence).toMatch(/[.…]$/);
    }
  });
});
