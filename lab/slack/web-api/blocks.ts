import { ApiError } from '../api-error';
import { checkBlocks, checkView } from '../block-check';
import type { Fields } from '../fields';
import type { Method } from './method';
import { botMethod } from './method';

/** `blocks.validate`: blocks, a message or a view by the same rules as everywhere else, without sending it. */
export const blockMethods: Record<string, Method> = {
  'blocks.validate': botMethod((_parts, args) => {
    const given = (['blocks', 'message', 'view'] as const).filter((name) => args.has(name));
    const [kind] = given;
    if (!kind || given.length > 1)
      throw new ApiError('invalid_arguments', ['[ERROR] provide exactly one of blocks, message or view']);
    if (kind === 'blocks') {
      const blocks = args.objects('blocks', 'invalid_blocks_format');
      return verdict('invalid_blocks', checkBlocks(blocks, 'message', ''));
    }
    if (kind === 'message') {
      const message = args.object('message', 'invalid_arguments');
      return verdict('invalid_message', checkBlocks(message?.['blocks'] ?? [], 'message'));
    }
    const view = args.object('view', 'invalid_arguments') ?? {};
    const surface = view['type'] === 'home' ? 'home' : 'modal';
    return verdict('invalid_view', checkView(view, surface));
  }),
};

/** Nothing, or `error` with one entry per complaint: JSON pointer, code, message. */
function verdict(error: string, complaints: string[]): Fields {
  if (complaints.length === 0) return {};
  const errors = complaints.map((complaint) => {
    const [, message = complaint, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/s.exec(complaint) ?? [];
    // Pointers start at what was given, as on the page of blocks.validate.
    return { pointer: pointer.replace(/^\/view/, ''), code: 'failed_constraint', message };
  });
  throw new ApiError(error, [], { errors });
}
