import { inputs, pickers } from './elements';
import { taskCard } from './objects';
import type { Kind, Shape, Surface } from './rule';
import {
  block,
  choice,
  element,
  everywhere,
  flag,
  list,
  object,
  part,
  plain,
  some,
  string,
  text,
  whole,
} from './rule';
import { richTextBlock } from './rich-text';

const id = { block_id: string(255, 1) };

const shown = (shape: Shape, surfaces: readonly Surface[] = everywhere): Kind => ({
  ...shape,
  fields: { ...id, ...shape.fields },
  surfaces,
  isShown: true,
});
const notShown = (surfaces: readonly Surface[], shape: Shape): Kind => ({
  ...shown(shape, surfaces),
  isShown: false,
});

const rows = (cells: readonly string[], most: number, fewest: number) =>
  list(list(part(...cells), 20), most, fewest);
const cells = ['raw_text', 'raw_number', 'rich_text'];
const image = element('image');

/**
 * Blocks by type, from docs.slack.dev/reference/block-kit/blocks. "Must be less than" is taken by the word, so a video's
 * title ends at 199 characters; python-slack-sdk reads it so too.
 */
export const blocks: Readonly<Record<string, Kind>> = {
  section: shown({
    fields: {
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: element('button', 'workflow_button', 'overflow', 'image', ...pickers),
      expand: flag,
    },
    required: [['text', 'fields']],
  }),
  header: shown({ fields: { text: plain(150), level: whole(1, 4) }, required: ['text'] }),
  divider: shown({ fields: {} }),
  context: shown({
    fields: { elements: list(element('image', 'plain_text', 'mrkdwn'), 10) },
    required: ['elements'],
  }),
  context_actions: notShown(['message'], {
    fields: { elements: list(element('feedback_buttons', 'icon_button'), 5) },
    required: ['elements'],
  }),
  actions: shown({
    fields: {
      elements: list(
        element('button', 'workflow_button', 'overflow', ...pickers, 'datetimepicker', 'rich_text_input'),
        25,
      ),
    },
    required: ['elements'],
  }),
  image: shown({
    fields: {
      image_url: string(3000, 1, 'web'),
      slack_file: object('slackFile'),
      alt_text: string(2000, 1),
      title: plain(2000),
    },
    required: ['alt_text', ['image_url', 'slack_file']],
    exclusive: [['image_url', 'slack_file']],
    hidden: ['slack_file'],
  }),
  input: shown({
    fields: { label: plain(2000), hint: plain(2000), optional: flag, dispatch_action: flag, element: inputs },
    required: ['label', 'element'],
    relations: ['noDispatchOfFiles'],
  }),
  rich_text: richTextBlock,
  markdown: shown({ fields: { text: string(12_000, 1) }, required: ['text'] }, ['message']),
  table: shown(
    {
      fields: {
        rows: rows(cells, 100, 1),
        column_settings: { kind: 'list', item: object('column'), min: 1, max: 20, mayHoldNull: true },
      },
      required: ['rows'],
    },
    ['message', 'home'],
  ),
  alert: shown(
    {
      fields: { text: text(200), level: choice('default', 'info', 'warning', 'error', 'success') },
      required: ['text'],
    },
    ['modal'],
  ),
  // The page lists rich_text, input and file as children too; slack-morphism 2.31 reports that the live validator
  // refuses these. What both take stands here. Of its surfaces the sources agree on messages only.
  container: shown(
    {
      fields: {
        title: plain(150),
        rich_text_title: block('rich_text'),
        subtitle: text(150),
        child_blocks: list(
          block('actions', 'context', 'divider', 'header', 'image', 'section', 'table', 'video'),
          10,
        ),
        width: choice('narrow', 'standard', 'wide', 'full'),
        icon: image,
        is_collapsible: flag,
        default_collapsed: flag,
        has_header_divider: flag,
      },
      required: ['child_blocks', ['title', 'rich_text_title']],
    },
    ['message'],
  ),
  // Slack puts it into messages with remote files; no app may.
  file: notShown([], {
    fields: { external_id: some, source: choice('remote') },
    required: ['external_id', 'source'],
  }),
  video: notShown(everywhere, {
    fields: {
      video_url: string(Infinity, 1, 'https'),
      thumbnail_url: string(Infinity, 1, 'web'),
      alt_text: some,
      title: plain(199),
      title_url: string(Infinity, 1, 'https'),
      description: plain(199),
      author_name: string(49),
      provider_name: string(),
      provider_icon_url: string(),
    },
    required: ['video_url', 'thumbnail_url', 'alt_text', 'title'],
  }),
  data_table: notShown(['message', 'home'], {
    fields: {
      rows: rows(cells, 201, 2),
      caption: some,
      page_size: whole(1, 100),
      row_header_column_index: whole(0),
    },
    required: ['rows', 'caption'],
    relations: ['rowsAlike'],
  }),
  data_visualization: notShown(['message'], {
    fields: { title: string(50, 1), chart: part('pie', 'bar', 'area', 'line') },
    required: ['title', 'chart'],
  }),
  card: notShown(everywhere, {
    fields: {
      hero_image: image,
      icon: image,
      slack_icon: object('slackIcon'),
      title: text(150),
      subtitle: text(150),
      body: text(200),
      subtext: text(200),
      actions: list(element('button'), 3),
    },
    required: [['hero_image', 'title', 'actions', 'body']],
    exclusive: [['icon', 'slack_icon']],
  }),
  carousel: notShown(['message', 'home'], {
    fields: { elements: list(block('card'), 10) },
    required: ['elements'],
  }),
  task_card: notShown(['message'], taskCard),
  // The page calls the title an object; its example and the live validator want a string.
  plan: notShown(['message'], { fields: { title: some, tasks: list(object('task')) }, required: ['title'] }),
};
