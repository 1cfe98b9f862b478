import { z } from 'zod';
import { HostName } from '../hyperv/hyperv-settings';
import { once } from '../once';

/** A rule for machines in `handover.yaml`. All rules that match a machine hold for it together. */
const MachineRule = z.strictObject({
  /** The machine's name, with `*` for any signs, or its id; upper and lower case are the same. */
  match: z.string().min(1).max(100),
  /** It is not moved. */
  pin: z.boolean().optional(),
  /** It may run on these hosts and no others. */
  onlyHosts: z.array(HostName).min(1).optional(),
  /** Machines of one group are not put on one host. */
  keepApart: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{1,40}$/, 'the name of a group such as sql')
    .optional(),
  /** Whether people may choose that it is shut down or saved for a move. Nothing said: they may not. */
  mayShutDown: z.boolean().optional(),
  /** Who is told before and after: a Slack user id, or a text. */
  owner: z.string().min(1).max(100).optional(),
  /** It goes to no other hosts than those of Tier 0. */
  tier0: z.boolean().optional(),
});
export type MachineRule = z.infer<typeof MachineRule>;

/** The part `machines` of `handover.yaml`. */
export const MachineRules = z.array(MachineRule).max(1_000);

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The rules that are about a machine, in their order. Patterns are read once for each list of rules: a fabric has thousands of machines, and
 * may have as many rules as machines that are pinned.
 */
export const rulesAbout = once((rules: readonly MachineRule[]) => {
  const exact = new Map<string, MachineRule[]>();
  const patterns: { readonly rule: MachineRule; readonly parts: readonly string[] }[] = [];
  for (const rule of rules) {
    const parts = rule.match.toLowerCase().split('*');
    const [whole = ''] = parts;
    if (parts.length > 1) patterns.push({ rule, parts });
    else exact.set(whole, [...(exact.get(whole) ?? []), rule]);
  }
  return ({ id, name }: Named): readonly MachineRule[] => {
    if (rules.length === 0) return [];
    const text = name.toLowerCase();
    const own = new Set([...(exact.get(text) ?? []), ...(exact.get(id.toLowerCase()) ?? [])]);
    for (const { rule, parts } of patterns) if (isLike(text, parts)) own.add(rule);
    return own.size === 0 ? [] : rules.filter((rule) => own.has(rule));
  };
});

/** Whom the first rule that says it names as the owner of a machine; null: nobody is told. */
export function ownerOf(machine: Named, rules: readonly MachineRule[]): string | null {
  return firstOwner(rulesAbout(rules)(machine));
}

/** The same of rules that are about the machine. */
export function firstOwner(own: readonly MachineRule[]): string | null {
  return own.find(({ owner }) => owner !== undefined)?.owner ?? null;
}

/** Goes through the text once for each part of the pattern, whatever stands in it. */
function isLike(text: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
