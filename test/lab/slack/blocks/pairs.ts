import type { Fields } from '../../../../lab/slack/fields';
import { ofType, repeated } from './sample';

const plain = (length: number): Fields => ({ type: 'plain_text', text: 'x'.repeat(length) });
const section = (length: number): Fields => ({
  type: 'section',
  text: { type: 'mrkdwn', text: 'x'.repeat(length) },
});
const actions = (element: Fields): Fields => ({ type: 'actions', elements: [element] });
const button = (more: Fields): Fields => actions({ type: 'button', text: plain(1), ...more });
const input = (element: Fields): Fields => ({ type: 'input', label: plain(1), element });
const option = (value: string): Fields => ({ text: plain(1), value });
const menu = (initial: string): Fields =>
  actions({ type: 'static_select', options: [option('a')], initial_option: option(initial) });
const cells = (count: number): Fields => ({
  type: 'table',
  rows: [repeated(count, { type: 'raw_text', text: 'x' })],
});
const rich = (name: string): Fields => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: name }] }],
});

/** Something taken, and something refused with `error` and, if there is one, this message. */
export interface Pair {
  readonly rule: string;
  readonly good: Fields;
  readonly bad: Fields;
  readonly error: string;
  readonly message?: string;
}

const blocks = (good: Fields[], bad: Fields[], message: string, rule = message): Pair => ({
  rule,
  good: { text: 'x', blocks: good },
  bad: { text: 'x', blocks: bad },
  error: 'invalid_blocks',
  message: `[ERROR] ${message}`,
});

