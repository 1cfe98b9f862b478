/* Block Kit's blocks to HTML. */
import { elementOf } from './elements.mjs';
import { safe, trusted } from './html.mjs';
import { markdown } from './markdown.mjs';
import { textOf } from './mrkdwn.mjs';
import { richText } from './rich-text.mjs';
import { unsupported } from './unsupported.mjs';

const each = (list, names, tag) => list.map((one) => safe`<${tag}>${elementOf(one, names)}</${tag}>`);
const span = trusted('span');
const paragraph = trusted('div');

function section(block, names) {
  const fields = block.fields && safe`<div class="fields">${each(block.fields, names, paragraph)}</div>`;
  return safe`<div class="section"><div>${block.text && elementOf(block.text, names)}${fields}</div>
    ${block.accessory && safe`<div>${elementOf(block.accessory, names)}</div>`}</div>`;
}

function input(block, names) {
  const isGroup = ['checkboxes', 'radio_buttons'].includes(block.element.type);
  const tag = trusted(isGroup ? 'fieldset' : 'label');
  const name = trusted(isGroup ? 'legend' : 'span');
  return safe`<div class="input" ${block.dispatch_action && safe`data-dispatch="true"`}><${tag}>
    <${name} class="label">${block.label.text} ${block.optional && safe`<small>(optional)</small>`}</${name}>
    ${elementOf(block.element, names)}</${tag}>
    ${block.hint && safe`<small class="hint">${block.hint.text}</small>`}</div>`;
}

/** A titled box; one that may be collapsed is the browser's own disclosure. */
function container(block, names) {
  const title = block.rich_text_title
    ? richText(block.rich_text_title, names)
    : safe`<b>${block.title?.text}</b>`;
  const subtitle = block.subtitle && safe`<small>${textOf(block.subtitle, names)}</small>`;
  const inside = blocks(block.child_blocks, names);
  return block.is_collapsible
    ? safe`<details class="container" ${!block.default_collapsed && 'open'}><summary>${title} ${subtitle}</summary>${inside}</details>`
    : safe`<div class="container">${title} ${subtitle}${inside}</div>`;
}

function cell(one, names, tag) {
  const content = one.type === 'rich_text' ? richText(one, names) : safe`${one.text ?? one.value}`;
  return safe`<${tag}>${content}</${tag}>`;
}

function table(block, names) {
  const row = (cells, at) =>
    safe`<tr>${cells.map((one) => cell(one, names, trusted(at === 0 ? 'th' : 'td')))}</tr>`;
  return safe`<div class="table"><table>${block.rows.map(row)}</table></div>`;
}

/** Every block the page shows, by type. What is not here is refused by the server. */
export const kinds = {
  divider: () => safe`<hr>`,
  header: (block) => safe`<h3>${textOf(block.text)}</h3>`,
  image: (block) =>
    safe`<figure>${elementOf({ ...block, type: 'image' })}<figcaption>${block.title?.text}</figcaption></figure>`,
  context: (block, names) => safe`<div class="context">${each(block.elements, names, span)}</div>`,
  actions: (block, names) => safe`<div class="actions">${each(block.elements, names, span)}</div>`,
  section,
  input,
  rich_text: (block, names) => safe`<div>${richText(block, names)}</div>`,
  markdown: (block) => safe`<div>${markdown(block.text)}</div>`,
  table,
  alert: (block, names) =>
    safe`<p class="alert" role="note" data-level="${block.level ?? 'default'}">${textOf(block.text, names)}</p>`,
  container,
};

/** Blocks, each in an element that carries its block_id. */
export function blocks(list, names) {
  const body = (block) =>
    Object.hasOwn(kinds, block.type) ? kinds[block.type](block, names) : unsupported(block.type);
  return list.map((block) => safe`<div class="block" data-block="${block.block_id}">${body(block)}</div>`);
}
