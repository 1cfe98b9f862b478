import { allBlocks, elementsOf } from './block-ids';
import type { Fields } from './fields';
import { fieldsIn, stringsIn, textIn } from './fields';

/** `state.values` of a payload: block id → action id → what is chosen or typed. */
export type StateValues = Record<string, Record<string, Fields>>;

interface StateRule {
  /** The field of the state entry. */
  field: string;
  /** The field of the element that holds its initial value. */
  initial: string;
  isMany?: boolean;
  /** Entries are whole options, not strings. */
  isOption?: boolean;
}

const rules: Record<string, StateRule> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  email_text_input: { field: 'value', initial: 'initial_value' },
  url_text_input: { field: 'value', initial: 'initial_value' },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', isMany: true },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    isMany: true,
  },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', isMany: true },
  static_select: { field: 'selected_option', initial: 'initial_option', isOption: true },
  external_select: { field: 'selected_option', initial: 'initial_option', isOption: true },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', isOption: true },
  multi_static_select: options('selected_options'),
  multi_external_select: options('selected_options'),
  checkboxes: options('selected_options'),
};

function options(field: string): StateRule {
  return { field, initial: 'initial_options', isMany: true, isOption: true };
}

/** The state of fresh blocks: initial values where given, null or an empty list elsewhere. */
export function initialState(blocks: Fields[]): StateValues {
  const values: StateValues = {};
  for (const block of allBlocks(blocks)) {
    for (const element of elementsOf(block)) {
      const rule = rules[textIn(element, 'type')];
      if (!rule) continue;
      const entry = {
        type: element['type'],
        [rule.field]: element[rule.initial] ?? (rule.isMany ? [] : null),
      };
      (values[textIn(block, 'block_id')] ??= {})[textIn(element, 'action_id')] = entry;
    }
  }
  return values;
}

/** Fresh state for changed blocks in which what a person had chosen stays, where block id and action id are the same. */
export function carriedState(blocks: Fields[], before: StateValues): StateValues {
  const values = initialState(blocks);
  for (const [blockId, entries] of Object.entries(values)) {
    for (const [actionId, entry] of Object.entries(entries)) {
      const old = before[blockId]?.[actionId];
      if (old?.['type'] === entry['type']) entries[actionId] = old ?? entry;
    }
  }
  return values;
}

/**
 * The state entry after a person set this element to `value`; undefined if the element offers no such option or
 * keeps no state (a button). `suggested` are the options that the app last suggested for an external select.
 */
export function chosenEntry(
  element: Fields,
  value: string | string[] | null,
  suggested: Fields[] = [],
): Fields | undefined {
  const rule = rules[textIn(element, 'type')];
  if (!rule) return undefined;
  const entry = (chosen: unknown): Fields => ({ type: element['type'], [rule.field]: chosen });
  const wanted = stringsIn(value).filter((one) => one !== '');
  if (!rule.isOption) return entry(rule.isMany ? wanted : (wanted[0] ?? null));
  const offered = offeredOptions(element, suggested);
  const chosen = wanted.map((one) => offered.find((option) => option['value'] === one));
  if (chosen.includes(undefined)) return undefined;
  return entry(rule.isMany ? chosen : (chosen[0] ?? null));
}

/** True if the entry of an input is empty, so that a required input is not filled in. */
export function isEmptyEntry(entry: Fields): boolean {
  const rule = rules[textIn(entry, 'type')];
  const content = rule && entry[rule.field];
  return content === null || content === undefined || content === '' || isEmptyList(content);
}

function isEmptyList(content: unknown): boolean {
  return Array.isArray(content) && content.length === 0;
}

function offeredOptions(element: Fields, suggested: Fields[]): Fields[] {
  const grouped = fieldsIn(element['option_groups']).flatMap((group) => fieldsIn(group['options']));
  return [...fieldsIn(element['options']), ...grouped, ...suggested];
}
