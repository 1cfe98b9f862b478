/**
 * What Slack accepts as blocks, as data: kinds, fields, counts and lengths from Slack's block reference.
 * `block-check.ts` walks it. Where Slack's own sources disagree the stricter figure stands here.
 */
export type Rule =
  | { kind: 'text'; types: TextType[]; max: number }
  | { kind: 'string'; max: number; min?: number }
  | { kind: 'choice'; of: string[] }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'flag' }
  | { kind: 'open' }
  | { kind: 'list'; max: number; min: number; item: Rule }
  | { kind: 'object'; shape: ObjectName }
  | { kind: 'element'; of: string[] };

type ObjectName = 'confirm' | 'option' | 'markedOption' | 'optionGroup';

type TextType = 'plain_text' | 'mrkdwn';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** The fields of one kind of block, element or object. `required` names fields, or sets of which one is needed. */
export interface Shape {
  fields: Record<string, Rule>;
  required?: (string | string[])[];
}

const anyText: TextType[] = ['plain_text', 'mrkdwn'];
const plain = (max: number): Rule => ({ kind: 'text', types: ['plain_text'], max });
const text = (max: number): Rule => ({ kind: 'text', types: anyText, max });
const string = (max: number, min = 0): Rule => ({ kind: 'string', max, min });
const list = (item: Rule, max: number, min = 1): Rule => ({ kind: 'list', item, max, min });
const flag: Rule = { kind: 'flag' };
const open: Rule = { kind: 'open' };
const number: Rule = { kind: 'number', min: 0, max: 3000 };
const colour: Rule = { kind: 'choice', of: ['primary', 'danger'] };
const confirm: Rule = { kind: 'object', shape: 'confirm' };
const option: Rule = { kind: 'object', shape: 'option' };
const markedOption: Rule = { kind: 'object', shape: 'markedOption' };
const optionGroup: Rule = { kind: 'object', shape: 'optionGroup' };

const optionFields = { value: string(75, 1), description: plain(75), url: string(3000) };

/** Composition objects by name. */
export const objectShapes: Record<ObjectName, Shape> = {
  confirm: {
    fields: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30), style: colour },
    required: ['title', 'text', 'confirm', 'deny'],
  },
  option: { fields: { text: plain(75), ...optionFields }, required: ['text', 'value'] },
  markedOption: { fields: { text: text(75), ...optionFields }, required: ['text', 'value'] },
  optionGroup: {
    fields: { label: plain(75), options: list(option, 100) },
    required: ['label', 'options'],
  },
};

const action = { action_id: string(255, 1) };
const focus = { focus_on_load: flag };
const select = { ...action, ...focus, confirm, placeholder: plain(150) };
const many = { max_selected_items: { kind: 'number', min: 1, max: 100 } satisfies Rule };
const choices = { options: list(option, 100), option_groups: list(optionGroup, 100) };
const typed = { ...action, ...focus, placeholder: plain(150), initial_value: string(3000) };
const query = { min_query_length: { kind: 'number', min: 0, max: 100 } satisfies Rule };

/** Elements by type, wherever they stand. */
export const elementShapes: Record<string, Shape> = {
  button: {
    fields: {
      ...action,
      confirm,
      text: plain(75),
      value: string(2000),
      url: string(3000),
      style: colour,
      accessibility_label: string(75),
    },
    required: ['text'],
  },
  overflow: { fields: { ...action, confirm, options: list(option, 5) }, required: ['options'] },
  checkboxes: {
    fields: {
      ...action,
      ...focus,
      confirm,
      options: list(markedOption, 10),
      initial_options: list(markedOption, 10),
    },
    required: ['options'],
  },
  radio_buttons: {
    fields: { ...action, ...focus, confirm, options: list(markedOption, 10), initial_option: markedOption },
    required: ['options'],
  },
  static_select: {
    fields: { ...select, ...choices, initial_option: option },
    required: [['options', 'option_groups']],
  },
  multi_static_select: {
    fields: { ...select, ...many, ...choices, initial_options: list(option, 100) },
    required: [['options', 'option_groups']],
  },
  external_select: { fields: { ...select, ...query, initial_option: option } },
  multi_external_select: { fields: { ...select, ...many, ...query, initial_options: list(option, 100) } },
  users_select: { fields: { ...select, initial_user: string(255) } },
  multi_users_select: { fields: { ...select, ...many, initial_users: list(string(255), 100) } },
  conversations_select: {
    fields: {
      ...select,
      initial_conversation: string(255),
      default_to_current_conversation: flag,
      filter: open,
      response_url_enabled: flag,
    },
  },
  datepicker: { fields: { ...select, initial_date: string(10) } },
  plain_text_input: {
    fields: {
      ...typed,
      multiline: flag,
      min_length: number,
      max_length: number,
      dispatch_action_config: open,
    },
  },
  number_input: {
    fields: {
      ...typed,
      is_decimal_allowed: flag,
      min_value: string(100),
      max_value: string(100),
      dispatch_action_config: open,
    },
    required: ['is_decimal_allowed'],
  },
  image: {
    fields: { image_url: string(3000, 1), alt_text: string(2000, 1) },
    required: ['image_url', 'alt_text'],
  },
};

const selects = Object.keys(elementShapes).filter((type) => type.endsWith('_select'));
const pickers = [...selects, 'checkboxes', 'radio_buttons', 'datepicker'];
const element = (...of: string[]): Rule => ({ kind: 'element', of });
const ids = { block_id: string(255, 1) };

/** Blocks by type. A type that is not here is refused: nothing is shown by halves. */
export const blockShapes: Record<string, Shape> = {
  section: {
    fields: {
      ...ids,
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: element('button', 'overflow', 'image', ...pickers),
      expand: flag,
    },
    required: [['text', 'fields']],
  },
  header: { fields: { ...ids, text: plain(150) }, required: ['text'] },
  divider: { fields: ids },
  context: {
    fields: { ...ids, elements: list(element('image', 'plain_text', 'mrkdwn'), 10) },
    required: ['elements'],
  },
  actions: {
    fields: { ...ids, elements: list(element('button', 'overflow', ...pickers), 25) },
    required: ['elements'],
  },
  image: {
    fields: { ...ids, image_url: string(3000, 1), alt_text: string(2000, 1), title: plain(2000) },
    required: ['image_url', 'alt_text'],
  },
  input: {
    fields: {
      ...ids,
      label: plain(2000),
      hint: plain(2000),
      optional: flag,
      dispatch_action: flag,
      element: element('plain_text_input', 'number_input', ...pickers),
    },
    required: ['label', 'element'],
  },
};

/** How many blocks a surface holds. */
export const blockCounts: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/**
 * The sum of all texts in a message's blocks. Slack documents no figure; messages of 11,341 characters in mixed
 * blocks were refused (slackapi/bolt-js issue 2867), so what stays under this is safe.
 */
export const blockTextTotal = 11_000;

const viewFields = {
  type: open,
  callback_id: string(255),
  private_metadata: string(3000),
  external_id: string(255),
};

/** The fields of a view beside its blocks. */
export const viewShapes: Record<'modal' | 'home', Shape> = {
  modal: {
    fields: {
      ...viewFields,
      title: plain(24),
      submit: plain(24),
      close: plain(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
    required: ['title'],
  },
  home: { fields: viewFields },
};
