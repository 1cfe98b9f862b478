import { z } from 'zod';
import { canonicalText } from '../../core/canonical';

const Where = z.strictObject({
  channel: z.string().max(40),
  thread: z.string().max(40).nullable(),
});

/** Where the person was who opened a form: what comes of it is told there. An empty channel is nowhere, as on Home. */
export type Where = z.infer<typeof Where>;

/** A form's metadata: where it was opened. */
export function writeWhere({ channel, thread }: Where): string {
  return canonicalText({ channel, thread });
}

/** Nowhere, when the metadata is none of ours. */
export function readWhere(metadata: string): Where {
  try {
    return Where.parse(JSON.parse(metadata));
  } catch {
    return { channel: '', thread: null };
  }
}
