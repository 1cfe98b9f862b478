import { decoys, ghostSpn } from '../../../lab/directory/accounts';
import { findingsOf } from '../../../src/core/findings/find';
import { context, surveyPractice } from '../survey/surveyed-domain';

describe('the findings in the practice domain', () => {
  it('are its decoys and nothing else', async () => {
    const findings = findingsOf(await surveyPractice(), context);
    expect(findings.map(({ code, hosts, values, fix }) => ({ code, hosts, values, fix }))).toEqual([
      {
        code: 'source.unconstrained',
        hosts: [decoys.unconstrained],
        values: [],
        fix: {
          kind: 'by-hand',
          text: "Set-ADAccountControl -Identity 'hyper-v-any$' -TrustedForDelegation $false -TrustedToAuthForDelegation $true",
        },
      },
      {
        code: 'spn.ghost',
        hosts: [decoys.ghost, 'ghost99'],
        values: [ghostSpn],
        fix: { kind: 'command', text: '/undelegate hyper-v04 -> ghost99 all' },
      },
      {
        code: 'spn.taken',
        hosts: [decoys.sharedName, decoys.sharedNameHolder],
        values: [`cifs/${decoys.sharedName}`],
        fix: { kind: 'by-hand', text: 'setspn -D "cifs/hyper-v05" oldbox' },
      },
      {
        code: 'value.not-ours',
        hosts: [decoys.ghost],
        values: [ghostSpn],
        fix: { kind: 'look', text: '/hv delegations hyper-v04 --raw' },
      },
    ]);
  });
});