/** One pair of messages for each kind of rule, and for each error that a whole message can have. */
export const messages: readonly Pair[] = [
  blocks(
    [section(3000)],
    [section(3001)],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ),
  blocks([section(1)], [section(0)], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'),
  blocks(
    repeated(50, { type: 'divider' }),
    repeated(51, { type: 'divider' }),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ),
  blocks([cells(20)], [cells(21)], 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'),
  blocks([cells(1)], [cells(0)], 'no fewer than 1 items allowed [json-pointer:/blocks/0/rows/0]'),
  blocks(
    [{ type: 'header', text: plain(1), level: 4 }],
    [{ type: 'header', text: plain(1), level: 5 }],
    'must be at most 4 [json-pointer:/blocks/0/level]',
  ),
  blocks(
    [button({ style: 'danger' })],
    [button({ style: 'loud' })],
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ),
  blocks(
    [button({ value: '5' })],
    [button({ value: 5 })],
    'must provide a string [json-pointer:/blocks/0/elements/0/value]',
  ),
  blocks(
    [{ ...section(1), expand: true }],
    [{ ...section(1), expand: 'yes' }],
    'must provide a boolean [json-pointer:/blocks/0/expand]',
  ),
  blocks(
    [section(1)],
    [{ type: 'section', text: 'x' }],
    'must provide an object [json-pointer:/blocks/0/text]',
  ),
  blocks(
    [section(1)],
    [{ type: 'section', fields: 'x' }],
    'must provide an array [json-pointer:/blocks/0/fields]',
  ),
  blocks(
    [section(1)],
    [{ type: 'section' }],
    'missing required field: text or fields [json-pointer:/blocks/0]',
  ),
  blocks(
    [{ type: 'divider' }],
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ),
  blocks(
    [{ type: 'header', text: plain(1) }],
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ),
  blocks(
    [rich('here')],
    [rich('all')],
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/elements/0/range]',
  ),
  blocks(
    [actions({ type: 'datepicker', initial_date: '2026-02-28' })],
    [actions({ type: 'datepicker', initial_date: '2026-02-30' })],
    'must be a date like 2026-11-23 [json-pointer:/blocks/0/elements/0/initial_date]',
  ),
  blocks(
    [menu('a')],
    [menu('b')],
    'must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]',
  ),
  blocks(
    [{ type: 'divider', block_id: 'a' }, section(1)],
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
  ),
  blocks(
    [input({ type: 'plain_text_input' })],
    [{ type: 'alert', text: plain(1) }],
    'unsupported type: alert [json-pointer:/blocks/0/type]',
  ),
  blocks([section(1)], [ofType('blocks', 'file')], 'unsupported type: file [json-pointer:/blocks/0/type]'),
  blocks(
    [section(1)],
    [ofType('blocks', 'card')],
    'the stand-in does not show card [json-pointer:/blocks/0/type]',
  ),
  blocks(
    repeated(2, { type: 'markdown', text: 'x'.repeat(6000) }),
    repeated(2, { type: 'markdown', text: 'x'.repeat(6001) }),
    'all markdown blocks together must be less than 12001 characters [json-pointer:/blocks]',
  ),
  {
    rule: 'one table',
    good: { blocks: [cells(1)] },
    bad: { blocks: [cells(1), cells(1)] },
    error: 'invalid_attachments',
    message: '[ERROR] only_one_table_allowed',
  },
  {
    rule: 'the length of all blocks',
    good: { blocks: repeated(4, section(2750)) },
    bad: { blocks: repeated(5, section(2750)) },
    error: 'msg_blocks_too_long',
  },
  {
    rule: 'the length of the text',
    good: { text: 'x'.repeat(40_000) },
    bad: { text: 'x'.repeat(40_001) },
    error: 'msg_too_long',
  },
  { rule: 'text or blocks', good: { blocks: [{ type: 'divider' }] }, bad: { blocks: [] }, error: 'no_text' },
  {
    rule: 'a list of blocks',
    good: { text: 'x', blocks: [] },
    bad: { text: 'x', blocks: {} },
    error: 'invalid_blocks_format',
  },
  {
    rule: 'metadata of a type and a payload',
    good: { text: 'x', metadata: { event_type: 'asked', event_payload: { id: 'R-1' } } },
    bad: { text: 'x', metadata: { event_type: 'asked' } },
    error: 'invalid_metadata_format',
  },
  {
    rule: 'a word as the type of metadata',
    good: { text: 'x', metadata: { event_type: 'asked_1', event_payload: {} } },
    bad: { text: 'x', metadata: { event_type: 'asked for', event_payload: {} } },
    error: 'invalid_metadata_format',
  },
  {
    rule: 'the size of metadata',
    good: { text: 'x', metadata: { event_type: 'asked', event_payload: { id: 'x'.repeat(15_900) } } },
    bad: { text: 'x', metadata: { event_type: 'asked', event_payload: { id: 'x'.repeat(16_000) } } },
    error: 'metadata_too_large',
  },
];

const home = (more: Fields): Fields => ({ type: 'home', blocks: [], ...more });
const inHome = (good: Fields, bad: Fields, message: string): Pair => ({
  rule: message,
  good: home(good),
  bad: home(bad),
  error: 'invalid_arguments',
  message: `[ERROR] ${message}`,
});

/** Pairs of Home tabs. */
export const homes: readonly Pair[] = [
  inHome(
    { private_metadata: 'x'.repeat(3000) },
    { private_metadata: 'x'.repeat(3001) },
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ),
  inHome({}, { title: plain(1) }, 'invalid additional property: title [json-pointer:/view]'),
  inHome(
    { blocks: repeated(100, { type: 'divider' }) },
    { blocks: repeated(101, { type: 'divider' }) },
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ),
  inHome(
    { blocks: [input({ type: 'plain_text_input' })] },
    { blocks: [input({ type: 'email_text_input' })] },
    'unsupported type: email_text_input [json-pointer:/view/blocks/0/element/type]',
  ),
  inHome(
    { blocks: [section(1)] },
    { blocks: [{ type: 'markdown', text: 'x' }] },
    'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
  ),
  inHome(
    { blocks: [input({ type: 'plain_text_input', focus_on_load: true })] },
    { blocks: repeated(2, input({ type: 'plain_text_input', focus_on_load: true })) },
    'only one element may have focus_on_load [json-pointer:/view/blocks/1]',
  ),
];

/** A modal at its limits. */
export const goodModal: Fields = {
  type: 'modal',
  title: plain(24),
  submit: plain(24),
  blocks: [{ type: 'alert', text: plain(200) }, input({ type: 'email_text_input' })],
};

/** Changes that make it a bad one, with what Slack says. */
export const modalChanges: readonly (readonly [change: Fields, message: string])[] = [
  [{ title: plain(25) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
  [{ submit_disabled: true }, 'invalid additional property: submit_disabled [json-pointer:/view]'],
  [
    { submit: undefined },
    'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]',
  ],
  [
    { blocks: [{ type: 'alert', text: plain(201) }] },
    'must be less than 201 characters [json-pointer:/view/blocks/0/text/text]',
  ],
];
