import { ApiError } from '../api-error';
import { textIn } from '../fields';
import { fileObject } from '../uploads';
import { app } from '../workspace';
import type { Method } from './method';
import { botMethod } from './method';
import { openChannel, visibleChannel } from './places';

/** Uploading in two steps; shared files are listed in their message, their content is not kept. */
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
    const files = given.map((file) => {
      const upload = parts.uploads.arrived(textIn(file, 'id'));
      if (!upload) throw new ApiError('file_not_found');
      return fileObject(upload, { title: textIn(file, 'title'), user: app.botUser });
    });
    for (const name of ['channels', 'blocks'])
      if (args.has(name)) throw new ApiError('unsupported_by_stand_in', [name]);
    if (args.has('channel_id')) {
      const channel = openChannel(visibleChannel(parts, args, 'channel_id'), parts);
      const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser };
      parts.messages.post(placement, { text: args.text('initial_comment') ?? '', files });
    }
    return { files };
  }),
};
