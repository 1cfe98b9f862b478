import type { WebClient } from '@slack/web-api';
import type { Clock, Conversation } from '../../core/ports';
import { CLOSED, unless } from './refused-calls';

/** Refusals by docs.slack.dev that no repeating helps against: the workspace or the app's scopes forbid files, or this one. */
const REFUSED = [
  'missing_scope',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'file_upload_size_restricted',
  'file_type_not_allowed',
  'storage_limit_reached',
  'restricted_action',
];

/** How long sending the bytes may take, in milliseconds: as one call, shorter than the lease of the delivery lives. */
const SEND_DEADLINE_MS = 5_000;

/** How bytes get to Slack: `send` goes only where the mode allows. */
export interface FileWay {
  readonly send: typeof fetch;
  readonly clock: Pick<Clock, 'wait'>;
}

/** Sharing files by Slack's external upload: an address is asked for, gets the bytes, and the file is completed where it is to stand. */
export function fileSharing(
  web: WebClient,
  { send, clock }: FileWay,
): Pick<Conversation<never>, 'upload' | 'share'> {
  return {
    async upload({ name, content }) {
      const bytes = Buffer.from(content, 'utf8');
      const place = await unless(REFUSED, () =>
        web.files.getUploadURLExternal({ filename: name, length: bytes.length }),
      );
      if (place === null) return 'refused';
      const { upload_url: address = '', file_id: id = '' } = place;
      const [late, over] = [new AbortController(), new AbortController()];
      void clock.wait(SEND_DEADLINE_MS, over.signal).then(() => late.abort());
      try {
        const headers = { 'content-type': 'application/octet-stream' };
        const sent = await send(address, { method: 'POST', headers, body: bytes, signal: late.signal });
        await sent.body?.cancel();
        if (!sent.ok) throw new Error(`Slack did not take the bytes of ${name}: HTTP ${sent.status}`);
        return { id };
      } finally {
        over.abort();
      }
    },
    async share({ channel, thread }, { id, title, comment }) {
      const completing = {
        files: [{ id, title }] as [{ id: string; title: string }],
        initial_comment: comment,
      };
      const where = thread === null ? { channel_id: channel } : { channel_id: channel, thread_ts: thread };
      const complete = (): Promise<unknown> => web.files.completeUploadExternal({ ...completing, ...where });
      const shared = await unless(REFUSED, async () =>
        (await unless(CLOSED, complete)) === null ? ('closed' as const) : ('shared' as const),
      );
      return shared ?? 'refused';
    },
  };
}
