import type { Kind, Shape, Surface } from './rule';
import { block, choice, element, everywhere, flag, list, object, plain, some, string, whole } from './rule';
import { selects } from './selects';

/** An element that the page can show, wherever its block may stand unless told otherwise. */
const shown = (shape: Shape, surfaces: readonly Surface[] = everywhere): Kind => ({
  ...shape,
  surfaces,
  isShown: true,
});
const notShown = (surfaces: readonly Surface[], shape: Shape): Kind => ({
  ...shape,
  surfaces,
  isShown: false,
});

const action = { action_id: string(255, 1) };
const confirm = object('confirm');
const style = choice('primary', 'danger');
const label = { accessibility_label: string(75) };
const focused = { ...action, focus_on_load: flag };
const asked = { ...focused, placeholder: plain(150) };
/** Nothing longer than this can be typed into any input, by the largest `max_length`. */
const longestInput = 3000;
const typed = {
  ...asked,
  initial_value: string(longestInput),
  dispatch_action_config: object('dispatchConfig'),
};
const picked = { ...asked, confirm };
/**
 * What stands within a block, from docs.slack.dev/reference/block-kit/block-elements; in a context also text objects.
 */
export const elements: Readonly<Record<string, Kind>> = {
  ...selects,
  plain_text: shown({ fields: { text: string(3000, 1), emoji: flag }, required: ['text'] }),
  mrkdwn: shown({ fields: { text: string(3000, 1), verbatim: flag }, required: ['text'] }),
  button: shown({
    fields: {
      ...action,
      ...label,
      confirm,
      style,
      text: plain(75),
      value: string(2000),
      url: string(3000, 1, 'url'),
    },
    required: ['text'],
  }),
  workflow_button: notShown(['message'], {
    fields: { ...action, ...label, style, text: plain(75), workflow: object('workflow') },
    required: ['text', 'workflow', 'action_id'],
  }),
  icon_button: notShown(['message'], {
    fields: {
      ...action,
      ...label,
      confirm,
      icon: choice('trash'),
      text: plain(3000),
      value: string(2000),
      visible_to_user_ids: list(some),
    },
    required: ['icon', 'text'],
  }),
  feedback_buttons: notShown(['message'], {
    fields: { ...action, positive_button: object('feedback'), negative_button: object('feedback') },
    required: ['positive_button', 'negative_button'],
  }),
  overflow: shown({
    fields: { ...action, confirm, options: list(object('linkOption'), 5) },
    required: ['options'],
  }),
  checkboxes: shown({
    fields: {
      ...focused,
      confirm,
      options: list(object('markedOption'), 10),
      initial_options: list(object('markedOption')),
    },
    required: ['options'],
    relations: ['initialIsOption'],
  }),
  radio_buttons: shown({
    fields: {
      ...focused,
      confirm,
      options: list(object('markedOption'), 10),
      initial_option: object('markedOption'),
    },
    required: ['options'],
    relations: ['initialIsOption'],
  }),
  datepicker: shown({ fields: { ...picked, initial_date: string(10, 10, 'date') } }),
  timepicker: shown({ fields: { ...picked, initial_time: string(5, 5, 'time'), timezone: some } }),
  // Ten digits, says the page.
  datetimepicker: notShown(['message', 'modal'], {
    fields: { ...focused, confirm, initial_date_time: whole(1_000_000_000, 9_999_999_999) },
  }),
  plain_text_input: shown({
    fields: {
      ...typed,
      multiline: flag,
      min_length: whole(0, longestInput),
      max_length: whole(1, longestInput),
    },
    relations: ['lengthsFit'],
  }),
  email_text_input: shown({ fields: typed }, ['modal']),
  url_text_input: shown({ fields: typed }, ['modal']),
  number_input: shown(
    {
      fields: {
        ...typed,
        initial_value: string(longestInput, 1, 'decimal'),
        is_decimal_allowed: flag,
        min_value: string(longestInput, 1, 'decimal'),
        max_value: string(longestInput, 1, 'decimal'),
      },
      required: ['is_decimal_allowed'],
      relations: ['numbersFit'],
    },
    ['modal'],
  ),
  rich_text_input: notShown(['modal', 'home'], {
    fields: {
      ...asked,
      initial_value: block('rich_text'),
      dispatch_action_config: object('dispatchConfig'),
      min_lines: whole(1, 100),
      max_lines: whole(1, 100),
    },
    required: ['action_id'],
    relations: ['linesFit'],
  }),
  file_input: notShown(['modal'], {
    fields: { ...action, filetypes: list(some), max_files: whole(1, 10) },
  }),
  image: shown({
    fields: { image_url: string(3000, 1, 'web'), slack_file: object('slackFile'), alt_text: string(2000, 1) },
    required: ['alt_text', ['image_url', 'slack_file']],
    exclusive: [['image_url', 'slack_file']],
    hidden: ['slack_file'],
  }),
};

/** The elements with which a person does something; only these have an `action_id`. */
export const isInteractive = (type: unknown): boolean =>
  typeof type === 'string' && Object.hasOwn(elements, type) && 'action_id' in (elements[type]?.fields ?? {});

export const pickers = [...Object.keys(selects), 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];

/** What an input may hold, by docs.slack.dev/reference/block-kit/blocks/input-block. */
export const inputs = element(
  ...pickers,
  'datetimepicker',
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
);
