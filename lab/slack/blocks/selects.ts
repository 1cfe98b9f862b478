import type { Kind, Rule, Shape } from './rule';
import { everywhere, flag, list, object, plain, some, string, whole } from './rule';

const select = {
  action_id: string(255, 1),
  focus_on_load: flag,
  confirm: object('confirm'),
  placeholder: plain(150),
};
const many = { max_selected_items: whole(1) };
const option = object('option');
const conversations = { default_to_current_conversation: flag, filter: object('filter') };
/** Works in inputs of modals only, and is not refused elsewhere. */
const answered = { response_url_enabled: flag };

const fixed = (initial: Record<string, Rule>): Shape => ({
  fields: {
    ...select,
    ...initial,
    options: list(option, 100),
    option_groups: list(object('optionGroup'), 100),
  },
  required: [['options', 'option_groups']],
  exclusive: [['options', 'option_groups']],
  relations: ['initialIsOption'],
});

const menu = (shape: Shape): Kind => ({ ...shape, surfaces: everywhere, isShown: true });

/**
 * Menus for one and for several choices, from docs.slack.dev/reference/block-kit/block-elements/select-menu-element and
 * multi-select-menu-element.
 */
export const selects: Readonly<Record<string, Kind>> = {
  static_select: menu(fixed({ initial_option: option })),
  external_select: menu({ fields: { ...select, min_query_length: whole(0), initial_option: option } }),
  users_select: menu({ fields: { ...select, initial_user: some } }),
  conversations_select: menu({
    fields: { ...select, ...conversations, ...answered, initial_conversation: some },
  }),
  channels_select: menu({ fields: { ...select, ...answered, initial_channel: some } }),
  multi_static_select: menu(fixed({ ...many, initial_options: list(option) })),
  multi_external_select: menu({
    fields: { ...select, ...many, min_query_length: whole(0), initial_options: list(option) },
  }),
  multi_users_select: menu({ fields: { ...select, ...many, initial_users: list(some) } }),
  multi_conversations_select: menu({
    fields: { ...select, ...many, ...conversations, initial_conversations: list(some) },
  }),
  multi_channels_select: menu({ fields: { ...select, ...many, initial_channels: list(some) } }),
};
