import { z } from 'zod';
import { CHANGE_KINDS } from '../delegation/plan';
import type { RequestRecord } from './record';

/*
 * The shape of what the ledger keeps. Whoever writes Redis may have put anything there, so it is checked at every reading:
 * an odd record is a fault of its own, never a crash and never half understood.
 */
/** Longer than a sentence about a list with all the values that one object can hold. */
const Text = z.string().max(200_000);
const Millis = z.number().int();
const Count = z.number().int().nonnegative();
const Problem = z.strictObject({ code: Text, summary: Text, remedy: Text });
const Person = z.strictObject({ enterprise: Text.nullable(), team: Text, user: Text });
const signed = <S extends z.ZodType>(statement: S) =>
  z.strictObject({ statement, keyId: Text, signature: Text });

const Intake = z.strictObject({
  kind: z.literal('intake'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  by: Person,
  channel: Text,
  command: Text,
  at: Millis,
  of: Text.nullable(),
});

const Decision = z.strictObject({
  kind: z.literal('decision'),
  intake: Text,
  intakeDigest: Text,
  plan: Count,
  directoryDigest: Text,
  hostsDigest: Text,
  fingerprint: Text,
  verdict: z.enum(['approve', 'deny']),
  by: Person,
  reason: Text,
  rules: Text,
  at: Millis,
  decideBy: Millis,
  startBy: Millis,
  endBy: Millis,
});

const Instruction = z.strictObject({
  kind: z.literal('instruction'),
  intake: Text,
  what: z.literal('withdraw'),
  by: Person,
  at: Millis,
});

const Change = z.strictObject({
  kind: z.enum(CHANGE_KINDS),
  guid: Text,
  dn: Text,
  name: Text,
  attribute: z.literal('msDS-AllowedToDelegateTo'),
  before: z.array(Text),
  after: z.array(Text),
  add: z.array(Text),
  remove: z.array(Text),
  trust: z.enum(['any-protocol', 'kerberos-only']),
  owners: z.array(
    z.strictObject({ spn: Text, guid: Text, name: Text, through: z.enum(['explicit', 'host']) }),
  ),
});

const Plan = z.strictObject({
  number: Count,
  directory: z.strictObject({
    changes: z.array(Change),
    powers: z.array(z.strictObject({ source: Text, destination: Text })),
  }),
  hosts: z.strictObject({ settings: z.array(z.never()), envelope: z.null() }),
  verdicts: z.array(
    z.strictObject({ check: Text, verdict: z.enum(['ok', 'warn', 'refuse']), sentence: Text, remedy: Text }),
  ),
  server: Text,
  observedAt: Millis,
  rules: Text,
  decideBy: Millis,
  fingerprint: Text,
});

const Outcome = z.strictObject({
  kind: z.enum(['changed', 'already-so', 'failed', 'stale']),
  inferred: z.boolean(),
  added: z.array(Text),
  removed: z.array(Text),
  at: Millis,
  server: Text,
  problem: Problem.nullable(),
});

const Proof = z.strictObject({
  level: z.enum(['written', 'converged', 'proved', 'not-proved']),
  converged: Count,
  servers: Count,
  checks: z.array(
    z.strictObject({ what: Text, result: z.enum(['granted', 'refused', 'read-back', 'untestable']) }),
  ),
  note: Text,
});

const State = z.enum([
  ...(['planning', 'waiting', 'approved', 'running', 'done', 'partial', 'failed', 'stuck', 'stale'] as const),
  ...(['denied', 'expired', 'withdrawn', 'already-so', 'refused'] as const),
]);

/** A request record as read from the ledger. */
export const RequestRecordSchema: z.ZodType<RequestRecord> = z.strictObject({
  id: Text,
  label: z.string().regex(/^R-\d{1,12}$/),
  rev: Count,
  state: State,
  intake: signed(Intake),
  card: z.strictObject({ channel: Text }),
  plan: Plan.nullable(),
  decisions: z.array(signed(Decision)),
  voided: z.array(z.strictObject({ plan: Count, sentence: Text, at: Millis })),
  instructions: z.array(signed(Instruction)),
  steps: z.array(
    z.strictObject({
      guid: Text,
      intent: z.strictObject({ at: Millis, worker: Text }).nullable(),
      outcome: Outcome.nullable(),
    }),
  ),
  attempt: Count,
  proof: Proof.nullable(),
  trouble: Problem.nullable(),
  ending: z.strictObject({ problem: Problem.nullable(), at: Millis }).nullable(),
  since: Millis,
  audit: z.strictObject({ seq: Count, head: Text }),
});
