import { randomBytes } from 'node:crypto';
import type { Fields } from './fields';
import { fieldsIn, isFields } from './fields';

/** A copy of the blocks in which every block has a block_id and every interactive element an action_id, as Slack gives them. */
export function assignIds(blocks: Fields[]): Fields[] {
  return structuredClone(blocks).map((block) => {
    block['block_id'] ??= shortId();
    for (const element of elementsOf(block)) {
      if (element['type'] !== 'image' && !isText(element)) element['action_id'] ??= shortId();
    }
    return block;
  });
}

/** The elements of one block: accessory, the elements of actions and context, the element of an input. */
export function elementsOf(block: Fields): Fields[] {
  return [block['accessory'], block['element'], ...fieldsIn(block['elements'])].filter((item) =>
    isFields(item),
  );
}

function isText(element: Fields): boolean {
  return element['type'] === 'plain_text' || element['type'] === 'mrkdwn';
}

function shortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
