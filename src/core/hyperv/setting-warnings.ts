import type { Verdict } from '../delegation/plan';

/** What CredSSP costs, for whoever approves it; `names`: the hosts, as a list. */
export function credsspWarning(names: string): Verdict {
  return {
    check: 'host.credssp',
    verdict: 'warn',
    sentence: `With CredSSP a machine can be moved from ${names} only by who is logged on there; Handover cannot move it.`,
    remedy: 'Kerberos needs delegation between the hosts, and then moves can be started from anywhere.',
  };
}

/** What it means that machines may move over any network. */
export const ANY_NETWORK_WARNING: Verdict = {
  check: 'host.any-network',
  verdict: 'warn',
  sentence:
    'With any network the memory of machines may cross a link where others can read it: Windows does not encrypt it.',
  remedy: 'Name a dedicated network: --networks 10.0.5.0/24.',
};
