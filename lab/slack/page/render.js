/* Slack's JSON to HTML. Every value passes `safe`, which escapes what it did not make itself. */

const escape = (text) => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const made = new WeakSet();
/** Marks a string as markup that was made here. */
const trusted = (markup) => {
  const kept = { markup };
  return made.add(kept) && kept;
};

/** A template whose values are escaped, unless they come from this tag or are lists of such. */
export function safe(strings, ...values) {
  return trusted(strings.map((part, at) => part + (at < values.length ? shown(values[at]) : '')).join(''));
}

function shown(value) {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(shown).join('');
  return typeof value === 'object' && made.has(value) ? value.markup : escape(value);
}

/** Slack sends the three markup characters as entities. */
const decode = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const styles = [
  [/(^|[\s(])\*([^*\n]+)\*(?=$|[\s).,:;!?])/g, '$1<b>$2</b>'],
  [/(^|[\s(])_([^_\n]+)_(?=$|[\s).,:;!?])/g, '$1<i>$2</i>'],
  [/(^|[\s(])~([^~\n]+)~(?=$|[\s).,:;!?])/g, '$1<s>$2</s>'],
  [/^&#62; ?(.*)$/gm, '<q>$1</q>'],
  [/\n/g, '<br>'],
];

const styled = (text) =>
  trusted(styles.reduce((markup, [pattern, by]) => markup.replace(pattern, by), escape(decode(text))));

/** `<@U…>`, `<#C…|name>`, `<!channel>`, `<!date^…|fallback>`, `<https://…|label>`; anything else as typed. */
function reference(inner, names) {
  const [target, label] = inner.split('|', 2);
  const [kind, id] = [target[0], target.slice(1)];
  if (kind === '@' || kind === '#')
    return safe`<span class="mention">${kind}${names[id] ?? label ?? id}</span>`;
  if (target.startsWith('!date^')) return safe`<time>${dateText(target, label)}</time>`;
  if (kind === '!') return safe`<span class="mention loud">@${id}</span>`;
  if (!/^(https?|mailto):/.test(target)) return safe`${decode(`<${inner}>`)}`;
  return safe`<a href="${decode(target)}" rel="noreferrer" target="_blank">${decode(label ?? target)}</a>`;
}

function dateText(target, fallback) {
  const [, seconds, format = ''] = target.split('^');
  const date = new Date(Number(seconds) * 1000);
  if (!Number.isFinite(date.getTime())) return fallback;
  const time = date.toLocaleTimeString([], {
    timeStyle: format.includes('{time_secs}') ? 'medium' : 'short',
  });
  return decode(format)
    .replace(/\{time(_secs)?\}/g, time)
    .replace(/\{\w+\}/g, date.toLocaleDateString());
}

/** The mrkdwn subset that the bot uses; `names` are the names of users and channels by id. */
export function mrkdwn(text, names) {
  const pieces = String(text).split(/(```[\s\S]+?```|`[^`\n]+`|<[^<>\n]+>)/);
  return pieces.map((piece, at) => {
    if (at % 2 === 0) return styled(piece);
    if (piece.startsWith('```')) return safe`<pre>${decode(piece.slice(3, -3)).trim()}</pre>`;
    if (piece.startsWith('`')) return safe`<code>${decode(piece.slice(1, -1))}</code>`;
    return reference(piece.slice(1, -1), names);
  });
}

const textOf = (object, names) =>
  object.type === 'mrkdwn' ? mrkdwn(object.text, names) : safe`<span class="plain">${object.text}</span>`;
const question = ({ confirm }) => confirm && `${confirm.title.text}\n\n${confirm.text.text}`;
const unsupported = (type) =>
  safe`<p class="unsupported" data-testid="unsupported">Not shown here: ${type}</p>`;

const elements = {
  mrkdwn: textOf,
  plain_text: textOf,
  image: (one) => safe`<img src="${one.image_url}" alt="${one.alt_text}">`,
  button: (one) =>
    safe`<button type="button" class="${one.style}" data-action="${one.action_id}" data-value="${one.value}" data-confirm="${question(one)}">${one.text.text}</button>`,
  plain_text_input: (one) =>
    one.multiline
      ? safe`<textarea name="${one.action_id}" placeholder="${one.placeholder?.text}">${one.initial_value}</textarea>`
      : safe`<input name="${one.action_id}" placeholder="${one.placeholder?.text}" value="${one.initial_value}">`,
  static_select: menu,
  overflow: menu,
};

function menu(one) {
  const options = [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)];
  const row = ({ value, text }) =>
    safe`<option value="${value}" ${value === one.initial_option?.value && 'selected'}>${text.text}</option>`;
  return safe`<select name="${one.action_id}" data-action="${one.action_id}"><option value="">…</option>${options.map(row)}</select>`;
}

const elementOf = (one, names) => (elements[one.type] ?? (() => unsupported(one.type)))(one, names);
const each = (list, names, tag) => list.map((one) => safe`<${tag}>${elementOf(one, names)}</${tag}>`);
const span = trusted('span');
const paragraph = trusted('p');

const kinds = {
  divider: () => safe`<hr>`,
  header: (block) => safe`<h3>${block.text.text}</h3>`,
  image: (block) =>
    safe`<figure>${elements.image(block)}<figcaption>${block.title?.text}</figcaption></figure>`,
  context: (block, names) => safe`<div class="context">${each(block.elements, names, span)}</div>`,
  actions: (block, names) => safe`<div class="actions">${each(block.elements, names, span)}</div>`,
  section: (block, names) =>
    safe`<div class="section"><div>${each(block.text ? [block.text] : [], names, paragraph)}
      <div class="fields">${each(block.fields ?? [], names, paragraph)}</div></div>${block.accessory && elementOf(block.accessory, names)}</div>`,
  input: (block, names) =>
    safe`<div class="input"><label>${block.label.text} ${block.optional && '(optional)'} ${elementOf(block.element, names)}</label>
      <small>${block.hint?.text}</small> <small class="error" role="alert"></small></div>`,
};

/** Blocks, each in an element that carries its block_id. */
export function blocks(list, names) {
  const body = (block) => (kinds[block.type] ?? (() => unsupported(block.type)))(block, names);
  return list.map((block) => safe`<div data-block="${block.block_id}">${body(block)}</div>`);
}

/** One message with its sender, its thread's size and, for ephemerals, the word that nobody else sees it. */
export function message(item, names, inThread) {
  const replies = item.reply_count ? `Thread (${item.reply_count})` : 'Reply in thread';
  const hasThread = !inThread && !item.is_ephemeral;
  return safe`<article data-ts="${item.ts}" data-channel="${item.channel}" data-testid="message" class="${item.is_ephemeral && 'ephemeral'}">
    <header><b>${names[item.user] ?? item.user}</b> ${item.bot_id && safe`<small class="badge">APP</small>`}
    <time>${new Date(Number(item.ts) * 1000).toLocaleTimeString()}</time> <small>${item.edited && '(edited)'}</small></header>
    <small>${item.is_ephemeral && 'Only visible to you'}</small>
    ${item.blocks ? blocks(item.blocks, names) : safe`<p>${mrkdwn(item.text, names)}</p>`}
    ${hasThread && safe`<button type="button" class="link" data-thread="${item.ts}">${replies}</button>`}</article>`;
}
