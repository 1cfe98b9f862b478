import { z } from 'zod';
import { once } from '../once';

const PATTERN = /^(?:[a-z0-9-]|\*|\[\d{1,6}-\d{1,6}\])+$/;
const RANGE = /^\[(\d{1,6})-(\d{1,6})\]$/;

/** A host's short name, or many: `hyper-v0[1-4]` as in a command, `prod-*` for whatever follows. */
const HostPattern = z
  .string()
  .toLowerCase()
  .regex(PATTERN, 'a short host name, a range such as hyper-v0[1-4], or a name with *')
  .refine((text) => expressionOf(text) !== null, 'a range with the smaller number first, such as [1-4]');

export const GroupName = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'a group name such as production');

/** Host groups by name. A host may be in several, or in none. */
export const HostGroups = z.record(GroupName, z.array(HostPattern));
export type HostGroups = z.infer<typeof HostGroups>;

/** The groups that a host is in, sorted. `host`: its name as the directory has it or as somebody typed it; only the first label counts. */
export function groupsOf(groups: HostGroups | undefined, host: string): readonly string[] {
  if (!groups) return [];
  const label = host.toLowerCase().replace(/\$$/, '').split('.', 1)[0] ?? '';
  return compiled(groups)
    .filter(({ patterns }) => patterns.some((pattern) => pattern(label)))
    .map(({ name }) => name)
    .toSorted();
}

type Matches = (label: string) => boolean;

const compiled = once((groups: HostGroups): readonly { name: string; patterns: readonly Matches[] }[] =>
  Object.entries(groups).map(([name, patterns]) => ({
    name,
    patterns: patterns.flatMap((pattern) => expressionOf(pattern.toLowerCase()) ?? []),
  })),
);

/** How a pattern is matched; null for one that is none, or a range that runs backwards. */
function expressionOf(pattern: string): Matches | null {
  if (!PATTERN.test(pattern)) return null;
  const parts = pattern.split(/(\*|\[\d+-\d+\])/).filter((part) => part !== '');
  const ranges: { first: number; last: number; digits: number }[] = [];
  const spelled = parts.map((part) => {
    if (part === '*') return '[a-z0-9-]*';
    const [, from, to] = RANGE.exec(part) ?? [];
    if (from === undefined || to === undefined) return part;
    ranges.push({ first: Number(from), last: Number(to), digits: from.length });
    return '(\\d{1,6})';
  });
  if (ranges.some(({ first, last }) => first > last)) return null;
  const expression = new RegExp(`^${spelled.join('')}$`);
  return (label) => {
    const found = label.length > LONGEST_LABEL ? null : expression.exec(label);
    if (!found) return false;
    return ranges.every(({ first, last, digits }, at) => {
      const number = found[at + 1] ?? '';
      const value = Number(number);
      // `0[1-4]` is not `00001`: as many digits as the first number has, or as the number itself needs.
      return value >= first && value <= last && number.length === Math.max(digits, `${value}`.length);
    });
  };
}

/** A DNS label is no longer (RFC 1035 2.3.4). */
const LONGEST_LABEL = 63;
