import type { KnownBlock } from '@slack/types';
import type { Message } from './message';

/** What Slack takes in one message. The sum is not documented: 11,341 characters in mixed blocks were refused. */
const MOST_BLOCKS = 50;
const LONGEST_TEXT = 4_000;
const LONGEST_SUM = 11_000;
const LONGEST = { section: 3_000, header: 150, button: 75, value: 2_000, confirm: 300, context: 3_000 };

/** What Slack would refuse in a message, in words; empty for a message that it takes. */
export function overLimits({ text, blocks }: Message): readonly string[] {
  const parts = blocks.flatMap(partsOf);
  const sum = parts.reduce((total, part) => total + part.text.length, 0);
  return [
    ...(text === '' ? ['the message has no text'] : []),
    ...(text.length > LONGEST_TEXT ? [`the text has ${text.length} characters`] : []),
    ...(blocks.length > MOST_BLOCKS ? [`the message has ${blocks.length} blocks`] : []),
    ...(sum > LONGEST_SUM ? [`the blocks have ${sum} characters together`] : []),
    ...parts.filter((part) => part.text === '').map((part) => `a ${part.kind} is empty`),
    ...parts
      .filter((part) => part.text.length > LONGEST[part.kind])
      .map((part) => `a ${part.kind} has ${part.text.length} characters`),
  ];
}

interface Part {
  readonly kind: keyof typeof LONGEST;
  readonly text: string;
}

function partsOf(block: KnownBlock): readonly Part[] {
  switch (block.type) {
    case 'header':
      return [{ kind: 'header', text: block.text.text }];
    case 'section':
      return block.text ? [{ kind: 'section', text: block.text.text }] : [];
    case 'context':
      return block.elements.flatMap((each) => ('text' in each ? [{ kind: 'context', text: each.text }] : []));
    case 'actions':
      return block.elements.flatMap((each) =>
        each.type === 'button'
          ? [
              { kind: 'button', text: each.text.text },
              { kind: 'value', text: each.value ?? '' },
              ...(each.confirm ? [{ kind: 'confirm' as const, text: each.confirm.text.text }] : []),
            ]
          : [],
      );
    default:
      return [];
  }
}
