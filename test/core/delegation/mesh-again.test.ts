import fc from 'fast-check';

import { ordinaryHosts } from '../../../lab/directory/accounts';
import { deriveAgain } from '../../../src/core/delegation/look';
import { listChanges, powersOf } from '../../../src/core/delegation/powers';
import { sortValues } from '../../../src/core/delegation/values';
import { carriedOut, inputFor, partOf } from './many-hosts';
import { hostOf, practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();
const MESH = 'delegate mesh hyper-v0[1-4] cifs,migration';

describe('deriving a plan of many hosts again', () => {
  const decided = partOf(inputFor(domain, MESH));
  const after = (names: readonly string[]): Domain =>
    carriedOut(
      domain,
      decided.changes.filter(({ name }) => names.includes(name)),
    );

  it('is the same after any of its writes', () => {
    fc.assert(
      fc.property(fc.subarray([...ordinaryHosts]), (written) => {
        expect(deriveAgain(inputFor(after(written), MESH), decided)).toEqual({ kind: 'same', part: decided });
      }),
    );
  });

  it('names the host on which somebody has changed something, and nothing else', () => {
    const edited = withHost(after(['hyper-v01']), 'hyper-v03', { allowedToDelegateTo: ['cifs/else'] });
    expect(deriveAgain(inputFor(edited, MESH), decided)).toEqual({
      kind: 'stale',
      sentence: 'cifs/else was added to hyper-v03 since the plan was made.',
    });
  });

  it.each([
    ['as destinations', 'delegate hyper-v01 -> all cifs', 'hyper-v01'],
    ['as sources', 'delegate all -> hyper-v01 cifs', 'hyper-v03'],
  ])('is the same for all %s, and stale when one was changed', (_title, command, host) => {
    const owned = domain.filter(({ name }) => name !== 'oldbox');
    const plan = partOf(inputFor(owned, command));
    expect(powersOf(plan).length).toBeGreaterThan(4);
    const [first, ...rest] = listChanges(plan);
    if (!first) throw new Error('no change');
    const written = carriedOut(owned, [first]);
    expect(deriveAgain(inputFor(written, command), plan)).toEqual({ kind: 'same', part: plan });
    const edited = withHost(owned, host, { allowedToDelegateTo: ['cifs/else'] });
    expect(deriveAgain(inputFor(edited, command), plan)).toEqual({
      kind: 'stale',
      sentence: `cifs/else was added to ${host} since the plan was made.`,
    });
    const evil = { ...first, add: sortValues([...first.add, 'cifs/dc1']) };
    expect(deriveAgain(inputFor(owned, command), { ...plan, changes: [evil, ...rest] }).kind).toBe('altered');
  });

  it('names the destination that was created again', () => {
    const other = withHost(domain, 'hyper-v02', { guid: 'b0000000-0000-4000-8000-000000000002' });
    const again = deriveAgain(inputFor(other, 'delegate hyper-v01 -> hyper-v02,hyper-v03'), {
      ...partOf(inputFor(domain, 'delegate hyper-v01 -> hyper-v02,hyper-v03')),
    });
    expect(again).toEqual({
      kind: 'stale',
      sentence: 'hyper-v02 was deleted and created again since the plan was made.',
    });
  });

  it('is altered when a host, a value or an owner was smuggled in', () => {
    const [first, ...rest] = listChanges(decided);
    if (!first) throw new Error('no change');
    const stranger = { ...first, guid: hostOf(domain, 'hyper-v05').guid, name: 'hyper-v05', dn: 'CN=x' };
    const evil = { ...first, add: sortValues([...first.add, 'cifs/dc1']) };
    const said = (part: unknown) => deriveAgain(inputFor(domain, MESH), part);
    expect(said({ ...decided, changes: [...decided.changes, stranger] })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan also changes hyper-v05, which was not asked for.',
    });
    expect(said({ ...decided, changes: [evil, ...rest] })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan contains cifs/dc1, which was not asked for.',
    });
    expect(said({ ...decided, destinations: decided.destinations.slice(1) })).toEqual({
      kind: 'altered',
      sentence: 'The approved plan names owners of other SPNs than it adds.',
    });
    expect(said({ ...decided, changes: rest }).kind).toBe('altered');
    expect(said({ ...decided, changes: decided.changes.toReversed() }).kind).toBe('altered');
  });
});
