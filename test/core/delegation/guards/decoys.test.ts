import { decoys, fileServer, ghostSpn } from '../../../../lab/directory/accounts';
import { afterOf, listChanges } from '../../../../src/core/delegation/powers';
import { planDelegation } from '../pair-planning';
import { askFor, lookUp, practiceDomain } from '../practice-domain';

const refused: readonly [decoy: string, source: string, destination: string, sentence: string][] = [
  [
    'the domain controller',
    'hyper-v01',
    decoys.domainController,
    'dc1 is a domain controller: who can act as anyone there can take the domain.',
  ],
  [
    'the Tier 0 host',
    'hyper-v01',
    decoys.tierZero,
    'hyper-v-t0 belongs to Tier 0: the directory protects it as an administrative account (adminCount is 1).',
  ],
  ['the disabled host', 'hyper-v01', decoys.disabled, 'The account of hyper-v-off is disabled.'],
  [
    'the unconstrained host',
    decoys.unconstrained,
    'hyper-v01',
    'hyper-v-any is trusted for unconstrained delegation: it may already act as any user on any host.',
  ],
  [
    'the ghost',
    decoys.ghost,
    'ghost99',
    `The directory has no computer “ghost99”, yet hyper-v04 may already delegate to ${ghostSpn}: whoever registers that name receives the power.`,
  ],
  [
    'the host whose name another holds',
    'hyper-v01',
    decoys.sharedName,
    'cifs/hyper-v05 belongs to oldbox (CN=oldbox,CN=Computers,DC=mabofeng,DC=com) and not to hyper-v05, so that the power would reach oldbox.',
  ],
  [
    'the file server',
    'hyper-v01',
    fileServer,
    'files01 has not registered “Microsoft Virtual System Migration Service/files01”. files01 has not registered “Microsoft Virtual System Migration Service/files01.mabofeng.com”.',
  ],
];

describe('the decoys of the practice domain', () => {
  it.each(refused)(
    'refuse %s with a sentence of its own, and with nothing else',
    (_, source, destination, sentence) => {
      const planned = planDelegation(lookUp(practiceDomain(), askFor(source, destination)));
      expect(planned.kind).toBe('refused');
      expect(
        planned.verdicts.filter(({ verdict }) => verdict !== 'ok').map((verdict) => verdict.sentence),
      ).toEqual([sentence]);
    },
  );

  it('have sentences that differ', () => {
    expect(new Set(refused.map(([, , , sentence]) => sentence)).size).toBe(refused.length);
  });

  it('plan for the host without the any-protocol bit, with a warning', () => {
    const planned = planDelegation(lookUp(practiceDomain(), askFor(decoys.kerberosOnly, 'hyper-v01')));
    expect(planned.kind).toBe('plan');
    expect(
      planned.verdicts.filter(({ verdict }) => verdict === 'warn').map(({ sentence }) => sentence),
    ).toEqual([
      'After this change live migration still needs one setting: hyper-v-kerb is trusted for Kerberos only.',
      'This is one way only: hyper-v01 will not be able to move machines back to hyper-v-kerb.',
    ]);
  });

  it('plan for the file server when only its shares are asked for', () => {
    expect(planDelegation(lookUp(practiceDomain(), askFor('hyper-v01', fileServer, ['cifs']))).kind).toBe(
      'plan',
    );
  });

  it('plan for the holder of the ghost value and leave the value alone', () => {
    const planned = planDelegation(lookUp(practiceDomain(), askFor(decoys.ghost, 'hyper-v01')));
    const [change] = planned.kind === 'plan' ? listChanges(planned.part) : [];
    expect(change?.before).toEqual([ghostSpn]);
    expect(change && afterOf(change)).toContain(ghostSpn);
    expect(change?.add).not.toContain(ghostSpn);
  });
});
