import fc from 'fast-check';

import { claimsOn, goesEarlier, NO_HISTORY } from '../../../src/core/delegation/history';
import type { Planned } from '../../../src/core/delegation/plan';
import { planChange } from '../../../src/core/delegation/plan-change';
import { afterOf, listChanges, powersOf } from '../../../src/core/delegation/powers';
import type { Claim } from '../../../src/core/ports';
import { originKey } from '../../../src/core/survey/landscape';
import { historyOf, type Claimed } from './asks';
import { asked, inputOf } from './many-hosts';
import { guidOf, practiceDomain, withHost } from './practice-domain';

const NOW = 1_000_000;
const hour = 3_600_000;
const one = guidOf(1);
const [short, full] = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'] as const;
const domain = withHost(practiceDomain(), 'hyper-v01', {
  allowedToDelegateTo: ['cifs/ghost99', 'CIFS/Hyper-V02'],
});

/** A plan for the short and the full name; the short one is there already. */
function plan(forMs: number | null, ...claimed: readonly Claimed[]): Planned {
  const history = { ...historyOf(claimed), now: NOW };
  return planChange(inputOf(domain, asked('delegate hyper-v01 -> hyper-v02 cifs', { forMs }), { history }));
}

function changeOf(planned: Planned) {
  const [change] = planned.kind === 'refused' ? [] : listChanges(planned.part);
  return change && { add: change.add, keep: change.keep };
}

describe('a value that is there for a time', () => {
  it.each<[title: string, forMs: number | null, until: readonly (number | null)[], keep: readonly string[]]>([
    ['for good, claimed for a time', null, [NOW + hour], ['CIFS/Hyper-V02']],
    ['for good, claimed for two times', null, [NOW + hour, NOW + 2 * hour], ['CIFS/Hyper-V02']],
    ['for good, claimed for good', null, [null], []],
    ['for good, claimed for good among others', null, [NOW + hour, null], []],
    ['for longer than it is claimed', 2 * hour, [NOW + hour], ['CIFS/Hyper-V02']],
    ['for exactly as long as it is claimed', hour, [NOW + hour], []],
    ['for less than it is claimed', hour, [NOW + 2 * hour], []],
    ['for longer than one claims it and less than another', 2 * hour, [NOW + hour, NOW + 3 * hour], []],
    ['for a time, claimed for good', hour, [null], []],
    ['for good, claimed by nobody', null, [], []],
    ['for a time, claimed by nobody', hour, [], []],
  ])('is kept or left alone when it is asked for %s', (_title, forMs, until, keep) => {
    const planned = plan(forMs, [one, short, ...until]);
    expect(changeOf(planned)).toEqual({ add: [full], keep });
  });

  it('is kept by a plan that adds nothing, which needs approval like any other', () => {
    const both = withHost(domain, 'hyper-v01', { allowedToDelegateTo: [short, full] });
    const ask = asked('delegate hyper-v01 -> hyper-v02 cifs');
    const with_ = (...claimed: readonly Claimed[]) =>
      planChange(inputOf(both, ask, { history: { ...historyOf(claimed), now: NOW } }));
    const kept = with_([one, full, NOW + hour]);
    expect([kept.kind, changeOf(kept)]).toEqual(['plan', { add: [], keep: [full] }]);
    expect(kept.kind === 'plan' && powersOf(kept.part)).toEqual([
      { source: 'hyper-v01', destination: 'hyper-v02' },
    ]);
    expect(kept).toMatchObject({ part: { destinations: [{ name: 'hyper-v02', spns: [{ spn: full }] }] } });
    expect(with_().kind).toBe('already-so');
    expect(with_([one, full, null]).kind).toBe('already-so');
  });

  it('is nothing to other objects, other values, or what is not there', () => {
    const planned = plan(
      null,
      [guidOf(3), short, NOW + hour],
      [one, 'cifs/ghost99', NOW + hour],
      [one, full, NOW + hour],
    );
    expect(changeOf(planned)).toEqual({ add: [full], keep: [] });
  });

  it('changes no list: what is kept is before and after', () => {
    const planned = plan(null, [one, short, NOW + hour]);
    const [change] = planned.kind === 'plan' ? listChanges(planned.part) : [];
    expect(change && afterOf(change)).toEqual(['cifs/ghost99', 'CIFS/Hyper-V02', full]);
  });

  it('has the time of the ask, counted from the first effect', () => {
    const planned = plan(2 * hour);
    expect(planned).toMatchObject({ kind: 'plan', part: { forMs: 2 * hour } });
  });
});

describe('who wants a value', () => {
  const until = fc.option(fc.nat(10));
  const claims = fc.array(until.map((each): Claim => ({ request: 'R-1', until: each })));

  it('lets it go early only if everybody who claims it, and somebody does, lets it go before', () => {
    const late = (time: number | null) => time ?? Number.POSITIVE_INFINITY;
    fc.assert(
      fc.property(claims, until, (theirs, mine) => {
        const last = Math.max(Number.NEGATIVE_INFINITY, ...theirs.map((claim) => late(claim.until)));
        expect(goesEarlier(theirs, mine)).toBe(theirs.length > 0 && last < late(mine));
      }),
    );
  });

  it('is found in any spelling of object and value', () => {
    const claim: Claim = { request: 'R-2001', until: null };
    const history = { ...NO_HISTORY, claims: new Map([[originKey('AB-1', 'CIFS/x'), [claim]]]) };
    expect(claimsOn(history, 'ab-1', 'cifs/X')).toEqual([claim]);
    expect(claimsOn(history, 'ab-2', 'cifs/x')).toEqual([]);
  });
});
