import { handReplies } from '../../../src/bot/cards/hand-replies';
import type { DirectoryChange, ListChange } from '../../../src/core/delegation/plan';
import type { RequestRecord } from '../../../src/core/request/record';
import type { State } from '../../../src/core/request/states';
import { expectSlackTakes } from '../../support/blocks';
import { NOW } from '../../support/request-record';
import { changeOf, oddNames, valuesFor } from '../support/many-hosts';
import { rendered } from '../support/rendered';
import { everyState } from '../support/states';
import {
  change,
  ended,
  inState,
  part,
  partByHand,
  planned,
  step,
  trustChange,
  trustStep,
} from '../support/usual-request';

const byHand = (changes: Partial<ListChange> = {}): ListChange => ({ ...change, by: 'hand', ...changes });

/** A request with these changes while a person is waited for, unless told otherwise. */
function asked(
  changes: readonly DirectoryChange[],
  state: State = 'awaiting-hand',
  more: Partial<RequestRecord> = {},
) {
  return inState(state, { plan: planned({ directory: { ...part, changes } }), ...more });
}

const textOf = (record: RequestRecord): string =>
  handReplies(record)
    .map(({ message }) => rendered(message))
    .join('\n');
const keysOf = (record: RequestRecord): readonly string[] => handReplies(record).map(({ key }) => key);
const key = `hand-${change.guid}-msDS-AllowedToDelegateTo`;

