import type {
  DirectoryPart,
  ListChange,
  Plan,
  TrustChange,
  Verdict,
} from '../../../src/core/delegation/plan';
import type { Proof, RequestRecord, Step } from '../../../src/core/request/record';
import type { Policy } from '../../../src/core/settings';
import { writeDecision } from '../../../src/core/request/decide';
import {
  approver,
  intake,
  NOW,
  planOf,
  policy,
  recordOf,
  signed,
  times,
  everyRule,
} from '../../support/request-record';

const added = [
  'cifs/hyper-v02',
  'cifs/hyper-v02.mabofeng.com',
  'Microsoft Virtual System Migration Service/hyper-v02',
  'Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com',
];

export const change: ListChange = {
  kind: 'delegation-add',
  guid: '11111111-2222-3333-4444-555555555555',
  dn: 'CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com',
  name: 'hyper-v01',
  attribute: 'msDS-AllowedToDelegateTo',
  by: 'worker',
  before: ['cifs/hyper-v03'],
  add: added,
  keep: [],
  remove: [],
  trust: 'any-protocol',
};

/** The trust mode of the same host, to be set by a person. */
export const trustChange: TrustChange = {
  kind: 'trust-mode',
  guid: change.guid,
  dn: change.dn,
  name: change.name,
  attribute: 'userAccountControl',
  by: 'hand',
  before: 0x1000,
  after: 0x100_1000,
};

export const part: DirectoryPart = {
  changes: [change],
  destinations: [
    {
      guid: '66666666-2222-3333-4444-555555555555',
      name: 'hyper-v02',
      spns: added.map((spn) => ({ spn, through: 'explicit' as const })),
    },
  ],
  forMs: null,
};

/** The usual change, with the trust mode as a person's step. */
export const partByHand: DirectoryPart = {
  ...part,
  changes: [{ ...change, trust: 'kerberos-only' }, trustChange],
};

const command = 'delegate hyper-v01 -> hyper-v02 cifs,migration --reason "Patch night" --ticket CHG-881';

export const statement = intake({ command });

/** A plan of the usual request. */
export function planned(changes: Partial<Plan> = {}): Plan {
  return planOf(statement, { directory: part, ...changes });
}

/** The usual request in one of its states. */
export function inState(state: RequestRecord['state'], changes: Partial<RequestRecord> = {}): RequestRecord {
  const plan = state === 'planning' ? null : planned();
  const record = recordOf({ label: 'R-1042', state, plan, intake: signed(statement), ...changes });
  return record;
}

/** A decision of the approver about the record's plan. */
export function decision(record: RequestRecord, verdict: 'approve' | 'deny', reason = '', by = approver) {
  const plan = record.plan ?? planned();
  const said = { verdict, votesFor: everyRule(policy, plan), by, reason, now: NOW };
  return signed(writeDecision(record, plan, { ...said, settings: { policy, times } }));
}

/** The same record with the approver's approval. */
export function approved(record: RequestRecord): RequestRecord {
  return { ...record, decisions: [decision(record, 'approve')] };
}

/** A step that wrote what was planned, unless told otherwise. */
export function step(outcome: Partial<NonNullable<Step['outcome']>> = {}): Step {
  const whole = {
    kind: 'changed' as const,
    inferred: false,
    added,
    kept: [],
    removed: [],
    trusted: false,
    at: NOW,
    server: 'dc1',
    problem: null,
  };
  const { guid, attribute } = change;
  return {
    guid,
    attribute,
    intent: { at: NOW, worker: 'w1', server: 'dc1' },
    outcome: { ...whole, ...outcome },
  };
}

/** The step of the trust mode; without an outcome while a person’s step is waited for. */
export function trustStep(outcome: Partial<NonNullable<Step['outcome']>> | null = null): Step {
  const { guid, attribute } = trustChange;
  const seen = step({ kind: 'by-hand', added: [], trusted: true, ...outcome }).outcome;
  return { guid, attribute, intent: null, outcome: outcome && seen };
}

export const proved: Proof = {
  level: 'proved',
  converged: 2,
  servers: 2,
  checks: [
    { what: 'migration', result: 'read-back' },
    { what: 'cifs', result: 'granted' },
  ],
  note: '',
};

/** Rules under which every kind of change can be approved. */
export const rules: Policy = {
  ...policy,
  'delegation-remove': policy['delegation-add'],
  'trust-mode': policy['delegation-add'],
  'host-setting': policy['delegation-add'],
  'live-move': policy['delegation-add'],
  'storage-move': policy['delegation-add'],
  shutdown: policy['delegation-add'],
};

export const ended = { problem: null, at: NOW };

export function refusal(check: string, sentence: string, remedy: string): Verdict {
  return { check, verdict: 'refuse', sentence, remedy };
}
