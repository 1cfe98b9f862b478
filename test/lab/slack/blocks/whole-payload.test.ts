import { checkBlocks, checkView, hasTooManyTables, slackComplaints } from '../../../../lab/slack/block-check';
import type { Surface } from '../../../../lab/slack/blocks/rule';
import { everywhere } from '../../../../lab/slack/blocks/rule';
import { shownTypes, table } from '../../../../lab/slack/blocks/table';
import { blockCounts, typeCounts, typeLengths } from '../../../../lab/slack/blocks/totals';
import type { Fields } from '../../../../lab/slack/fields';
import { isTaken, routes } from './routes';
import { filled, ofType, repeated, shapeOf } from './sample';

const plain = (text: string): Fields => ({ type: 'plain_text', text });
const divider = (id?: string): Fields => ({ type: 'divider', ...(id !== undefined && { block_id: id }) });
const button = (id: string): Fields => ({ type: 'button', text: plain('x'), action_id: id });
const actions = (...ids: string[]): Fields => ({ type: 'actions', elements: ids.map(button) });
const markdown = (length: number): Fields => ({ type: 'markdown', text: 'x'.repeat(length) });
const tableOf = (length: number): Fields => ({
  type: 'table',
  rows: [[{ type: 'raw_text', text: 'x'.repeat(length) }]],
});
const dataTable = (length: number): Fields => ({
  type: 'data_table',
  caption: 'x',
  rows: repeated(2, [{ type: 'raw_text', text: 'x'.repeat(length / 2) }]),
});
const container = (...children: Fields[]): Fields => ({
  type: 'container',
  title: plain('x'),
  child_blocks: children,
});
const input = (focus: boolean): Fields => ({
  type: 'input',
  label: plain('x'),
  element: { type: 'plain_text_input', focus_on_load: focus },
});
const modal = (more: Fields): Fields => ({ type: 'modal', title: plain('x'), submit: plain('x'), ...more });

describe('the surfaces', () => {
  const places = Object.entries(table.blocks).flatMap(([type, kind]) =>
    everywhere.map((surface): [string, Surface, boolean] => [type, surface, kind.surfaces.includes(surface)]),
  );

  it.each(places)('take or refuse %s in a %s: %s', (type, surface, isKindTaken) => {
    const refusal = `unsupported type: ${type} [json-pointer:/blocks/0/type]`;
    expect(slackComplaints([ofType('blocks', type)], surface)).toEqual(isKindTaken ? [] : [refusal]);
  });

  const inputs = ['email_text_input', 'url_text_input', 'number_input', 'file_input', 'rich_text_input'];
  it.each(['datetimepicker', ...inputs])('take %s only where its page says', (type) => {
    const block = { type: 'input', label: plain('x'), element: ofType('elements', type) };
    const taken = everywhere.filter((surface) => slackComplaints([block], surface).length === 0);
    expect(taken).toEqual(everywhere.filter((surface) => isTaken('elements', type, surface)));
    expect(taken).not.toEqual(everywhere);
  });
});

describe('a payload as a whole', () => {
  it.each(Object.entries(blockCounts))('of a %s holds no more than %i blocks', (surface, max) => {
    expect(checkBlocks(repeated(max, divider()), surface as Surface)).toEqual([]);
    expect(checkBlocks(repeated(max + 1, divider()), surface as Surface)).toEqual([
      `no more than ${max} items allowed [json-pointer:/blocks]`,
    ]);
  });

  const makers = new Map([
    ['markdown', markdown],
    ['table', tableOf],
    ['data_table', dataTable],
  ]);
  it.each(Object.entries(typeLengths))('has %s blocks of together %i characters', (type, max) => {
    const make = makers.get(type) ?? (() => divider());
    const both = (length: number): Fields[] => [make(max / 2), make(length)];
    const said = `all ${type} blocks together must be less than ${max + 1} characters [json-pointer:/blocks]`;
    expect(slackComplaints(both(max / 2), 'message')).toEqual([]);
    expect(slackComplaints(both(max / 2 + 2), 'message')).toEqual([said]);
  });

  it('has one table, which Slack tells by an error of its own, and two visualizations', () => {
    expect(Object.keys(typeCounts)).toEqual(['table', 'data_visualization']);
    expect(hasTooManyTables([tableOf(1)])).toBe(false);
    expect(hasTooManyTables([tableOf(1), container(tableOf(1))])).toBe(true);
    const charts = (count: number): Fields[] => repeated(count, ofType('blocks', 'data_visualization'));
    expect(slackComplaints(charts(2), 'message')).toEqual([]);
    expect(slackComplaints(charts(3), 'message')).toEqual([
      'no more than 2 data_visualization blocks allowed [json-pointer:/blocks]',
    ]);
  });

  it('names every block once, those in a container too', () => {
    expect(checkBlocks([divider('a'), container(divider('b'))], 'message')).toEqual([]);
    expect(checkBlocks([divider('a'), container(divider('a'))], 'message')).toEqual([
      '`block_id` "a" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
    ]);
  });

  it('names every element once in its block', () => {
    expect(checkBlocks([actions('a', 'b'), actions('a')], 'message')).toEqual([]);
    expect(checkBlocks([actions('a', 'a')], 'message')).toEqual([
      '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ]);
  });

  it('puts one element of a view into focus', () => {
    expect(checkView(modal({ blocks: [input(true), input(false)] }), 'modal')).toEqual([]);
    expect(checkView(modal({ blocks: [input(true), input(true)] }), 'modal')).toEqual([
      'only one element may have focus_on_load [json-pointer:/view/blocks/1]',
    ]);
    const menus = repeated(2, { type: 'users_select', focus_on_load: true });
    expect(checkView(modal({ blocks: [{ type: 'actions', elements: menus }] }), 'modal')).toEqual([
      'only one element may have focus_on_load [json-pointer:/view/blocks/0]',
    ]);
  });

  it('of a modal with an input has a submit button; that of Home has none', () => {
    const { submit: _submit, ...without } = modal({ blocks: [divider(), input(false)] });
    expect(checkView(without, 'modal')).toEqual([
      'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]',
    ]);
    expect(checkView({ ...without, blocks: [divider()] }, 'modal')).toEqual([]);
    expect(checkView({ type: 'home', blocks: [input(false)] }, 'home')).toEqual([]);
  });
});

describe('what the page cannot show', () => {
  it('is told apart from what Slack does not know', () => {
    const video = ofType('blocks', 'video');
    expect(checkBlocks([video, { type: 'marquee' }], 'message')).toEqual([
      'the stand-in does not show video [json-pointer:/blocks/0/type]',
      'unsupported type: marquee [json-pointer:/blocks/1/type]',
    ]);
    const image = { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } };
    expect(checkBlocks([image], 'message')).toEqual([
      'the stand-in does not show slack_file [json-pointer:/blocks/0/slack_file]',
    ]);
  });

  const typed = routes().filter(({ section }) => section !== 'objects');
  it.each(typed.map((route) => [route.section, route.name, route] as const))(
    'is refused, or shown: %s %s',
    (section, name, route) => {
      const block = route.wrap(filled(shapeOf(section, name)));
      const isShown = new Map<string, readonly string[]>(Object.entries(shownTypes))
        .get(section)
        ?.includes(name);
      const refusal = `the stand-in does not show ${name} [json-pointer:${route.pointer}/type]`;
      expect(slackComplaints([block], route.surface)).toEqual([]);
      expect(checkBlocks([block], route.surface).includes(refusal)).toBe(!isShown);
    },
  );
});
