import type { Rule, Surface } from '../../../../lab/slack/blocks/rule';
import { table } from '../../../../lab/slack/blocks/table';
import { blockCounts, typeCounts, typeLengths } from '../../../../lab/slack/blocks/totals';

/**
 * The figures of docs.slack.dev/reference/block-kit and /reference/views as read there in August 2026, kind by kind. The
 * other tests make their payloads from the table; this one holds the table itself.
 */
const documented = `
section      text 3000, fields 1–10, fields[] 2000
header       text 150 plain, level 1–4
context      elements 1–10
context_actions elements 1–5
actions      elements 1–25
image        image_url 3000, alt_text 2000, title 2000 plain
input        label 2000 plain, hint 2000 plain
markdown     text 12000
table        rows 1–100, rows[] 1–20, column_settings 1–20
alert        text 200
container    title 150 plain, subtitle 150, child_blocks 1–10
video        title 199 plain, description 199 plain, author_name 49
data_table   rows 2–201, rows[] 1–20, page_size 1–100
data_visualization title 50
card         title 150, subtitle 150, body 200, subtext 200, actions 1–3
carousel     elements 1–10
static_select options 1–100, option_groups 1–100
multi_static_select options 1–100, option_groups 1–100
plain_text   text 3000
mrkdwn       text 3000
button       text 75 plain, value 2000, url 3000
workflow_button text 75 plain
icon_button  text 3000 plain, value 2000
overflow     options 1–5
checkboxes   options 1–10
radio_buttons options 1–10
datepicker   initial_date 10
timepicker   initial_time 5
datetimepicker initial_date_time 1000000000–9999999999
plain_text_input initial_value 3000, min_length 0–3000, max_length 1–3000
email_text_input initial_value 3000
url_text_input initial_value 3000
number_input initial_value 3000, min_value 3000, max_value 3000
rich_text_input min_lines 1–100, max_lines 1–100
file_input   max_files 1–10
rich_text_list indent 0–8
pie          segments 1–12
bar          series 1–12
area         series 1–12
line         series 1–12
confirm      title 100 plain, text 300, confirm 30 plain, deny 30 plain
option       text 75 plain, value 150, description 75 plain
linkOption   text 75 plain, value 150, description 75 plain, url 3000
markedOption text 75, value 150, description 75
optionGroup  label 75 plain, options 1–100
dispatchConfig trigger_actions_on 1–2
feedback     text 75 plain, value 2000
segment      label 20
series       name 20, data 1–20
point        label 20
axis         categories 1–20, categories[] 20, x_label 50, y_label 50
modal        private_metadata 3000, callback_id 255, external_id 255, title 24 plain, submit 24 plain, close 24 plain
home         private_metadata 3000, callback_id 255, external_id 255`;

/** Fields that have one limit wherever they are. */
const common: Readonly<Record<string, string>> = {
  block_id: '255',
  action_id: '255',
  placeholder: '150 plain',
  accessibility_label: '75',
};

const kindsOn: Readonly<Record<Surface, string>> = {
  message:
    'actions card carousel container context context_actions data_table data_visualization divider header image input ' +
    'markdown plan rich_text section table task_card video',
  modal: 'actions alert card context divider header image input rich_text section video',
  home: 'actions card carousel context data_table divider header image input rich_text section table video',
};

const elementsNotEverywhere = `
workflow_button: message
icon_button: message
feedback_buttons: message
datetimepicker: message modal
email_text_input: modal
url_text_input: modal
number_input: modal
rich_text_input: modal home
file_input: modal`;

interface Figure {
  readonly kind: string;
  readonly field: string;
  readonly limit: string;
}

function figures(): Figure[] {
  const shapes = Object.values(table).flatMap((section) => Object.entries(section));
  return shapes.flatMap(([kind, { fields }]) =>
    Object.entries(fields).flatMap(([field, rule]) =>
      limitsOf(field, rule).map(([name, limit]) => ({ kind, field: name, limit })),
    ),
  );
}

function limitsOf(name: string, rule: Rule): [string, string][] {
  switch (rule.kind) {
    case 'list':
      return [...range(name, rule.min, rule.max), ...limitsOf(`${name}[]`, rule.item)];
    case 'number':
      return range(name, rule.min, rule.max);
    case 'text':
      return [[name, rule.types.length === 1 ? `${rule.max} plain` : String(rule.max)]];
    case 'string':
      return Number.isFinite(rule.max) ? [[name, String(rule.max)]] : [];
    default:
      return [];
  }
}

function range(name: string, min: number, max: number): [string, string][] {
  return Number.isFinite(max) ? [[name, `${min}–${max}`]] : [];
}

describe('the table says what Slack documents', () => {
  it('of every count and length', () => {
    const wanted = documented
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [, kind = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
        return rest.split(', ').map((limit) => `${kind} ${limit}`);
      });
    const special = figures().filter(({ field }) => !Object.hasOwn(common, field));
    const found = special.map(({ kind, field, limit }) => `${kind} ${field} ${limit}`);
    expect([...new Set(found)].toSorted()).toEqual(wanted.toSorted());
  });

  it('of fields that are the same everywhere', () => {
    const shared = figures().filter(({ field }) => Object.hasOwn(common, field));
    expect(shared.filter(({ field, limit }) => common[field] !== limit)).toEqual([]);
    expect(new Set(shared.map(({ field }) => field)).size).toBe(4);
  });

  it('of whole messages and views', () => {
    expect(blockCounts).toEqual({ message: 50, modal: 100, home: 100 });
    expect(typeCounts).toEqual({ table: 1, data_visualization: 2 });
    expect(typeLengths).toEqual({ markdown: 12_000, table: 10_000, data_table: 20_000 });
  });

  it.each(['message', 'modal', 'home'] as const)('of the blocks in a %s', (surface) => {
    const kinds = Object.entries(table.blocks).filter(([, kind]) => kind.surfaces.includes(surface));
    expect(kinds.map(([type]) => type).toSorted()).toEqual(kindsOn[surface].split(' '));
  });

  it('of the elements that are not taken everywhere', () => {
    const some = Object.entries(table.elements).filter(([, { surfaces }]) => surfaces.length < 3);
    const lines = some.map(([type, { surfaces }]) => `${type}: ${surfaces.join(' ')}`);
    expect(lines.toSorted()).toEqual(elementsNotEverywhere.trim().split('\n').toSorted());
  });
});
