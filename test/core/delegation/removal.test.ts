import { ordinaryHosts } from '../../../lab/directory/accounts';
import { deriveAgain } from '../../../src/core/delegation/look';
import type { ListChange } from '../../../src/core/delegation/plan';
import { planChange } from '../../../src/core/delegation/plan-change';
import { listChanges } from '../../../src/core/delegation/powers';
import { carriedOut, inputFor, partOf } from './many-hosts';
import { practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();

describe('a plan that removes', () => {
  const held = carriedOut(
    domain,
    partOf(inputFor(domain, 'delegate mesh hyper-v0[1-4] cifs,migration')).changes,
  );
  const removed = (command: string, from: Domain = held): [string, readonly string[]][] =>
    listChanges(partOf(inputFor(from, command))).map(({ name, remove }) => [name, remove]);

  it('takes exactly what is there for that host, in either spelling of its name', () => {
    const [[name, values] = ['', []]] = removed('undelegate hyper-v01 -> hyper-v02');
    expect(name).toBe('hyper-v01');
    expect(values).toHaveLength(4);
    expect(values.every((value) => /\/hyper-v02(\.mabofeng\.com)?$/.test(value))).toBe(true);
    expect(removed('undelegate hyper-v01 -> hyper-v02 cifs')).toEqual([
      ['hyper-v01', ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com']],
    ]);
  });

  it('keeps the stored spelling and takes classes that nobody asks for, if all are named', () => {
    const odd = withHost(domain, 'hyper-v01', {
      allowedToDelegateTo: ['CIFS/Hyper-V02', 'HTTP/hyper-v02:8080', 'cifs/hyper-v021', 'cifs/hyper-v03'],
    });
    expect(removed('undelegate hyper-v01 -> hyper-v02 all', odd)).toEqual([
      ['hyper-v01', ['CIFS/Hyper-V02', 'HTTP/hyper-v02:8080']],
    ]);
    expect(removed('undelegate hyper-v01 -> hyper-v02 cifs,migration', odd)).toEqual([
      ['hyper-v01', ['CIFS/Hyper-V02']],
    ]);
  });

  it('works towards a host that is gone, and away from a mesh', () => {
    expect(removed('undelegate hyper-v04 -> ghost99')).toEqual([['hyper-v04', ['cifs/ghost99']]]);
    expect(removed('undelegate mesh hyper-v0[1-4]').map(([name, values]) => [name, values.length])).toEqual(
      ordinaryHosts.map((name) => [name, 12]),
    );
    expect(removed('undelegate hyper-v04 -> all').map(([, values]) => values.length)).toEqual([13]);
  });

  it('is nothing to do where nothing is held, and refused for a source that is not there', () => {
    expect(planChange(inputFor(domain, 'undelegate hyper-v01 -> hyper-v02')).kind).toBe('already-so');
    expect(planChange(inputFor(domain, 'undelegate ghost98 -> hyper-v02'))).toMatchObject({
      kind: 'refused',
      verdicts: [{ check: 'source.found', sentence: 'The directory has no computer “ghost98”.' }],
    });
  });

  it('may clean up where a delegation would be refused: Tier 0, disabled, unconstrained', () => {
    for (const host of ['hyper-v-t0', 'hyper-v-off', 'hyper-v-any']) {
      const dirty = withHost(domain, host, { allowedToDelegateTo: ['ldap/dc1', 'cifs/hyper-v02'] });
      expect(removed(`undelegate ${host} -> dc1,hyper-v02`, dirty)).toEqual([
        [host, ['cifs/hyper-v02', 'ldap/dc1']],
      ]);
    }
  });

  it('says where the power stays because other services are kept', () => {
    const { verdicts } = planChange(inputFor(held, 'undelegate hyper-v01 -> hyper-v02 cifs'));
    expect(verdicts).toContainEqual({
      check: 'removal.complete',
      verdict: 'warn',
      sentence: 'hyper-v01 keeps other services of hyper-v02: the power to act as any user there stays.',
      remedy: 'Remove all services to take the power away.',
    });
  });

  it('is the same again before and after its writes, and stale or altered otherwise', () => {
    const command = 'undelegate mesh hyper-v0[1-4]';
    const decided = partOf(inputFor(held, command));
    const written = carriedOut(held, decided.changes.slice(0, 2));
    expect(deriveAgain(inputFor(written, command), decided)).toEqual({ kind: 'same', part: decided });
    const edited = withHost(held, 'hyper-v02', { allowedToDelegateTo: ['cifs/hyper-v01'] });
    expect(deriveAgain(inputFor(edited, command), decided).kind).toBe('stale');
    const [first, ...rest] = listChanges(decided);
    if (!first) throw new Error('no change');
    const said = (change: Partial<ListChange>) =>
      deriveAgain(inputFor(held, command), { ...decided, changes: [{ ...first, ...change }, ...rest] });
    const sentence =
      'The approved plan’s values before and after do not follow from what it does to hyper-v01.';
    expect(said({ remove: first.before, add: ['ldap/dc1'] })).toEqual({ kind: 'altered', sentence });
    expect(said({ keep: first.before.slice(0, 1) })).toEqual({ kind: 'altered', sentence });
    expect(said({ remove: [...first.remove, 'ldap/dc1'] })).toEqual({ kind: 'altered', sentence });
    expect(said({ remove: [] }).kind).toBe('altered');
  });
});
