import { ApiError } from '../api-error';
import { areBlocksTooLong, checkBlocks, hasTooManyTables } from '../block-check';
import type { Fields } from '../fields';
import { isFields } from '../fields';
import type { Content } from '../messages';
import type { Arguments } from './arguments';

/** Longer texts are cut by Slack; here they are refused so that nobody relies on it. */
const textLimit = 40_000;

/** What Slack takes as metadata, in bytes of JSON. */
const metadataLimit = 16_000;

/** How many attachments Slack takes. */
const attachmentLimit = 100;

/** Arguments that Slack takes and this stand-in does not show; refused rather than shown by halves. */
const unsupported = ['markdown_text', 'file_ids', 'reply_broadcast'];

/** Text, blocks and metadata of a message, checked as Slack checks them. `mayBeBare`: neither text nor blocks is enough. */
export function messageContent(args: Arguments, mayBeBare = false): Content {
  const attachments = args.objects('attachments', 'invalid_attachments') ?? [];
  if (attachments.length > attachmentLimit) throw new ApiError('too_many_attachments');
  const refused = unsupported.filter((name) => args.has(name) && args.text(name) !== 'false');
  if (attachments.length > 0) refused.push('attachments');
  if (refused.length > 0) throw new ApiError('unsupported_by_stand_in', refused);
  const content = {
    text: args.text('text'),
    blocks: args.objects('blocks', 'invalid_blocks_format'),
    metadata: args.object('metadata', 'invalid_metadata_format'),
  };
  checkParts(content);
  return mayBeBare ? content : withSomething(content);
}

/**
 * Throws `invalid_blocks` with pointers, `invalid_attachments` for more than one table, `msg_blocks_too_long`,
 * `msg_too_long`, `invalid_metadata_format`, `metadata_too_large` or `no_text`.
 */
export function checkedContent(content: Content): Content {
  checkParts(content);
  return withSomething(content);
}

function withSomething(content: Content): Content {
  if (!content.text && (content.blocks ?? []).length === 0) throw new ApiError('no_text');
  return content;
}

function checkParts({ text, blocks, metadata }: Content): void {
  if (blocks) checkContentBlocks(blocks);
  if (text && text.length > textLimit) throw new ApiError('msg_too_long');
  if (metadata) checkMetadata(metadata);
}

function checkContentBlocks(blocks: Fields[]): void {
  const complaints = checkBlocks(blocks, 'message');
  if (complaints.length > 0)
    throw new ApiError(
      'invalid_blocks',
      complaints.map((line) => `[ERROR] ${line}`),
    );
  // Slack keeps tables as attachments, hence the name of the error.
  if (hasTooManyTables(blocks)) throw new ApiError('invalid_attachments', ['[ERROR] only_one_table_allowed']);
  if (areBlocksTooLong(blocks)) throw new ApiError('msg_blocks_too_long');
}

function checkMetadata(metadata: Fields): void {
  if (Object.keys(metadata).length === 0) return;
  const { event_type: eventType, event_payload: payload } = metadata;
  if (typeof eventType !== 'string' || !/^\w+$/.test(eventType) || !isFields(payload))
    throw new ApiError('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(metadata)) > metadataLimit) throw new ApiError('metadata_too_large');
}
