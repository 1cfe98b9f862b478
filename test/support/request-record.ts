import { PlanningSettings } from '../../src/core/fabric/planning-settings';
import { createHash } from 'node:crypto';
import { canonicalText } from '../../src/core/canonical';
import { NO_HOSTS, type DirectoryPart, type Plan } from '../../src/core/delegation/plan';
import { rulesFor, rulesHash } from '../../src/core/policy/rules';
import { ruleName } from '../../src/core/policy/votes';
import { touchesOf } from '../../src/core/policy/touches';
import type { Signer, Verifier } from '../../src/core/ports';
import { writeDecision } from '../../src/core/request/decide';
import { planDigests } from '../../src/core/request/fingerprint';
import { newRecord } from '../../src/core/request/new-record';
import type { RequestRecord } from '../../src/core/request/record';
import type { Intake, Person, Signed, Statement } from '../../src/core/request/statement';
import type { Modes, Policy, Settings, Times } from '../../src/core/settings';

export const NOW = Date.UTC(2026, 10, 23, 2, 0, 0);
export const requester: Person = { enterprise: null, team: 'T1', user: 'U0REQUESTER' };
export const approver: Person = { enterprise: null, team: 'T1', user: 'U0APPROVER' };
export const secondApprover: Person = { enterprise: null, team: 'T1', user: 'U0APPROVER2' };
export const policy: Policy = {
  'delegation-add': { requesters: 'anyone', approvers: [approver.user, secondApprover.user], quorum: 1 },
  read: {
    findings: 'anyone',
    delegations: 'anyone',
    hosts: 'anyone',
    audit: 'anyone',
    suggestions: 'anyone',
  },
};
export const times: Times = {
  decideSeconds: 8 * 3600,
  startMinutes: 15,
  endMinutes: 720,
  handMinutes: 7 * 24 * 60,
  lookSeconds: 30,
  moveLookSeconds: 3,
  noticeSeconds: 1_200,
  wellSeconds: 600,
  convergenceSeconds: 900,
  warnSeconds: 900,
};
export const modes: Modes = {
  'delegation-add': 'act',
  'delegation-remove': 'act',
  'trust-mode': 'advise',
  'host-setting': 'act',
  'live-move': 'act',
  'storage-move': 'act',
  shutdown: 'act',
};

/** What plans of moves reckon with, where nothing is said. */
export const planning: Pick<Settings, 'tier0' | 'machines' | 'planning'> = {
  tier0: { hosts: [], groups: [] },
  machines: [],
  planning: PlanningSettings.parse({}),
};

/** A stand-in for the signature scheme in tests of pure rules: a keyed hash that anybody here can check. */
export function testKeys(keyId = 'k1', secret = 'practice'): { signer: Signer; verifier: Verifier } {
  const mark = (text: string) => createHash('sha256').update(`${secret}${text}`).digest('base64');
  return {
    signer: { keyId, sign: mark },
    verifier: { verify: (text, id, signature) => id === keyId && signature === mark(text) },
  };
}

export function signed<S extends Statement>(statement: S, signer = testKeys().signer): Signed<S> {
  return { statement, keyId: signer.keyId, signature: signer.sign(canonicalText(statement)) };
}

const value = 'cifs/hyper-v02';
export const onePart: DirectoryPart = {
  changes: [
    {
      kind: 'delegation-add',
      guid: '11111111-2222-3333-4444-555555555555',
      dn: 'CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com',
      name: 'hyper-v01',
      by: 'worker',
      attribute: 'msDS-AllowedToDelegateTo',
      before: [],
      add: [value],
      keep: [],
      remove: [],
      trust: 'any-protocol',
    },
  ],
  destinations: [
    {
      guid: '66666666-2222-3333-4444-555555555555',
      name: 'hyper-v02',
      spns: [{ spn: value, through: 'host' }],
    },
  ],
  forMs: null,
};

export function intake(change: Partial<Intake> = {}): Intake {
  const command = 'delegate hyper-v01 -> hyper-v02 cifs';
  const id = 'a'.repeat(32);
  return { kind: 'intake', id, by: requester, channel: 'C1', command, at: NOW, of: null, ...change };
}

export function planOf(asked: Intake, change: Partial<Plan> = {}): Plan {
  const core = { number: 1, directory: onePart, hosts: NO_HOSTS, ...change };
  const rest = {
    forecast: null,
    verdicts: [],
    server: 'dc1',
    observedAt: NOW,
    decideBy: NOW + 8 * 3_600_000,
    fingerprint: '',
    rules: '',
  };
  const draft = { ...rest, ...core };
  return {
    ...draft,
    rules: rulesHash(policy, touchesOf(draft)),
    fingerprint: planDigests(asked, draft).fingerprint,
    ...change,
  };
}

export function recordOf(change: Partial<RequestRecord> = {}): RequestRecord {
  return {
    ...newRecord(signed(intake()), { channel: 'C1' }),
    label: 'R-1001',
    rev: 1,
    since: NOW,
    ...change,
  };
}

/** Every rule that applies to a plan, by name: what somebody votes for who is an approver of all. */
export function everyRule(rules: Policy, plan: Plan): readonly string[] {
  return rulesFor(rules, touchesOf(plan)).map(ruleName);
}

/** A request that `by` has approved at NOW, ready to be carried out. */
export function approvedRecord(by: Person = approver, change: Partial<RequestRecord> = {}): RequestRecord {
  const asked = intake();
  const plan = planOf(asked);
  const waiting = recordOf({ state: 'waiting', plan });
  const votesFor = everyRule(policy, plan);
  const said = {
    verdict: 'approve' as const,
    votesFor,
    by,
    reason: '',
    now: NOW,
    settings: { policy, times },
  };
  const decision = writeDecision(waiting, plan, said);
  return { ...waiting, state: 'approved', decisions: [signed(decision)], ...change };
}
