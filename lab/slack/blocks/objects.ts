import type { Shape } from './rule';
import { block, choice, flag, list, object, part, plain, some, string, text, number } from './rule';

const optionFields = { value: string(150, 1), description: plain(75) };

/** The 54 names of docs.slack.dev/reference/block-kit/composition-objects/slack-icon-object. */
const icons =
  'archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube ' +
  'download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map ' +
  'mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down ' +
  'thumbs-up trash upload user warning';

const taskFields = {
  task_id: some,
  title: some,
  details: block('rich_text'),
  output: block('rich_text'),
  sources: list(part('url')),
  block_id: string(255, 1),
};

/** A task by itself. Slack documents `pending` for it too, and refuses it outside of a plan. */
export const taskCard: Shape = {
  fields: { ...taskFields, status: choice('in_progress', 'complete', 'error') },
  required: ['task_id', 'title'],
};

/**
 * Composition objects, from docs.slack.dev/reference/block-kit/composition-objects. The value of an option may have 150
 * characters there and in python-slack-sdk; only @slack/types still says 75.
 */
export const objects: Readonly<Record<string, Shape>> = {
  confirm: {
    // The page names plain_text for `text`, its example and @slack/types take mrkdwn as well.
    fields: {
      title: plain(100),
      text: text(300),
      confirm: plain(30),
      deny: plain(30),
      style: choice('primary', 'danger'),
    },
    required: ['title', 'text', 'confirm', 'deny'],
  },
  option: { fields: { text: plain(75), ...optionFields }, required: ['text', 'value'] },
  linkOption: {
    fields: { text: plain(75), ...optionFields, url: string(3000, 1, 'url') },
    required: ['text', 'value'],
  },
  markedOption: {
    fields: { text: text(75), ...optionFields, description: text(75) },
    required: ['text', 'value'],
  },
  optionGroup: {
    fields: { label: plain(75), options: list(object('option'), 100) },
    required: ['label', 'options'],
  },
  filter: {
    fields: {
      include: list(choice('im', 'mpim', 'private', 'public')),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    },
    required: [['include', 'exclude_external_shared_channels', 'exclude_bot_users']],
  },
  dispatchConfig: {
    fields: { trigger_actions_on: list(choice('on_enter_pressed', 'on_character_entered'), 2) },
  },
  slackFile: {
    fields: { url: string(Infinity, 1, 'web'), id: some },
    required: [['url', 'id']],
    exclusive: [['url', 'id']],
  },
  slackIcon: {
    fields: { type: choice('icon'), name: choice(...icons.split(' ')) },
    required: ['type', 'name'],
  },
  feedback: {
    fields: { text: plain(75), value: string(2000), accessibility_label: string(75) },
    required: ['text', 'value'],
  },
  workflow: { fields: { trigger: object('trigger') }, required: ['trigger'] },
  trigger: {
    fields: { url: string(Infinity, 1, 'https'), customizable_input_parameters: list(object('parameter')) },
    required: ['url'],
  },
  parameter: { fields: { name: some, value: some }, required: ['name', 'value'] },
  column: { fields: { align: choice('left', 'center', 'right'), is_wrapped: flag } },
  style: {
    fields: {
      bold: flag,
      italic: flag,
      strike: flag,
      code: flag,
      highlight: flag,
      client_highlight: flag,
      underline: flag,
      unlink: flag,
    },
  },
  citation: {
    fields: {
      citation_type: choice('file', 'external', 'web', 'message', 'memory'),
      descriptor: string(),
      file_id: string(),
      app_name: string(),
      app_icon_url: string(),
      display_name: string(),
      title: string(),
      snippet: string(),
      channel: string(),
      message_ts: string(),
      memory_id: string(),
    },
    required: ['citation_type'],
  },
  // Tasks of a plan carry no type in Slack's own example.
  task: {
    fields: {
      ...taskFields,
      type: choice('task_card'),
      status: choice('pending', 'in_progress', 'complete', 'error'),
    },
    required: ['task_id', 'title'],
  },
  segment: {
    fields: { label: string(20, 1), value: number(Number.MIN_VALUE) },
    required: ['label', 'value'],
  },
  series: {
    fields: { name: string(20, 1), data: list(object('point'), 20) },
    required: ['name', 'data'],
  },
  point: { fields: { label: string(20, 1), value: number() }, required: ['label', 'value'] },
  axis: {
    fields: { categories: list(string(20, 1), 20), x_label: string(50), y_label: string(50) },
    required: ['categories'],
  },
};
