import type { Plan } from '../../core/delegation/plan';
import { inert } from '../cards/text';
import type { Wanted } from '../reports/wanted';
import { countWrites, writesOf } from './write-lines';

/** All writes of a plan as one file in its thread. The name says of which plan and fingerprint it is: by that it is found again. */
export function planFile(
  { number, directory }: Plan,
  { label, fingerprint }: { label: string; fingerprint: string },
): Wanted {
  const writes = countWrites(directory.changes).toLocaleString('en-GB');
  const short = fingerprint.slice(0, 8);
  const what = `plan ${number} of ${label}`;
  const end = `End of the list: ${writes} writes of ${what}, fingerprint ${fingerprint}.`;
  const lines = [
    `All changes of ${what}: ${writes} writes, a line each, the most powerful first.`,
    `Fingerprint ${fingerprint}`,
    ...writesOf(directory.changes).flatMap(({ heading, lines: each }) => ['', `${heading}:`, ...each]),
    '',
    end,
  ];
  const text = inert(
    `📄 All changes of ${what} in one file: ${writes} writes, a line each, fingerprint ${short}.`,
  );
  return {
    key: `file-p${number}`,
    message: { text, blocks: [] },
    file: {
      name: `${label}-plan-${number}-${short}.txt`,
      title: `All ${writes} writes of ${what}, fingerprint ${short}`,
      content: `${lines.join('\n')}\n`,
    },
  };
}

/** The plan whose file a key names, or null when it names none. */
export function readFileKey(key: string): number | null {
  const [, plan] = /^file-p(\d+)$/.exec(key) ?? [];
  return plan === undefined ? null : Number(plan);
}
