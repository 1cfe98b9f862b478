import { entryOf, type CommandEntry } from '../../core/commands/verbs';

/** Action ids of buttons that stand for a typed command begin so; what follows keeps them apart within a message. */
export const COMMAND_ACTION = 'command';

/** The longest that a button's value may be. */
const LONGEST = 2_000;

/** The command that a button stands for, as if its person had typed it; null for a button that is none. */
export function readCommandButton(
  action: string,
  value: string | undefined,
): { readonly entry: CommandEntry; readonly text: string } | null {
  if (!action.startsWith(`${COMMAND_ACTION}.`) || value === undefined || value.length > LONGEST) return null;
  const [word = '', ...rest] = value.split(' ');
  const entry = entryOf(word);
  return entry ? { entry, text: rest.join(' ') } : null;
}
