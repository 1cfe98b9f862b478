import { ApiError } from '../api-error';
import type { Arguments } from './arguments';

/** One page of a list by `limit` and `cursor`, and the cursor of the next page (empty at the end). */
export function pageOf<T>(
  items: T[],
  args: Arguments,
  limits: { usual: number; max: number },
): { items: T[]; nextCursor: string } {
  const limit = Number(args.text('limit') ?? limits.usual);
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.max) throw new ApiError('invalid_limit');
  const start = startOf(args.text('cursor') ?? '');
  const end = start + limit;
  const nextCursor = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), nextCursor };
}

function startOf(cursor: string): number {
  if (cursor === '') return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}
