import { ApiError } from '../api-error';
import { textIn } from '../fields';
import { fileObject } from '../uploads';
import { app } from '../workspace';
import type { Method } from './method';
import { botMethod } from './method';
import { openChannel, visibleChannel } from './places';

/** What Slack takes as a channel here: ids only, and no person's (hence no `U…` for a direct message). */
const channelId = /^[CGD][A-Z0-9]{2,}$/;

/** Uploading in two steps; a file is completed once, and stands in its message from then on. */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': botMethod((parts, args) => {
    const name = args.need('filename', 'missing_argument');
    const length = Number(args.need('length', 'missing_argument'));
    if (!Number.isInteger(length) || length < 1)
      throw new ApiError('invalid_arguments', ['[ERROR] length must be a positive integer']);
    const { path, upload } = parts.uploads.announce(name, length);
    return { upload_url: `http://${parts.authority}${path}`, file_id: upload.id };
  }),

  'files.completeUploadExternal': botMethod((parts, args) => {
    const given = args.objects('files', 'invalid_arguments') ?? [];
    if (given.length === 0)
      throw new ApiError('invalid_arguments', ['[ERROR] missing required field: files']);
    const uploads = given.map((file) => {
      const upload = parts.uploads.arrived(textIn(file, 'id'));
      if (!upload) throw new ApiError('file_not_found');
      return upload;
    });
    const files = uploads.map((upload, at) =>
      fileObject(upload, { title: textIn(given[at] ?? {}, 'title'), user: app.botUser }),
    );
    if (args.has('channels')) throw new ApiError('unsupported_by_stand_in', ['channels']);
    if (args.has('blocks') && !args.has('initial_comment'))
      throw new ApiError('unsupported_by_stand_in', ['blocks']);
    if (args.has('thread_ts') && !args.has('channel_id'))
      throw new ApiError('invalid_arguments', ['[ERROR] thread_ts needs a channel_id']);
    if (args.has('channel_id')) {
      if (!channelId.test(args.text('channel_id') ?? ''))
        throw new ApiError('invalid_arguments', ['[ERROR] invalid channel_id']);
      const channel = openChannel(visibleChannel(parts, args, 'channel_id'), parts);
      const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser };
      parts.messages.post(placement, { text: args.text('initial_comment') ?? '', files });
    }
    for (const upload of uploads) upload.isComplete = true;
    return { files };
  }),
};
