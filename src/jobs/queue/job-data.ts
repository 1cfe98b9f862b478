import { z } from 'zod';

/** What a job carries: the id of its request and nothing else. Anything else was put there by nobody of ours. */
export const JobData = z.strictObject({ request: z.string().min(1).max(64) });

/** A question and the time (milliseconds since 1970) after which nobody listens any more: a late worker drops it. */
export const QuestionData = z.strictObject({ question: z.unknown(), until: z.number().int() });
