import type { KnownBlock } from '@slack/types';
import { listed } from '../../core/delegation/listing';
import { plain } from '../cards/message';
import { counted } from '../cards/text';

/** Says about what nothing could be said. */
export function unreadBlocks(unread: readonly string[]): readonly KnownBlock[] {
  if (unread.length === 0) return [];
  const left = `${counted(unread.length, 'object')} could not be read whole, so nothing is said about them`;
  return [plain(`⚠ ${left}: ${listed(unread, 3)}.`, 700)];
}
