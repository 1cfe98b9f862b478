import fc from 'fast-check';

import { ordinaryHosts } from '../../../lab/directory/accounts';
import type { DirectoryAsk } from '../../../src/core/commands/ask';
import { deriveAgain } from '../../../src/core/delegation/look';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { planChange } from '../../../src/core/delegation/plan-change';
import { listChanges } from '../../../src/core/delegation/powers';
import { serviceOf, spnsFor } from '../../../src/core/delegation/spn';
import { isSameSet, minusValues, sortValues, unionValues } from '../../../src/core/delegation/values';
import { anyCase } from './arbitraries';
import { asked, carriedOut, inputOf } from './many-hosts';
import { historyOf, journalOf, undoAsk, type Claimed } from './asks';
import { hostOf, practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();
const foreign = ['cifs/ghost99', 'HTTP/web-01', 'ldap/dc1'];
const known = ordinaryHosts.flatMap((name) => spnsFor(hostOf(domain, name), ['cifs', 'migration']));
const valuesFor = (name: string) => known.filter((value) => !value.includes(`/${name}`));

/** What the ordinary hosts may delegate to, in any spelling: some of what is asked for, and what nobody asks for. */
const domains: fc.Arbitrary<Domain> = fc
  .tuple(
    ...ordinaryHosts.map((name) =>
      fc
        .subarray([...valuesFor(name), ...foreign])
        .chain((values) => fc.tuple(...values.map((value) => fc.oneof(fc.constant(value), anyCase(value))))),
    ),
  )
  .map((lists) =>
    ordinaryHosts.reduce(
      (seen, name, at) => withHost(seen, name, { allowedToDelegateTo: sortValues(lists[at] ?? []) }),
      domain,
    ),
  );

/** What others do to one host after the request: values they add, take away and claim. */
const edits = fc.tuple(
  ...ordinaryHosts.map((name) =>
    fc.record({
      adds: fc.subarray(['cifs/else', 'HTTP/else']),
      takes: fc.subarray(valuesFor(name), { maxLength: 3 }),
      claims: fc.subarray(valuesFor(name), { maxLength: 3 }),
    }),
  ),
);

const commands = [
  'delegate mesh hyper-v0[1-4]',
  'delegate hyper-v01 <-> hyper-v02,hyper-v03 cifs',
  'undelegate mesh hyper-v0[1-4]',
  'undelegate hyper-v01 -> all',
  'undelegate hyper-v0[1-2] -> hyper-v03 migration',
];

function plan(from: Domain, ask: DirectoryAsk, otherwise = {}): DirectoryPart | null {
  const planned = planChange(inputOf(from, ask, otherwise));
  return planned.kind === 'refused' ? null : planned.part;
}

const listOf = (from: Domain, name: string) => hostOf(from, name).allowedToDelegateTo;

describe('undoing a request', () => {
  it('gives the state before it, in the same spelling where it only added', () => {
    fc.assert(
      fc.property(domains, fc.constantFrom(...commands), (from, command) => {
        const done = plan(from, asked(command));
        const after = carriedOut(from, done?.changes ?? []);
        const history = historyOf([], journalOf(done?.changes ?? []));
        const back = plan(after, undoAsk(), { history });
        const undone = carriedOut(after, back?.changes ?? []);
        expect(command.startsWith('delegate') ? undone : from).toEqual(from);
        for (const name of ordinaryHosts) {
          const notGivenBack = minusValues(listOf(from, name), listOf(undone, name));
          expect(minusValues(listOf(undone, name), listOf(from, name))).toEqual([]);
          // Of a service that is ever added only what is for nobody is left out.
          const owed = notGivenBack.filter((value) => serviceOf(value) !== null);
          expect(minusValues(owed, ['cifs/ghost99'])).toEqual([]);
        }
      }),
    );
  });

  it('undoes what it added and nothing that others have edited or claim since', () => {
    fc.assert(
      fc.property(domains, edits, (from, others) => {
        const done = plan(from, asked('delegate mesh hyper-v0[1-4]'));
        const after = carriedOut(from, done?.changes ?? []);
        const edited = ordinaryHosts.reduce((seen, name, at) => {
          const { adds = [], takes = [] } = others[at] ?? {};
          const values = minusValues(unionValues(listOf(seen, name), adds), takes);
          return withHost(seen, name, { allowedToDelegateTo: values });
        }, after);
        const claims = ordinaryHosts.flatMap((name, at) =>
          (others[at]?.claims ?? []).map((value): Claimed => [hostOf(domain, name).guid, value, null]),
        );
        const history = historyOf(claims, journalOf(done?.changes ?? []));
        const back = plan(edited, undoAsk(), { history });
        if (!back) throw new Error('refused');
        const undone = carriedOut(edited, back.changes);
        for (const [at, name] of ordinaryHosts.entries()) {
          const change = done && listChanges(done).find((each) => each.name === name);
          const ours = minusValues(change?.add ?? [], others[at]?.claims ?? []);
          const expected = minusValues(listOf(edited, name), ours);
          expect(isSameSet(listOf(undone, name), expected)).toBe(true);
        }
      }),
    );
  });

  it('is the same again after any of its own writes', () => {
    const ways = fc.tuple(domains, fc.constantFrom(...commands), fc.infiniteStream(fc.boolean()));
    fc.assert(
      fc.property(ways, ([from, command, isWritten]) => {
        const done = plan(from, asked(command))?.changes ?? [];
        const after = carriedOut(from, done);
        const history = historyOf([], journalOf(done));
        const back = plan(after, undoAsk(), { history });
        fc.pre(back !== null && back.changes.length > 0);
        const some = back.changes.filter(() => isWritten.next().value === true);
        const input = inputOf(carriedOut(after, some), undoAsk(), { history });
        expect(deriveAgain(input, back)).toEqual({ kind: 'same', part: back });
      }),
    );
  });
});
