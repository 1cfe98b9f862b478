import { randomBytes } from 'node:crypto';
import { isInteractive } from './blocks/elements';
import type { Fields } from './fields';
import { fieldsIn, isFields } from './fields';

/**
 * A copy of the blocks in which every block has a block_id and every interactive element an action_id, as Slack gives
 * them; blocks within a container too. Slack drops the block_id that an app gives to a markdown block.
 */
export function assignIds(blocks: Fields[]): Fields[] {
  const copy = structuredClone(blocks);
  for (const block of allBlocks(copy)) {
    if (block['type'] === 'markdown') block['block_id'] = shortId();
    block['block_id'] ??= shortId();
    for (const element of elementsOf(block)) {
      if (isInteractive(element['type'])) element['action_id'] ??= shortId();
    }
  }
  return copy;
}

/** The blocks and, after each container, what it holds. */
export function allBlocks(blocks: Fields[]): Fields[] {
  return blocks.flatMap((block) => [block, ...fieldsIn(block['child_blocks'])]);
}

/** The elements of one block: accessory, the elements of actions and context, the element of an input. */
export function elementsOf(block: Fields): Fields[] {
  return [block['accessory'], block['element'], ...fieldsIn(block['elements'])].filter((item) =>
    isFields(item),
  );
}

function shortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
