import { areBlocksTooLong, checkBlocks, checkView } from '../../../lab/slack/block-check';
import type { Fields } from '../../../lab/slack/fields';

const plain = (length: number): Fields => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number): Fields => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const button = (change: Fields = {}): Fields => ({ type: 'button', text: plain(5), ...change });
const option = (change: Fields = {}): Fields => ({ text: plain(5), value: 'v', ...change });
const actions = (...elements: Fields[]): Fields => ({ type: 'actions', elements });
const input = (element: Fields): Fields => ({ type: 'input', label: plain(5), element });
const confirm = (change: Fields = {}): Fields => ({
  title: plain(5),
  text: plain(5),
  confirm: plain(3),
  deny: plain(2),
  ...change,
});

/** A field at its limit and one past it: what, the block by size, the limit, the pointer of the complaint. */
const limits: [what: string, block: (size: number) => Fields, limit: number, pointer: string][] = [
  ['section text', (size) => ({ type: 'section', text: mrkdwn(size) }), 3000, '/text/text'],
  ['section fields', (size) => ({ type: 'section', fields: times(size, mrkdwn(1)) }), 10, '/fields'],
  ['field text', (size) => ({ type: 'section', fields: [plain(size)] }), 2000, '/fields/0/text'],
  ['header', (size) => ({ type: 'header', text: plain(size) }), 150, '/text/text'],
  ['context elements', (size) => ({ type: 'context', elements: times(size, mrkdwn(1)) }), 10, '/elements'],
  ['actions elements', (size) => actions(...times(size, button())), 25, '/elements'],
  ['block_id', (size) => ({ type: 'divider', block_id: 'x'.repeat(size) }), 255, '/block_id'],
  ['action_id', (size) => actions(button({ action_id: 'x'.repeat(size) })), 255, '/elements/0/action_id'],
  ['button text', (size) => actions(button({ text: plain(size) })), 75, '/elements/0/text/text'],
  ['button value', (size) => actions(button({ value: 'x'.repeat(size) })), 2000, '/elements/0/value'],
  ['button url', (size) => actions(button({ url: 'https://x'.padEnd(size, 'x') })), 3000, '/elements/0/url'],
  [
    'confirm title',
    (size) => actions(button({ confirm: confirm({ title: plain(size) }) })),
    100,
    '/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    (size) => actions(button({ confirm: confirm({ text: plain(size) }) })),
    300,
    '/elements/0/confirm/text/text',
  ],
  [
    'confirm button',
    (size) => actions(button({ confirm: confirm({ deny: plain(size) }) })),
    30,
    '/elements/0/confirm/deny/text',
  ],
  [
    'options',
    (size) => actions({ type: 'static_select', options: times(size, option()) }),
    100,
    '/elements/0/options',
  ],
  [
    'option text',
    (size) => actions({ type: 'static_select', options: [option({ text: plain(size) })] }),
    75,
    '/elements/0/options/0/text/text',
  ],
  [
    'option value',
    (size) => actions({ type: 'static_select', options: [option({ value: 'x'.repeat(size) })] }),
    150,
    '/elements/0/options/0/value',
  ],
  [
    'radio options',
    (size) => actions({ type: 'radio_buttons', options: times(size, option()) }),
    10,
    '/elements/0/options',
  ],
  [
    'checkboxes',
    (size) => actions({ type: 'checkboxes', options: times(size, option()) }),
    10,
    '/elements/0/options',
  ],
  [
    'overflow options',
    (size) => actions({ type: 'overflow', options: times(size, option()) }),
    5,
    '/elements/0/options',
  ],
  [
    'placeholder',
    (size) => input({ type: 'plain_text_input', placeholder: plain(size) }),
    150,
    '/element/placeholder/text',
  ],
  ['label', (size) => ({ ...input({ type: 'plain_text_input' }), label: plain(size) }), 2000, '/label/text'],
  ['hint', (size) => ({ ...input({ type: 'plain_text_input' }), hint: plain(size) }), 2000, '/hint/text'],
  [
    'image alt text',
    (size) => ({ type: 'image', image_url: 'https://x', alt_text: 'x'.repeat(size) }),
    2000,
    '/alt_text',
  ],
];

