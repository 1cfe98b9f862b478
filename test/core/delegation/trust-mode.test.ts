import fc from 'fast-check';

import { decoys } from '../../../lab/directory/accounts';
import { ACCOUNT_BITS } from '../../../src/core/delegation/account-control';
import type { DelegateAsk } from '../../../src/core/commands/ask';
import type { Planned, TrustChange } from '../../../src/core/delegation/plan';
import { planChange, planKinds } from '../../../src/core/delegation/plan-change';
import { listChanges } from '../../../src/core/delegation/powers';
import { trustChanges, withAnyProtocol } from '../../../src/core/delegation/trust-changes';
import type { Modes } from '../../../src/core/settings';
import { modes } from '../../support/request-record';
import { asked, carriedOut, inputOf, partOf } from './many-hosts';
import { hostOf, practiceDomain, withHost } from './practice-domain';

type Mode = Modes['trust-mode'];
type Protocol = DelegateAsk['protocol'];

const domain = practiceDomain();
const bare = decoys.kerberosOnly;
const NEEDS = `After this change live migration still needs one setting: ${bare} is trusted for Kerberos only.`;
const STAYS = `${bare} stays trusted for Kerberos only.`;
const WORKER = `This plan sets “Use any authentication protocol” for ${bare}.`;
const PERSON = `A person is to set “Use any authentication protocol” for ${bare}.`;

function plan(protocol: Protocol, mayTrust: boolean, mode: Mode, from = domain): Planned {
  const settings = { mayTrust, modes: { ...modes, 'trust-mode': mode } };
  const ask = asked(`delegate ${bare},hyper-v01 <-> hyper-v02 cifs`, { protocol });
  return planChange(inputOf(from, ask, settings));
}

const trustOf = (planned: Planned): readonly TrustChange[] =>
  planned.kind === 'refused' ? [] : planned.part.changes.filter((change) => change.kind === 'trust-mode');

describe('the trust mode of a plan', () => {
  it.each<[Protocol, mayTrust: boolean, Mode, by: 'worker' | 'hand' | null, sentence: string]>([
    [null, true, 'act', 'worker', WORKER],
    [null, true, 'advise', 'hand', PERSON],
    [null, true, 'observe', null, NEEDS],
    [null, false, 'act', null, NEEDS],
    [null, false, 'advise', null, NEEDS],
    ['any', true, 'act', 'worker', WORKER],
    ['any', true, 'advise', 'hand', PERSON],
    // Refused in the end, by policy or mode: asked for is asked for.
    ['any', true, 'observe', 'worker', WORKER],
    ['any', false, 'act', 'worker', WORKER],
    ['any', false, 'advise', 'hand', PERSON],
    ['kerberos', true, 'act', null, STAYS],
    ['kerberos', false, 'advise', null, STAYS],
  ])('with protocol %s, policy %s and mode %s is set by %s', (protocol, mayTrust, mode, by, sentence) => {
    const planned = plan(protocol, mayTrust, mode);
    const { guid, dn } = hostOf(domain, bare);
    const change = { kind: 'trust-mode', guid, dn, name: bare, attribute: 'userAccountControl' };
    expect(trustOf(planned)).toEqual(by ? [{ ...change, by, before: 0x1000, after: 0x100_1000 }] : []);
    const said = planned.verdicts.filter(
      (each) => each.check === 'source.any-protocol' && each.sentence.includes(bare),
    );
    expect(said).toHaveLength(1);
    expect(said[0]?.sentence.startsWith(sentence)).toBe(true);
    expect(said[0]?.verdict).toBe(by ? 'ok' : 'warn');
  });

  it('comes after all lists, and makes a kind of its own', () => {
    const planned = plan('any', true, 'act');
    const part = planned.kind === 'plan' ? planned.part : { changes: [] };
    expect(part.changes.map(({ kind }) => kind)).toEqual([
      ...Array<string>(3).fill('delegation-add'),
      'trust-mode',
    ]);
    expect(planKinds(part)).toEqual(['delegation-add', 'trust-mode']);
    expect(listChanges(part).find(({ name }) => name === bare)?.trust).toBe('kerberos-only');
  });

  it('is all that is left to do where the lists are as they should be', () => {
    const done = plan('kerberos', true, 'act');
    const held = carriedOut(domain, done.kind === 'plan' ? done.part.changes : []);
    const planned = plan('any', true, 'act', held);
    expect([planned.kind, planned.kind === 'plan' && planKinds(planned.part)]).toEqual([
      'plan',
      ['trust-mode'],
    ]);
    expect(planned).toMatchObject({ part: { destinations: [] } });
    expect(plan('kerberos', true, 'act', held).kind).toBe('already-so');
  });

  it('is set on sources only', () => {
    const ask = asked(`delegate hyper-v01 -> ${bare} cifs`, { protocol: 'any' });
    expect(partOf(inputOf(domain, ask, { mayTrust: true })).changes.map(({ kind }) => kind)).toEqual([
      'delegation-add',
    ]);
  });

  it('is set once on a host that is asked for by several names', () => {
    const ask = asked(`delegate ${bare},${bare}.mabofeng.com -> hyper-v01,hyper-v02`, { protocol: 'any' });
    const { changes } = partOf(inputOf(domain, ask));
    expect(changes.filter(({ kind }) => kind === 'trust-mode')).toHaveLength(1);
  });

  it('is never set on an unconstrained host: that refuses the plan', () => {
    const unconstrained = withHost(domain, bare, { userAccountControl: 0x8_1000 });
    expect(plan('any', true, 'act', unconstrained).kind).toBe('refused');
  });

  it('sets the one bit and no other, on sources that lack it, and clears nothing', () => {
    const control = fc.nat(0xffff_ffff);
    const mode = fc.constantFrom<Mode>('act', 'advise', 'observe');
    const protocol = fc.constantFrom<Protocol>(null, 'any', 'kerberos');
    const settings = fc.tuple(mode, fc.boolean(), protocol);
    fc.assert(
      fc.property(fc.array(control), settings, (controls, [trustMode, mayTrust, asks]) => {
        const sources = controls.map((userAccountControl, at) => ({
          ...hostOf(domain, bare),
          guid: String(at),
          userAccountControl,
        }));
        const input = { modes: { ...modes, 'trust-mode': trustMode }, mayTrust };
        const changes = trustChanges(input, sources, { protocol: asks });
        for (const { guid, before, after } of changes) {
          expect(before).toBe(controls[Number(guid)]);
          expect(after - before).toBe(ACCOUNT_BITS.anyProtocol);
        }
        const lacking = controls.filter((each) => Math.floor(each / ACCOUNT_BITS.anyProtocol) % 2 === 0);
        const isAsked = asks === 'any' || (asks === null && mayTrust && trustMode !== 'observe');
        expect(changes.map(({ before }) => before)).toEqual(isAsked ? lacking : []);
      }),
    );
  });

  it('is an unsigned number, whatever the highest bit is', () => {
    expect(withAnyProtocol(0x8000_1000)).toBe(0x8100_1000);
    expect(withAnyProtocol(0x8100_1000)).toBe(0x8100_1000);
  });
});
