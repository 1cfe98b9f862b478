/* Block Kit's elements to HTML: what stands in sections, actions, inputs and context. */
import { safe } from './html.mjs';
import { textOf } from './mrkdwn.mjs';
import { unsupported } from './unsupported.mjs';

/** What a person is asked before the element is used, as attributes of it. */
const asks = ({ confirm }) => (confirm ? JSON.stringify(confirm) : undefined);

function button(one) {
  const label = one.accessibility_label;
  const attributes = safe`class="${one.style}" data-action="${one.action_id}" data-value="${one.value}" data-confirm="${asks(one)}"`;
  return safe`<button type="button" ${attributes} data-url="${one.url}" ${label && safe`aria-label="${label}"`}>${one.text.text}</button>`;
}

function overflow(one) {
  const row = ({ value, text }) =>
    safe`<button type="button" role="menuitem" data-action="${one.action_id}" data-value="${value}" data-confirm="${asks(one)}">${text.text}</button>`;
  return safe`<details class="overflow"><summary aria-label="More actions">⋯</summary><div role="menu">${one.options.map(row)}</div></details>`;
}

const options = (one) => [
  ...(one.options ?? []),
  ...(one.option_groups ?? []).flatMap((group) => group.options),
];

/** The options that are chosen at first, by value. */
function chosen(one) {
  const first = one.initial_option ? [one.initial_option] : (one.initial_options ?? []);
  return new Set(first.map(({ value }) => value));
}

function select(one, rows, isMany) {
  const empty = !isMany && safe`<option value="">${one.placeholder?.text ?? 'Choose …'}</option>`;
  return safe`<select name="${one.action_id}" data-field="${one.action_id}" data-action="${one.action_id}" data-confirm="${asks(one)}" ${isMany && safe`multiple data-many="true"`} ${one.focus_on_load && 'autofocus'}>${empty}${rows}</select>`;
}

function menu(isMany) {
  return (one) => {
    const first = chosen(one);
    const row = ({ value, text }) =>
      safe`<option value="${value}" ${first.has(value) && 'selected'}>${text.text}</option>`;
    const rows = one.option_groups
      ? one.option_groups.map(
          (group) => safe`<optgroup label="${group.label.text}">${group.options.map(row)}</optgroup>`,
        )
      : options(one).map(row);
    return select(one, rows, isMany);
  };
}

/** People or channels of the workspace; ids of people begin with U or W. */
function chooser({ ofPeople, isMany, initial }) {
  return (one, names) => {
    const first = new Set([one[initial] ?? []].flat());
    const wanted = Object.entries(names).filter(([id]) => /^[UW]/.test(id) === ofPeople);
    const row = ([id, name]) =>
      safe`<option value="${id}" ${first.has(id) && 'selected'}>${ofPeople ? '@' : '#'}${name}</option>`;
    return select(one, wanted.map(row), isMany);
  };
}

/** A menu whose options the app gives while somebody types. */
function external(isMany) {
  return (one) => {
    const row = ({ value, text }) => safe`<option value="${value}" selected>${text.text}</option>`;
    const first = one.initial_option ? [one.initial_option] : (one.initial_options ?? []);
    const least = one.min_query_length ?? 3;
    return safe`<span class="external"><input type="search" data-suggest="${one.action_id}" data-least="${least}" autocomplete="off" placeholder="${one.placeholder?.text ?? 'Type to search'}" aria-label="Search">${select(one, first.map(row), isMany)}</span>`;
  };
}

function ticks(type) {
  return (one, names) => {
    const first = chosen(one);
    const row = (option) => safe`<label class="tick">
      <input type="${type}" name="${one.action_id}" value="${option.value}" ${first.has(option.value) && 'checked'} data-action="${one.action_id}" data-confirm="${asks(one)}">
      <span>${textOf(option.text, names)}${option.description && safe`<small>${textOf(option.description, names)}</small>`}</span></label>`;
    return safe`<span class="ticks" data-field="${one.action_id}" ${type === 'checkbox' && safe`data-many="true"`}>${one.options.map(row)}</span>`;
  };
}

function typed(type, initial = 'initial_value') {
  return (one) => {
    const common = safe`name="${one.action_id}" data-field="${one.action_id}" data-action="${one.action_id}" placeholder="${one.placeholder?.text}" ${one.focus_on_load && 'autofocus'} ${one.max_length && safe`maxlength="${one.max_length}"`}`;
    return one.multiline
      ? safe`<textarea rows="4" ${common}>${one.initial_value}</textarea>`
      : safe`<input type="${type}" ${common} value="${one[initial]}">`;
  };
}

const people = { ofPeople: true };
const channels = { ofPeople: false };

/** Every element the page shows, by type. What is not here is refused by the server. */
export const elements = {
  mrkdwn: textOf,
  plain_text: textOf,
  image: (one) => safe`<img src="${one.image_url}" alt="${one.alt_text}">`,
  button,
  overflow,
  static_select: menu(false),
  multi_static_select: menu(true),
  external_select: external(false),
  multi_external_select: external(true),
  users_select: chooser({ ...people, isMany: false, initial: 'initial_user' }),
  multi_users_select: chooser({ ...people, isMany: true, initial: 'initial_users' }),
  conversations_select: chooser({ ...channels, isMany: false, initial: 'initial_conversation' }),
  multi_conversations_select: chooser({ ...channels, isMany: true, initial: 'initial_conversations' }),
  channels_select: chooser({ ...channels, isMany: false, initial: 'initial_channel' }),
  multi_channels_select: chooser({ ...channels, isMany: true, initial: 'initial_channels' }),
  checkboxes: ticks('checkbox'),
  radio_buttons: ticks('radio'),
  datepicker: typed('date', 'initial_date'),
  timepicker: typed('time', 'initial_time'),
  plain_text_input: typed('text'),
  number_input: typed('text'),
  email_text_input: typed('email'),
  url_text_input: typed('url'),
};

/** One element, or a red box. */
export const elementOf = (one, names) =>
  Object.hasOwn(elements, one.type) ? elements[one.type](one, names) : unsupported(one.type);
