import type { Kind, Rule } from './rule';
import { choice, everywhere, flag, list, number, object, richText, some, string, whole } from './rule';

type Fields = Record<string, Rule>;

const style = { style: object('style') };
const border = { border: choice(0, 1) };

const piece = (required: Fields, optional: Fields = style, isShown = true): Kind => ({
  fields: { ...required, ...optional },
  required: Object.keys(required),
  surfaces: everywhere,
  isShown,
});
const link = (required: Fields, optional: Fields = {}): Kind =>
  piece(required, { ...style, ...optional }, false);

/** Pieces of rich text, by type, as docs.slack.dev/reference/block-kit/block-elements lists them. */
const pieces: Readonly<Record<string, Kind>> = {
  text: piece({ text: some }),
  link: piece(
    { url: string(Infinity, 1, 'url') },
    { ...style, text: string(), unsafe: flag, from_llm: flag, is_slack_url: flag, truncated: flag },
  ),
  user: piece({ user_id: some }, { ...style, from_llm: flag }),
  usergroup: piece({ usergroup_id: some }),
  team: link({ team_id: some }),
  channel: piece({ channel_id: some }, { ...style, tab_id: some, from_llm: flag }),
  broadcast: piece({ range: choice('here', 'channel', 'everyone') }),
  emoji: piece({ name: some }, { unicode: string() }),
  date: piece(
    { timestamp: whole(), format: some },
    { ...style, timezone: string(), url: string(Infinity, 1, 'url'), fallback: string() },
  ),
  color: piece({ value: string(Infinity, 1, 'colour') }),
  tag: link(
    { text: some },
    { color: choice('gray', 'brown', 'purple', 'indigo', 'blue', 'green', 'yellow', 'orange', 'red') },
  ),
  attachment_mention: link(
    { url: some },
    {
      text: string(),
      app_id: string(),
      entity_id: string(),
      icon_url: string(),
      channel_id: string(),
      ts: string(),
      full_size_preview_enabled: flag,
      icon_name: string(),
      reference_object_type: string(),
      product_name: string(),
    },
  ),
  canvas: link(
    { file_id: some },
    {
      label: string(),
      hide_title: flag,
      section_id: string(),
      text: string(),
      url: string(),
      is_skill_invocation: flag,
    },
  ),
  canvas_message_unfurl: link({ root_message_ts: some, root_message_channel: some }),
  canvas_user_mention: link({ user_id: some }, { thread_id: string() }),
  citation: piece(
    { url: some, text: string(), index: number(), details: object('citation') },
    { from_llm: flag, is_slack_url: flag },
    false,
  ),
  file: link({ file_id: some }, { text: string(), url: string(), is_skill_invocation: flag }),
  list_record: link(
    { file_id: some },
    { record_id: string(), view_id: string(), text: string(), url: string() },
  ),
  message_mention: link(
    { channel_id: some, message_ts: some },
    { author_id: string(), thread_ts: string(), text: string(), url: string() },
  ),
  salesforce_data_field: link(
    { salesforce_record_id: some },
    {
      salesforce_field_label: string(),
      salesforce_field_api_name: string(),
      salesforce_include_field_label: flag,
    },
  ),
  work_object_mention: link(
    { entity_id: some, app_id: some, text: string(), url: some },
    { icon_url: string(), full_size_preview_enabled: flag, product_name: string() },
  ),
  workflow_mention: link(
    { workflow_id: some, function_trigger_id: some, text: string() },
    { url: string(), channel_id: string(), ts: string() },
  ),
};

const line = list(richText(...Object.keys(pieces)), Infinity, 0);

/** Everything a rich_text block is made of. Slack's own composer makes lines without pieces, so these are taken. */
export const richTexts: Readonly<Record<string, Kind>> = {
  ...pieces,
  rich_text_section: piece({ elements: line }, {}),
  rich_text_quote: piece({ elements: line }, border),
  rich_text_preformatted: piece(
    { elements: list(richText('text', 'link'), Infinity, 0) },
    { ...border, language: string() },
  ),
  rich_text_list: piece(
    { style: choice('bullet', 'ordered'), elements: list(richText('rich_text_section'), Infinity, 0) },
    // The range of the indent is that of @slack/types.
    { ...border, indent: whole(0, 8), offset: whole(0) },
  ),
};

/** A rich_text block; the same object fills cells of tables, inputs and tasks. */
export const richTextBlock: Kind = {
  fields: {
    block_id: string(255, 1),
    elements: list(
      richText('rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'),
    ),
  },
  required: ['elements'],
  surfaces: everywhere,
  isShown: true,
};
