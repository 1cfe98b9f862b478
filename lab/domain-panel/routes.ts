import { z } from 'zod';
import type { PracticeDirectory } from '../directory/practice-directory';
import type { ExtraRoute } from '../slack/options';
import { kdcWords } from './kdc-words';
import { pictureOf } from './picture';

const SILENT = 'The domain does not answer.';

const Edit = z.strictObject({
  host: z.string(),
  add: z.array(z.string()).optional(),
  delete: z.array(z.string()).optional(),
  /** Whether “Use any authentication protocol” shall be set; absent: as it is. */
  anyProtocol: z.boolean().optional(),
});

/**
 * The routes of the page's Domain panel. `GET /_lab/domain` is what the directory holds and the KDC says now (`fresh=1`
 * asks about every pair again), `POST /_lab/domain/edit` an edit by an administrator who is not Handover; `onEdit` hears of it.
 */
export function domainRoutes(directory: PracticeDirectory, onEdit: () => void): Record<string, ExtraRoute> {
  const words = kdcWords(directory);
  return {
    'GET /_lab/domain': async ({ query }) => {
      const readAt = new Date();
      if (query.get('fresh') === '1') words.forget();
      try {
        const [held, controls] = await Promise.all([directory.readDelegations(), directory.readControls()]);
        const asked = await words.ask({ lists: held, controls });
        return { ok: true, ...pictureOf({ directory, held, asked, readAt }) };
      } catch (error) {
        console.error('The Domain panel got no answer', error);
        return { ok: false, error: 'no_verdict', detail: `${SILENT} What is shown is from before.` };
      }
    },
    'POST /_lab/domain/edit': async ({ body }) => {
      const edit = Edit.safeParse(body);
      if (!edit.success)
        return { ok: false, error: 'invalid_arguments', detail: z.prettifyError(edit.error) };
      const { host, add = [], delete: remove = [], anyProtocol } = edit.data;
      try {
        if (add.length + remove.length > 0) await directory.editDelegation(host, { add, delete: remove });
        if (anyProtocol !== undefined) await directory.editTrust(host, anyProtocol);
        onEdit();
        return { ok: true };
      } catch (error) {
        return { ok: false, error: 'not_edited', detail: notEdited(host, error) };
      }
    },
  };
}

/** LDAP result codes (RFC 4511 4.1.9), found in whatever form the error has. */
function notEdited(host: string, error: unknown): string {
  const text = messageOf(error);
  const hex = /0x([0-9a-f]+)/i.exec(text)?.[1];
  const decimal = /result (\d+)/i.exec(text)?.[1];
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
  if (code === 20) return `${host} holds this already. Nothing was changed.`;
  if (code === 16) return `${host} does not hold this. Nothing was changed.`;
  console.error('An edit by another administrator failed', error);
  return Number.isNaN(code)
    ? `${SILENT} Whether ${host} was changed is not known; look at its list.`
    : `The directory refused (LDAP result ${code}). Nothing was changed.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
