import type { DirectoryChange, DirectoryPart, Plan, Verdict } from '../../../src/core/delegation/plan';
import type { Proof, RequestRecord, Step } from '../../../src/core/request/record';
import { writeDecision } from '../../../src/core/request/decide';
import { approver, intake, NOW, planOf, policy, recordOf, signed, times } from '../../support/request-record';

const added = [
  'cifs/hyper-v02',
  'cifs/hyper-v02.mabofeng.com',
  'Microsoft Virtual System Migration Service/hyper-v02',
  'Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com',
];

export const change: DirectoryChange = {
  kind: 'delegation-add',
  guid: '11111111-2222-3333-4444-555555555555',
  dn: 'CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com',
  name: 'hyper-v01',
  attribute: 'msDS-AllowedToDelegateTo',
  before: ['cifs/hyper-v03'],
  after: ['cifs/hyper-v03', ...added],
  add: added,
  remove: [],
  trust: 'any-protocol',
  owners: [],
};

export const part: DirectoryPart = {
  changes: [change],
  powers: [{ source: 'hyper-v01', destination: 'hyper-v02' }],
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
  return signed(writeDecision(record, plan, { verdict, by, reason, now: NOW, settings: { policy, times } }));
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
    removed: [],
    at: NOW,
    server: 'dc1',
    problem: null,
  };
  return { guid: change.guid, intent: { at: NOW, worker: 'w1' }, outcome: { ...whole, ...outcome } };
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

export const ended = { problem: null, at: NOW };

export function refusal(check: string, sentence: string, remedy: string): Verdict {
  return { check, verdict: 'refuse', sentence, remedy };
}
