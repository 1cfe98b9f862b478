import type { Person } from '../../core/request/statement';

/** Text that shows exactly as typed in mrkdwn: no mention, link or formatting can come of it (Slack's three entities). */
export function inert(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Inert text as code, so that `*`, `_` and `~` stay what they are as well. */
export function code(text: string): string {
  return `\`${inert(text.replaceAll('`', 'ˋ'))}\``;
}

/** Inert text as a quotation: code-free, formatting signs kept from working by a word joiner (U+2060). */
export function quoted(text: string): string {
  return `“${inert(text).replaceAll(/[*_~`]/g, (sign) => `\u2060${sign}\u2060`)}”`;
}

/** A person as a mention. The id comes from a payload of Slack and is checked here once more. */
export function mention({ user }: Person): string {
  return /^[UW][A-Z0-9]{2,20}$/.test(user) ? `<@${user}>` : inert(user);
}

/** A time in the reader's own zone; `at` in milliseconds since 1970. */
export function date(at: number): string {
  const fallback = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}

/** Cut so that Slack takes it, with a sign that something is missing. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
