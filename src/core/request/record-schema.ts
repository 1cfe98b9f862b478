import { z } from 'zod';
import type { Plan } from '../delegation/plan';
import { SettingChange } from '../hyperv/host-settings';
import { Envelope, First, MachineId } from '../moves/envelope';
import { Forecast } from '../moves/forecast';
import { MoveStep } from '../moves/move-step';
import { Round } from '../moves/round';
import { DirectoryPartSchema } from '../delegation/part-schema';

/*
 * The shape of what the ledger keeps. Whoever writes Redis may have put anything there, so it is checked at every reading:
 * an odd record is a fault of its own, never a crash and never half understood. A record is read very often and its plan hardly
 * ever changes, so the plan has a schema and a text of its own, and the record's text names it.
 */
/** Longer than a sentence about a list with all the values that one object can hold. */
const Text = z.string().max(200_000);
const Millis = z.number().int();
const Count = z.number().int().nonnegative();
const Problem = z.strictObject({ code: Text, summary: Text, remedy: Text });
/** Somebody, by ids. */
export const Person = z.strictObject({ enterprise: Text.nullable(), team: Text, user: Text });
/** A statement with its signature. */
export const signed = <S extends z.ZodType>(statement: S) =>
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
  votesFor: z.array(Text),
  breaksGlass: z.boolean(),
  userGroups: z.array(Text).exactOptional(),
  at: Millis,
  decideBy: Millis,
  startBy: Millis,
  endBy: Millis,
});

/** What somebody has said of a request, or of a freeze. */
export const Instruction = z.strictObject({
  kind: z.literal('instruction'),
  intake: Text,
  what: z.enum(['withdraw', 'stop', 'pause', 'resume', 'unfreeze', 'retry-failed', 'replan', 'host-back']),
  round: Count.exactOptional(),
  by: Person,
  at: Millis,
});

/** What somebody has chosen for a machine. */
const ChoiceWord = z.strictObject({
  kind: z.literal('instruction'),
  intake: Text,
  what: z.literal('choice'),
  machine: MachineId,
  choice: z.enum([...First.options, 'leave']),
  by: Person,
  at: Millis,
});

const Review = z.strictObject({
  kind: z.literal('review'),
  intake: Text,
  wasRight: z.boolean(),
  note: Text,
  by: Person,
  at: Millis,
});

/** A plan as read from the ledger. */
export const PlanSchema: z.ZodType<Plan> = z.strictObject({
  number: Count,
  directory: DirectoryPartSchema,
  hosts: z.strictObject({ settings: z.array(SettingChange), envelope: Envelope.nullable() }),
  forecast: Forecast.nullable().default(null),
  verdicts: z.array(
    z.strictObject({ check: Text, verdict: z.enum(['ok', 'warn', 'refuse']), sentence: Text, remedy: Text }),
  ),
  server: Text,
  observedAt: Millis,
  rules: Text,
  decideBy: Millis,
  fingerprint: Text,
});

/** Stands in the stored text for a list of an outcome that is the plan's own, value for value. */
export const PLANNED = 'planned';

const Values = z.union([z.literal(PLANNED), z.array(Text)]);

const Outcome = z.strictObject({
  kind: z.enum(['changed', 'already-so', 'by-hand', 'failed', 'stale']),
  inferred: z.boolean(),
  added: Values,
  kept: Values,
  removed: Values,
  trusted: z.boolean(),
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
  ...(['planning', 'waiting', 'approved', 'running', 'awaiting-hand'] as const),
  ...(['done', 'partial', 'failed', 'stuck', 'stopped', 'stale'] as const),
  ...(['denied', 'expired', 'withdrawn', 'already-so', 'refused'] as const),
]);

/**
 * A request record as read from the ledger: in place of the plan the SHA-256 of its text (a whole plan is understood too), and
 * `PLANNED` in place of what an outcome has in common with the plan.
 */
export const StoredRecordSchema = z.strictObject({
  id: Text,
  label: z.string().regex(/^R-\d{1,12}$/),
  rev: Count,
  state: State,
  passed: z.array(z.strictObject({ state: State, at: Millis })).default([]),
  intake: signed(Intake),
  card: z.strictObject({ channel: Text }),
  parent: z
    .strictObject({ id: Text, label: Text, effector: z.enum(['directory', 'hyperv']).exactOptional() })
    .nullable(),
  reverses: z.strictObject({ plan: Count, due: Millis, warned: z.boolean() }).nullable(),
  until: Millis.nullable(),
  plan: z.union([z.string().regex(/^[0-9a-f]{64}$/), PlanSchema, z.null()]),
  decisions: z.array(signed(Decision)),
  voided: z.array(z.strictObject({ plan: Count, sentence: Text, at: Millis })),
  instructions: z.array(signed(z.discriminatedUnion('what', [Instruction, ChoiceWord]))),
  heard: z
    .array(
      z.strictObject({
        word: Text,
        at: Millis,
        problem: Problem.nullable(),
        machines: z.array(Text),
      }),
    )
    .default([]),
  review: signed(Review).nullable().default(null),
  steps: z.array(
    z.strictObject({
      guid: Text,
      attribute: z.enum(['msDS-AllowedToDelegateTo', 'userAccountControl']),
      intent: z.strictObject({ at: Millis, worker: Text, server: Text }).nullable(),
      outcome: Outcome.nullable(),
    }),
  ),
  hostSteps: z
    .array(
      z.strictObject({
        host: Text,
        intent: z.strictObject({ at: Millis, worker: Text }).nullable(),
        outcome: z
          .strictObject({
            kind: z.enum(['changed', 'already-so', 'by-hand', 'failed', 'stale']),
            inferred: z.boolean(),
            at: Millis,
            problem: Problem.nullable(),
          })
          .nullable(),
      }),
    )
    .default([]),
  moves: z
    .array(MoveStep)
    .refine(
      (moves) => new Set(moves.map(({ machine }) => machine)).size === moves.length,
      'each machine once',
    )
    .default([]),
  replans: Count.default(0),
  rounds: z.array(Round).max(256).default([]),
  remaining: z
    .array(z.strictObject({ host: Text, machines: z.array(Text) }))
    .nullable()
    .default(null),
  attempt: Count,
  proof: Proof.nullable(),
  trouble: Problem.nullable(),
  ending: z.strictObject({ problem: Problem.nullable(), at: Millis }).nullable(),
  since: Millis,
  audit: z.strictObject({ seq: Count, head: Text }),
});

/** A record in the spelling of the ledger. */
export type StoredRecord = z.infer<typeof StoredRecordSchema>;
