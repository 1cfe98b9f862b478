import type { Plan } from '../../core/delegation/plan';
import { inert } from '../cards/text';
import type { Wanted } from '../reports/wanted';
import { countEntries, entriesOf, nounOf } from './plan-entries';

/** All writes of a plan as one file in its thread. The name says of which plan and fingerprint it is: by that it is found again. */
export function planFile(plan: Plan, { label, fingerprint }: { label: string; fingerprint: string }): Wanted {
  const noun = nounOf(plan);
  const number = plan.number;
  const all = `${countEntries(plan).toLocaleString('en-GB')} ${noun}s`;
  const short = fingerprint.slice(0, 8);
  const what = `plan ${number} of ${label}`;
  const end = `End of the list: ${all} of ${what}, fingerprint ${fingerprint}.`;
  const lines = [
    `All changes of ${what}: ${all}, a line each, the most powerful first.`,
    `Fingerprint ${fingerprint}`,
    ...entriesOf(plan).flatMap(({ heading, lines: each }) => ['', `${heading}:`, ...each]),
    '',
    end,
  ];
  const text = inert(`📄 All changes of ${what} in one file: ${all}, a line each, fingerprint ${short}.`);
  return {
    key: `file-p${number}`,
    message: { text, blocks: [] },
    file: {
      name: `${label}-plan-${number}-${short}.txt`,
      title: `All ${all} of ${what}, fingerprint ${short}`,
      content: `${lines.join('\n')}\n`,
    },
  };
}

/** The plan whose file a key names, or null when it names none. */
export function readFileKey(key: string): number | null {
  const [, plan] = /^file-p(\d+)$/.exec(key) ?? [];
  return plan === undefined ? null : Number(plan);
}