describe('the reply about a step by hand', () => {
  it('says who may, where to click and what to type: a list', () => {
    expect(`\n${textOf(asked([byHand()]))}`).toBe(`
> ✋ A person’s step of R-1042, plan 1: add 4 values to msDS-AllowedToDelegateTo of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com). Anybody with the right to do so may do it. Handover looks by itself and tells here what it sees.
| ✋ A person’s step of R-1042, plan 1: add 4 values to msDS-AllowedToDelegateTo of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com).
| Anybody with the right to do so may do it. Handover looks by itself and tells here what it sees.
| Active Directory Users and Computers → Properties of hyper-v01 → tab “Delegation” → “Trust this computer for delegation to specified services only” → “Use any authentication protocol” → “Add…” → “Users or Computers…” → hyper-v02 → mark the service type “cifs” and “Microsoft Virtual System Migration Service” of each → OK → OK
| Change nothing else.
| Or in PowerShell, with the module ActiveDirectory:
\`\`\`
Set-ADComputer -Identity 'hyper-v01$' -Add @{'msDS-AllowedToDelegateTo'=@(
  'cifs/hyper-v02',
  'cifs/hyper-v02.mabofeng.com',
  'Microsoft Virtual System Migration Service/hyper-v02',
  'Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com'
)}
\`\`\``);
  });

  it('says who may, where to click and what to type: a trust mode', () => {
    expect(`\n${textOf(asked([trustChange]))}`).toBe(`
> ✋ A person’s step of R-1042, plan 1: set “Use any authentication protocol” for hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com). Anybody with the right to do so may do it. Handover looks by itself and tells here what it sees.
| ✋ A person’s step of R-1042, plan 1: set “Use any authentication protocol” for hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com).
| Anybody with the right to do so may do it. Handover looks by itself and tells here what it sees.
| Active Directory Users and Computers → Properties of hyper-v01 → tab “Delegation” → “Trust this computer for delegation to specified services only” → “Use any authentication protocol” → OK. Change nothing else.
| Or in PowerShell, with the module ActiveDirectory:
\`\`\`
Set-ADAccountControl -Identity 'hyper-v01$' -TrustedToAuthForDelegation $true
\`\`\``);
  });

  it('says how values are removed', () => {
    const removal = byHand({ kind: 'delegation-remove', add: [], remove: ['cifs/gone'] });
    const text = textOf(asked([removal]));
    expect(text).toContain('remove 1 value from msDS-AllowedToDelegateTo of hyper-v01');
    expect(text).toContain('tick “Expanded” → mark the entries that are named below → “Remove” → OK');
    expect(text).toContain(`Set-ADObject -Identity '${change.guid}' -Remove`);
    expect(text).not.toContain('Add…');
  });

  it('leaves the trust mode as it is, unless the plan sets it too', () => {
    const kerberos = byHand({ trust: 'kerberos-only' });
    expect(textOf(asked([kerberos]))).toContain('“Use Kerberos only” → “Add…”');
    expect(textOf(asked([kerberos, trustChange]))).toContain('“Use any authentication protocol” → “Add…”');
    const other = { ...trustChange, guid: 'another' };
    expect(textOf(asked([kerberos, other]))).toContain('“Use Kerberos only” → “Add…”');
  });

  it('names services host by host, as the dialogue takes them, and leaves the rest to the editor', () => {
    const add = [
      ...valuesFor('hv02'),
      ...valuesFor('hv03'),
      'cifs/hv04',
      'cifs/hv04.mabofeng.com',
      'cifs/lone',
    ];
    const text = textOf(asked([byHand({ add })]));
    expect(text).toContain(
      '→ hv02; hv03 → mark the service type “cifs” and “Microsoft Virtual System Migration Service” of each →',
    );
    expect(text).toContain('→ hv04 → mark the service type “cifs” of each →');
    expect(text).toContain('tab “Attribute Editor” → msDS-AllowedToDelegateTo → add cifs/lone → OK');
  });

  it.each(["cifs/a'; Stop-Computer; '", 'cifs/a’; x ‘', 'cifs/$(x)', 'cifs/`x`', 'cifs/a\nb'])(
    'has no command where one value could be taken for more: %j',
    (value) => {
      const text = textOf(asked([byHand({ add: ['cifs/hyper-v02', value] })]));
      expect(text).not.toContain('Set-AD');
      expect(text).not.toContain('```');
      expect(text).toContain('tab “Attribute Editor” → msDS-AllowedToDelegateTo → the values below');
      expect(text).toContain('| add  cifs/hyper-v02');
    },
  );

  it('has one reply for each object and attribute', () => {
    expect(keysOf(asked([byHand(), trustChange, { ...trustChange, guid: 'g2', name: 'hv02' }]))).toEqual([
      key,
      `hand-${change.guid}-userAccountControl`,
      'hand-g2-userAccountControl',
    ]);
    expect(keysOf(asked([change]))).toEqual([]);
    // Nobody has to do anything for what is kept.
    expect(keysOf(asked([byHand({ add: [], keep: change.add })]))).toEqual([]);
  });

  it('has several parts when there are many values, none of which cuts a command', () => {
    const values = oddNames(63).flatMap((name) => [...valuesFor(name)]);
    const record = asked([changeOf('hv01', { add: values, by: 'hand' })]);
    const replies = handReplies(record);
    expect(replies.length).toBeGreaterThan(2);
    expect(replies.map((each) => each.key)).toEqual(
      replies.map(
        (_, index) => `hand-guid-of-hv01-msDS-AllowedToDelegateTo${index === 0 ? '' : `-${index + 1}`}`,
      ),
    );
    const text = textOf(record);
    expect(text).toContain(`(part 2 of ${replies.length})`);
    for (const value of values) expect(text.split(`  '${value}'`)).toHaveLength(2);
    expect(text.split('Set-ADComputer').length).toBe(text.split('\n)}').length);
    for (const { message } of replies) expectSlackTakes(message, 'message');
  });
});

