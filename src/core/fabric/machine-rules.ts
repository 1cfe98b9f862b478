import { z } from 'zod';
import { HostName } from '../hyperv/hyperv-settings';

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

/** Whether a rule is about a machine. */
export function matches({ match }: MachineRule, { id, name }: { id: string; name: string }): boolean {
  const pattern = match.toLowerCase();
  return pattern === id.toLowerCase() || isLike(name.toLowerCase(), pattern);
}

/** Whom the first rule that says it names as the owner of a machine; null: nobody is told. */
export function ownerOf(machine: { id: string; name: string }, rules: readonly MachineRule[]): string | null {
  return rules.find((rule) => rule.owner !== undefined && matches(rule, machine))?.owner ?? null;
}

/** Goes through the text once for each part of the pattern, whatever stands in it. */
function isLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
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
