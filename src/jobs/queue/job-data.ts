import { z } from 'zod';

/** What a job carries: the id of its request and nothing else. Anything else was put there by nobody of ours. */
export const JobData = z.strictObject({ request: z.string().min(1).max(64) });

/** A question and the time (milliseconds since 1970, by Redis' clock) after which nobody listens any more: a late worker drops it. */
export const QuestionData = z.strictObject({ question: z.unknown(), until: z.int() });

/** An answer. That a handler threw is an answer too, so that a failed job always means that nobody answered. */
export const AnswerData = z.union([
  z.strictObject({ ok: z.literal(true), answer: z.unknown() }),
  z.strictObject({ ok: z.literal(false) }),
]);

/** A value as it comes out at the other end of Redis. */
export function throughJson(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
