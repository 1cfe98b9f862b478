/* Slack's rich_text block, for reading. */
import { safe } from './html.mjs';
import { link } from './mrkdwn.mjs';
import { unsupported } from './unsupported.mjs';

const leaves = {
  text: (one) => safe`${one.text}`,
  link: (one) => link(one.url, one.text),
  user: (one, names) => safe`<span class="mention">@${names[one.user_id] ?? one.user_id}</span>`,
  channel: (one, names) => safe`<span class="mention">#${names[one.channel_id] ?? one.channel_id}</span>`,
  usergroup: (one) => safe`<span class="mention">@${one.usergroup_id}</span>`,
  broadcast: (one) => safe`<span class="mention loud">@${one.range}</span>`,
  emoji: (one) => safe`:${one.name}:`,
  color: (one) => safe`<code>${one.value}</code>`,
  date: (one) => safe`<time>${new Date(one.timestamp * 1000).toLocaleString()}</time>`,
};

function leaf(one, names) {
  const make = Object.hasOwn(leaves, one.type) ? leaves[one.type] : undefined;
  if (!make) return unsupported(one.type);
  const { bold, italic, strike, code } = one.style ?? {};
  let shown = make(one, names);
  if (code) shown = safe`<code>${shown}</code>`;
  if (strike) shown = safe`<s>${shown}</s>`;
  if (italic) shown = safe`<i>${shown}</i>`;
  return bold ? safe`<b>${shown}</b>` : shown;
}

const line = (part, names) => part.elements.map((one) => leaf(one, names));

const parts = {
  rich_text_section: (part, names) => safe`<p class="plain">${line(part, names)}</p>`,
  rich_text_quote: (part, names) => safe`<q class="plain">${line(part, names)}</q>`,
  rich_text_preformatted: (part, names) => safe`<pre>${line(part, names)}</pre>`,
  rich_text_list: (part, names) => {
    const items = part.elements.map((item) => safe`<li>${line(item, names)}</li>`);
    return part.style === 'ordered' ? safe`<ol>${items}</ol>` : safe`<ul>${items}</ul>`;
  },
};

/** The block's sections, lists, quotes and code. */
export const richText = (block, names) =>
  block.elements.map((part) =>
    Object.hasOwn(parts, part.type) ? parts[part.type](part, names) : unsupported(part.type),
  );