describe('the block check', () => {
  it.each(limits)('takes %s at the limit and refuses one more', (_what, block, limit, pointer) => {
    expect(checkBlocks([block(limit)], 'message')).toEqual([]);
    expect(checkBlocks([block(limit + 1)], 'message')).toEqual([
      expect.stringContaining(`[json-pointer:/blocks/0${pointer}]`),
    ]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown block', { type: 'marquee' }, 'unsupported type: marquee [json-pointer:/blocks/0/type]'],
    [
      'a name of every object',
      { type: 'toString' },
      'unsupported type: toString [json-pointer:/blocks/0/type]',
    ],
    ['a block that is no object', 'divider', 'must provide an object [json-pointer:/blocks/0]'],
    [
      'a section of nothing',
      { type: 'section' },
      'missing required field: text or fields [json-pointer:/blocks/0]',
    ],
    [
      'an empty text',
      { type: 'section', text: mrkdwn(0) },
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'text that is a string',
      { type: 'section', text: 'x' },
      'must provide an object [json-pointer:/blocks/0/text]',
    ],
    [
      'markup in a header',
      { type: 'header', text: mrkdwn(1) },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'an unknown field',
      { type: 'divider', colour: 'red' },
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'an emoji flag on markup',
      { type: 'section', text: { ...mrkdwn(1), emoji: true } },
      'invalid additional property: emoji [json-pointer:/blocks/0/text]',
    ],
    [
      'an unknown style',
      actions(button({ style: 'loud' })),
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a button with a number as value',
      actions(button({ value: 1 })),
      'must provide a string [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an input among actions',
      actions({ type: 'plain_text_input' }),
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['no actions', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      'an option without a value',
      actions({ type: 'overflow', options: [{ text: plain(1) }] }),
      'missing required field: value [json-pointer:/blocks/0/elements/0/options/0]',
    ],
    [
      'a select without options',
      actions({ type: 'static_select' }),
      'missing required field: options or option_groups [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a length out of range',
      input({ type: 'plain_text_input', max_length: 3001 }),
      'must be at most 3000 [json-pointer:/blocks/0/element/max_length]',
    ],
  ])('refuses %s', (_what, block, complaint) => {
    expect(checkBlocks([block], 'message')).toEqual([complaint]);
  });

  it('refuses what is no list', () => {
    expect(checkBlocks({}, 'message')).toEqual(['must provide an array [json-pointer:/blocks]']);
  });

  it('finds the blocks of a message too long together at 11,000 characters', () => {
    const section = { type: 'section', text: mrkdwn(2750) };
    expect(areBlocksTooLong(times(4, section))).toBe(false);
    expect(areBlocksTooLong([...times(4, section), { type: 'section', text: mrkdwn(1) }])).toBe(true);
  });

  it('lets markdown have its own 12,000 characters, and 13,000 with all else', () => {
    const markdown = { type: 'markdown', text: 'x'.repeat(12_000) };
    const section = (length: number): Fields => ({ type: 'section', text: mrkdwn(length) });
    expect(areBlocksTooLong([markdown, section(1000)])).toBe(false);
    expect(areBlocksTooLong([markdown, section(1001)])).toBe(true);
  });

  it.each<[string, Fields, string[]]>([
    ['a good modal', {}, []],
    [
      'a long title',
      { title: plain(25) },
      ['must be less than 25 characters [json-pointer:/view/title/text]'],
    ],
    [
      'a long button',
      { submit: plain(25) },
      ['must be less than 25 characters [json-pointer:/view/submit/text]'],
    ],
    [
      'no submit for an input',
      { submit: undefined },
      ['must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]'],
    ],
    [
      'long metadata',
      { private_metadata: 'x'.repeat(3001) },
      ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
    ],
    [
      'a bad block',
      { blocks: [{ type: 'marquee' }] },
      ['unsupported type: marquee [json-pointer:/view/blocks/0/type]'],
    ],
    ['no blocks', { blocks: undefined }, ['missing required field: blocks [json-pointer:/view]']],
    ['an unknown field', { width: 1 }, ['invalid additional property: width [json-pointer:/view]']],
  ])('judges %s', (_what, change, complaints) => {
    const modal = {
      type: 'modal',
      title: plain(24),
      submit: plain(24),
      blocks: [input({ type: 'plain_text_input' })],
    };
    const view = JSON.parse(JSON.stringify({ ...modal, ...change })) as Fields;
    expect(checkView(view, 'modal')).toEqual(complaints);
  });

  it('refuses the parts of a modal on the Home tab', () => {
    expect(checkView({ type: 'home', blocks: [] }, 'home')).toEqual([]);
    expect(checkView({ type: 'home', title: plain(1), blocks: [] }, 'home')).toEqual([
      'invalid additional property: title [json-pointer:/view]',
    ]);
  });
});
