import { slackComplaints } from '../../../../lab/slack/block-check';
import type { Fields } from '../../../../lab/slack/fields';
import type { RelationName, Surface } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';

const plain = (text: string): Fields => ({ type: 'plain_text', text });
const option = (value: string): Fields => ({ text: plain('x'), value });
const input = (element: Fields, more: Fields = {}): Fields => ({
  type: 'input',
  label: plain('x'),
  element,
  ...more,
});
const menu = (more: Fields): Fields => ({ type: 'actions', elements: [{ type: 'static_select', ...more }] });
const checkboxes = (...initial: Fields[]): Fields =>
  input({ type: 'checkboxes', options: [option('a'), option('b')], initial_options: initial });
const typed = (more: Fields): Fields => input({ type: 'plain_text_input', ...more });
const rich = (more: Fields): Fields => input({ type: 'rich_text_input', action_id: 'a', ...more });
const amount = (more: Fields, isDecimal = false): Fields =>
  input({ type: 'number_input', is_decimal_allowed: isDecimal, ...more });
const files = (more: Fields): Fields => input({ type: 'file_input' }, more);
const raw = { type: 'raw_text', text: 'x' };
const marked = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
const rows = (...all: Fields[][]): Fields => ({ type: 'data_table', caption: 'x', rows: all });
const line = (name: string, ...labels: string[]): Fields => ({
  name,
  data: labels.map((label) => ({ label, value: 1 })),
});
const chart = (...series: Fields[]): Fields => ({
  type: 'data_visualization',
  title: 'x',
  chart: { type: 'line', series, axis_config: { categories: ['a', 'b'] } },
});

interface Pair {
  readonly name: string;
  readonly good: Fields;
  readonly bad: Fields;
  readonly complaint: string;
  readonly surface?: Surface;
}

const notOffered = 'must be one of the options [json-pointer:/blocks/0';

/** A payload that keeps the rule and one that does not, for every rule between fields. */
const pairs: Readonly<Record<RelationName, readonly Pair[]>> = {
  initialIsOption: [
    {
      name: 'the initial option is among the options',
      good: menu({ options: [option('a')], initial_option: option('a') }),
      bad: menu({ options: [option('a')], initial_option: option('b') }),
      complaint: `${notOffered}/elements/0/initial_option]`,
    },
    {
      name: 'the initial option is the whole of an option',
      good: menu({ options: [option('a')], initial_option: option('a') }),
      bad: menu({ options: [option('a')], initial_option: { ...option('a'), text: plain('y') } }),
      complaint: `${notOffered}/elements/0/initial_option]`,
    },
    {
      name: 'the initial option is among those of a group',
      good: menu({
        option_groups: [{ label: plain('x'), options: [option('a')] }],
        initial_option: option('a'),
      }),
      bad: menu({
        option_groups: [{ label: plain('x'), options: [option('a')] }],
        initial_option: option('b'),
      }),
      complaint: `${notOffered}/elements/0/initial_option]`,
    },
    {
      name: 'every initial option is among the options',
      good: checkboxes(option('a'), option('b')),
      bad: checkboxes(option('a'), option('c')),
      complaint: `${notOffered}/element/initial_options/1]`,
    },
  ],
  lengthsFit: [
    {
      name: 'the least length is not more than the most',
      good: typed({ min_length: 3, max_length: 3 }),
      bad: typed({ min_length: 4, max_length: 3 }),
      complaint: 'must not be more than max_length [json-pointer:/blocks/0/element/min_length]',
    },
  ],
  linesFit: [
    {
      name: 'the fewest lines are not more than the most',
      good: rich({ min_lines: 3, max_lines: 3 }),
      bad: rich({ min_lines: 4, max_lines: 3 }),
      complaint: 'must not be more than max_lines [json-pointer:/blocks/0/element/min_lines]',
      surface: 'modal',
    },
  ],
  numbersFit: [
    {
      name: 'the least number is not more than the most',
      good: amount({ min_value: '9', max_value: '10' }),
      bad: amount({ min_value: '11', max_value: '10' }),
      complaint: 'must not be more than max_value [json-pointer:/blocks/0/element/min_value]',
      surface: 'modal',
    },
    {
      name: 'decimals only where they are allowed',
      good: amount({ initial_value: '0.25' }, true),
      bad: amount({ initial_value: '0.25' }),
      complaint:
        'must be a whole number unless is_decimal_allowed [json-pointer:/blocks/0/element/initial_value]',
      surface: 'modal',
    },
  ],
  noDispatchOfFiles: [
    {
      name: 'an input of files dispatches nothing',
      good: files({ dispatch_action: false }),
      bad: files({ dispatch_action: true }),
      complaint: 'unsupported type: file_input [json-pointer:/blocks/0/element/type]',
      surface: 'modal',
    },
  ],
  rowsAlike: [
    {
      name: 'every row has as many cells as the first',
      good: rows([raw, raw], [raw, raw]),
      bad: rows([raw, raw], [raw]),
      complaint: 'must have 2 cells as the first row [json-pointer:/blocks/0/rows/1]',
    },
    {
      name: 'the header holds no rich text',
      good: rows([raw], [marked]),
      bad: rows([marked], [raw]),
      complaint: 'unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]',
    },
  ],
  chartFits: [
    {
      name: 'every series has a point for each category',
      good: chart(line('x', 'b', 'a')),
      bad: chart(line('x', 'a')),
      complaint: 'must have one point for each category [json-pointer:/blocks/0/chart/series/0/data]',
    },
    {
      name: 'every point belongs to a category',
      good: chart(line('x', 'a', 'b')),
      bad: chart(line('x', 'a', 'c')),
      complaint: 'must have one point for each category [json-pointer:/blocks/0/chart/series/0/data]',
    },
    {
      name: 'every series has a name of its own',
      good: chart(line('x', 'a', 'b'), line('y', 'a', 'b')),
      bad: chart(line('x', 'a', 'b'), line('x', 'a', 'b')),
      complaint: 'must have a name of its own [json-pointer:/blocks/0/chart/series/1/name]',
    },
  ],
};

describe('the rules between fields', () => {
  it('each have a pair of payloads', () => {
    const { views: _views, ...sections } = table;
    const shapes = Object.values(sections).flatMap((section) => Object.values(section));
    const used = new Set(shapes.flatMap(({ relations = [] }) => relations));
    expect([...used].toSorted()).toEqual(Object.keys(pairs).toSorted());
    expect(Object.values(pairs).every((some) => some.length > 0)).toBe(true);
  });

  it.each(Object.values(pairs).flat())('$name', ({ good, bad, complaint, surface = 'message' }) => {
    expect(slackComplaints([good], surface)).toEqual([]);
    expect(slackComplaints([bad], surface)).toEqual([complaint]);
  });
});
