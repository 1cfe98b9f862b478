import { settingCommands } from '../hyperv/by-hand';
import type { History } from './history';
import { clipped, listed } from './listing';
import type { Verdict } from './plan';

/** Machines may be moved to these hosts and from them by now, so an undo of what the directory was given leaves hosts as they are, and says how to set them back. */
export function settingsStay({ label, set = [] }: NonNullable<History['undone']>): readonly Verdict[] {
  if (set.length === 0) return [];
  const stay = set.length === 1 ? 'stays' : 'stay';
  const commands = set.flatMap(({ before, after, ...rest }) =>
    settingCommands({ ...rest, before: after, after: before }),
  );
  return [
    {
      check: 'undo.settings-stay',
      verdict: 'warn',
      sentence: clipped(
        `${listed(set.map(({ host }) => host))} ${stay} set up for live migration as ${label} has left it.`,
      ),
      remedy: clipped(`To set that back, in PowerShell: ${commands.join('; ')}`),
    },
  ];
}
