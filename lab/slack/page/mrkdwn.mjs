/* Slack's mrkdwn to HTML: the subset that people see in messages. */
import { escaped, safe, trusted } from './html.mjs';

/** Slack sends the three markup characters as entities. */
const decode = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const styles = [
  [/(^|[\s(])\*([^*\n]+)\*(?=$|[\s).,:;!?])/g, '$1<b>$2</b>'],
  [/(^|[\s(])_([^_\n]+)_(?=$|[\s).,:;!?])/g, '$1<i>$2</i>'],
  [/(^|[\s(])~([^~\n]+)~(?=$|[\s).,:;!?])/g, '$1<s>$2</s>'],
  [/^&#62; ?(.*)$/gm, '<q>$1</q>'],
  [/<\/q>\n/g, '</q>'],
  [/\n(?=<q>)/g, ''],
  [/\n/g, '<br>'],
];

/** Emoji codes that the bot or a person may write; others stay as typed, as they do in Slack for unknown codes. */
const emoji = {
  white_check_mark: '✅',
  x: '❌',
  warning: '⚠️',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  eyes: '👀',
  wave: '👋',
  tada: '🎉',
  no_entry: '⛔',
  arrows_counterclockwise: '🔄',
};
const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+-]+):/g, (code, name) => (Object.hasOwn(emoji, name) ? emoji[name] : code));

const styled = (text) =>
  trusted(
    styles.reduce((markup, [pattern, by]) => markup.replace(pattern, by), escaped(withEmoji(decode(text)))),
  );

/** `<@U…>`, `<#C…|name>`, `<!channel>`, `<!date^…|fallback>`, `<https://…|label>`; anything else as typed. */
function reference(inner, names) {
  const [target, label] = inner.split('|', 2);
  const [kind, id] = [target[0], target.slice(1)];
  if (kind === '@' || kind === '#')
    return safe`<span class="mention">${kind}${Object.hasOwn(names, id) ? names[id] : (label ?? id)}</span>`;
  if (target.startsWith('!date^')) return safe`<time>${dateText(target, label)}</time>`;
  if (target.startsWith('!subteam^'))
    return safe`<span class="mention">${decode(label ?? target.slice(9))}</span>`;
  if (kind === '!') return safe`<span class="mention loud">@${id}</span>`;
  return link(decode(target), label === undefined ? undefined : decode(label), `<${inner}>`);
}

/** A link if its address may be followed, else what was typed. */
export function link(address, label, typed = address) {
  if (!/^(https?|mailto):/.test(address)) return safe`${decode(typed)}`;
  return safe`<a href="${address}" rel="noreferrer" target="_blank">${label ?? address}</a>`;
}

function dateText(target, fallback) {
  const [, seconds, format = ''] = target.split('^');
  const date = new Date(Number(seconds) * 1000);
  if (!Number.isFinite(date.getTime())) return fallback;
  return decode(format).replace(/\{(\w+)\}/g, (_, word) => dateWord(word, date));
}

/** Slack's date tokens; `_pretty` says today, yesterday or tomorrow where that fits. */
function dateWord(word, date) {
  if (word.startsWith('time'))
    return date.toLocaleTimeString([], { timeStyle: word === 'time_secs' ? 'medium' : 'short' });
  const day = (other) => new Date(Date.now() + other * 86_400_000).toDateString();
  const near = { [day(0)]: 'today', [day(-1)]: 'yesterday', [day(1)]: 'tomorrow' }[date.toDateString()];
  if (word.endsWith('_pretty') && near) return near;
  const month = word.startsWith('date_short') ? 'short' : 'long';
  if (word.startsWith('date_num')) return date.toISOString().slice(0, 10);
  return date.toLocaleDateString([], { day: 'numeric', month, year: 'numeric' });
}

/** `names` are the names of users and channels by id. */
export function mrkdwn(text, names) {
  const pieces = String(text).split(/(```[\s\S]+?```|`[^`\n]+`|<[^<>\n]+>)/);
  return pieces.map((piece, at) => {
    if (at % 2 === 0) return styled(piece);
    if (piece.startsWith('```'))
      return safe`<pre>${decode(piece.slice(3, -3)).replace(/^\n|\n$/g, '')}</pre>`;
    if (piece.startsWith('`')) return safe`<code>${decode(piece.slice(1, -1))}</code>`;
    return reference(piece.slice(1, -1), names);
  });
}

/** A text object: plain text as it is, mrkdwn with its marks. */
export const textOf = (object, names) =>
  object.type === 'mrkdwn'
    ? mrkdwn(object.text, names)
    : safe`<span class="plain">${withEmoji(object.text)}</span>`;
