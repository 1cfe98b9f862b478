import type { Person } from '../../core/request/statement';

/** Text with Slack's three markup characters as entities: no mention, link or date can come of it in mrkdwn. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Foreign text for a place that is always mrkdwn (a message's `text`): escaped, and word joiners (U+2060) keep the
 * formatting signs from working. Blocks show foreign text as plain_text instead, which is exact.
 */
export function inert(text: string): string {
  return escaped(text).replaceAll(/[*_~`]/g, (sign) => `\u2060${sign}\u2060`);
}

/** Lines that must stand under each other, as code; a back quote would end it, so it becomes U+02CB, one column as well. */
export function codeBlock(lines: string): string {
  return `\`\`\`\n${escaped(lines.replaceAll('`', 'ˋ'))}\n\`\`\``;
}

/** A person as a mention, by id. An id that cannot be one (from an edited record) is shown and mentions nobody. */
export function mention({ user }: Pick<Person, 'user'>): string {
  return /^[UW][A-Z0-9]{2,20}$/.test(user) ? `<@${user}>` : inert(user);
}

/** A person or a user group, by id. */
export function called(id: string): string {
  return /^S[A-Z0-9]{2,20}$/.test(id) ? `<!subteam^${id}>` : mention({ user: id });
}

/** A channel as a link, by id. */
export function channelLink(channel: string): string {
  return /^[CDG][A-Z0-9]{2,20}$/.test(channel) ? `<#${channel}>` : inert(channel);
}

/** The label of another request; one that cannot be a label (from an edited record) is inert, and short. */
export function labelText(label: string): string {
  return /^R-\d{1,12}$/.test(label) ? label : inert(clip(label, 40));
}

/** A moment in the reader's own zone, in UTC where Slack cannot; `at` in milliseconds since 1970. */
export function moment(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${utc(at)}>`;
}

/** A moment for plain text, where Slack makes no local times. */
function utc(at: number): string {
  const date = new Date(at);
  // An edited record may hold any number; what is no date must not break the card.
  return Number.isNaN(date.getTime())
    ? '(no time)'
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** At most `length` characters; whole ones, so that no half of a pair is left. The last is an ellipsis if something is missing. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.codePointAt(length - 2) ?? 0;
  return `${text.slice(0, end > 0xff_ff ? length - 2 : length - 1)}…`;
}

/** `1 value`, `4 values`, `16,128 values`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

const UNITS = [
  { unit: ' days', ms: 86_400_000 },
  { unit: ' h', ms: 3_600_000 },
  { unit: ' min', ms: 60_000 },
  { unit: ' s', ms: 1_000 },
] as const;

/** How long something lasts, to the second: `8 h`, `1 h 30 min`, `2 days 12 h`; `ms` in milliseconds. */
export function lasting(ms: number): string {
  let rest = ms;
  const parts = UNITS.flatMap(({ unit, ms: size }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count}${count === 1 && unit === ' days' ? ' day' : unit}`];
  });
  return parts.length === 0 ? 'less than a second' : parts.join(' ');
}

/** Text that stays on its line and in its place: what cannot be seen, or turns the text round it, becomes an escape. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (unseen) =>
    unseen
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
