import { z } from 'zod';
import type { PracticeDirectory } from '../directory/practice-directory';
import type { ExtraRoute } from '../slack/options';
import { kdcWords } from './kdc-words';
import { pictureOf } from './picture';

const Edit = z.strictObject({
  host: z.string(),
  add: z.array(z.string()).optional(),
  delete: z.array(z.string()).optional(),
});

/**
 * The routes of the page's Domain panel. `GET /_lab/domain` is what the directory holds and the KDC says now (`fresh=1`
 * asks about every pair again), `POST /_lab/domain/edit` an edit by an administrator who is not Handover.
 */
export function domainRoutes(directory: PracticeDirectory): Record<string, ExtraRoute> {
  const words = kdcWords(directory);
  return {
    'GET /_lab/domain': async ({ query }) => {
      const readAt = new Date();
      if (query.get('fresh') === '1') words.forget();
      try {
        const held = await directory.readDelegations();
        const asked = await words.ask(held);
        return { ok: true, ...pictureOf({ directory, held, asked, readAt }) };
      } catch (error) {
        return { ok: false, error: 'no_verdict', detail: `The domain did not answer. ${messageOf(error)}` };
      }
    },
    'POST /_lab/domain/edit': async ({ body }) => {
      const edit = Edit.safeParse(body);
      if (!edit.success)
        return { ok: false, error: 'invalid_arguments', detail: z.prettifyError(edit.error) };
      const { host, add = [], delete: remove = [] } = edit.data;
      try {
        await directory.editDelegation(host, { add, delete: remove });
        return { ok: true };
      } catch (error) {
        return { ok: false, error: 'not_edited', detail: notEdited(host, error) };
      }
    },
  };
}

function notEdited(host: string, error: unknown): string {
  const words = messageOf(error);
  if (/TypeOrValueExists|AttributeOrValueExists|0x14\b/i.test(words))
    return `${host} holds this already. Nothing was changed.`;
  if (/NoSuchAttribute|0x10\b/i.test(words)) return `${host} does not hold this. Nothing was changed.`;
  return `The directory refused. Nothing was changed. ${words}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
