import type { z } from 'zod';
import { invariant } from '../../core/problem';

/** What a schema made of something that is to be recorded. Throws when it could not be read back: it would be lost, and nothing was sent yet. */
export function requireReadable<T>(parsed: z.ZodSafeParseResult<T>, within: readonly string[] = []): T {
  const path = [...within, ...(parsed.error?.issues[0]?.path ?? [])].join('.');
  invariant(parsed.success, `what is recorded can be read back: ${path}`);
  return parsed.data;
}