describe('when a step by hand is told', () => {
  it.each<[State, number]>([
    ['planning', 0],
    ['waiting', 0],
    ['approved', 0],
    ['running', 1],
    ['awaiting-hand', 1],
    ['denied', 0],
    ['withdrawn', 0],
  ])('of a request that is %s there are %i replies', (state, count) => {
    expect(keysOf(asked([byHand()], state))).toHaveLength(count);
  });

  it('nobody is told to go on once it is done', () => {
    const done = asked([change, trustChange], 'running', { steps: [step(), trustStep({})] });
    expect(textOf(done)).toBe(
      [
        '> ✅ Done, and seen on dc1: set “Use any authentication protocol” for hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com).',
        '| ✅ Done, and seen on dc1: set “Use any authentication protocol” for hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com).',
      ].join('\n'),
    );
    const soAlready = trustStep({ kind: 'already-so', trusted: false });
    expect(textOf(asked([trustChange], 'awaiting-hand', { steps: [soAlready] }))).toContain(
      '☑ Was so already when Handover looked on dc1: set “Use any',
    );
  });

  it('nobody is told to go on when something else was done', () => {
    const problem = { code: 'x', summary: 'hyper-v01 has other values now.', remedy: '' };
    const odd = trustStep({ kind: 'stale', trusted: false, problem });
    const text = textOf(asked([trustChange], 'awaiting-hand', { steps: [odd] }));
    expect(text).toContain('⚠ Not done as planned (hyper-v01 has other values now.): set');
    expect(text).not.toContain('Set-AD');
  });

  it.each<[State, string]>([
    ['stopped', '⏹ Not wanted any more, R-1042 was stopped: set'],
    ['partial', '⏹ Not wanted any more, R-1042 was carried out in part only: set'],
    ['stuck', '⏹ Not wanted any more, R-1042 is stuck and needs a person: set'],
  ])('nobody is told to go on when the request has ended: %s', (state, said) => {
    const steps = [step(), trustStep()];
    const text = textOf(asked(partByHand.changes, state, { steps, ending: ended }));
    expect(text).toContain(said);
    expect(text).not.toContain('Set-AD');
    expect(text).not.toContain('Anybody');
  });

  it('nobody is told to go on with a plan that no longer holds', () => {
    const voided = [{ plan: 1, sentence: 'It changed.', at: NOW }];
    for (const state of ['stale', 'planning', 'waiting', 'approved'] as const) {
      const text = textOf(asked([trustChange], state, { voided }));
      expect(text).toContain('⏸ Not to be done now, R-1042 ');
      expect(text).not.toContain('Set-AD');
    }
  });

  it('each part of a long one ends too', () => {
    const values = oddNames(63).flatMap((name) => [...valuesFor(name)]);
    const wanted = asked([changeOf('hv01', { add: values, by: 'hand' })]);
    const over = { ...wanted, state: 'stopped' as const, steps: [step()], ending: ended };
    expect(keysOf(over)).toEqual(keysOf(wanted));
    expect(textOf(over)).not.toContain('Set-AD');
  });
});

describe('the reply about a host that a person sets', () => {
  it('says who may and what to type, and what has become of it', () => {
    const record = everyState['hosts awaiting a person'];
    if (!record) throw new Error('no such state');
    expect(keysOf(record)).toEqual(['hand-host-hyper-v01', 'hand-host-hyper-v02']);
    const [, open] = handReplies(record);
    if (open) expectSlackTakes(open.message, 'message');
    expect(`\n${textOf(record)}`).toBe(`
> ✅ Done, and seen on the host: set on hyper-v01: live migration on, authentication Kerberos, chosen networks only, networks 10.0.5.0/24, 4 live migrations at a time.
| ✅ Done, and seen on the host: set on hyper-v01: live migration on, authentication Kerberos, chosen networks only, networks 10.0.5.0/24, 4 live migrations at a time.
> ✋ A person’s step of R-1042, plan 1: set on hyper-v02: live migration on, authentication Kerberos, chosen networks only, networks 10.0.5.0/24, 4 live migrations at a time. Anybody with the right to do so may do it: a Hyper-V Administrator of the host. Handover looks by itself and tells here what it sees.
| ✋ A person’s step of R-1042, plan 1: set on hyper-v02: live migration on, authentication Kerberos, chosen networks only, networks 10.0.5.0/24, 4 live migrations at a time.
| Anybody with the right to do so may do it: a Hyper-V Administrator of the host. Handover looks by itself and tells here what it sees.
| In PowerShell, with the module Hyper-V; change nothing else:
\`\`\`
Set-VMHost -ComputerName 'hyper-v02' -VirtualMachineMigrationAuthenticationType Kerberos -MaximumVirtualMachineMigrations 4 -UseAnyNetworkForMigration $false
Add-VMMigrationNetwork -ComputerName 'hyper-v02' -Subnet '10.0.5.0/24' -Priority 1
Enable-VMMigration -ComputerName 'hyper-v02'
\`\`\``);
  });

  it('tells nobody any more what to do when it is stopped', () => {
    const record = everyState['hosts awaiting a person'];
    const stopped = record && { ...record, state: 'stopped' as const, ending: ended };
    expect(stopped && textOf(stopped)).not.toContain('Set-VMHost');
    expect(stopped && textOf(stopped)).toContain('⏹ Not wanted any more, R-1042 was stopped');
  });
});
