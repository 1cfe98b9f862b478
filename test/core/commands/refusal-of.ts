import { parseCommand, type CommandProblem } from '../../../src/core/commands/parse';
import type { Ask } from '../../../src/core/commands/ask';
import type { CommandEntry } from '../../../src/core/commands/verbs';

/** The problem of a text that has to be refused. */
export function refusalOf(text: string, entry: CommandEntry = '/delegate'): CommandProblem {
  const parsed = parseCommand(entry, text);
  if (parsed.ok) throw new Error(`Accepted: ${text}`);
  return parsed.problem;
}

/** The ask of a text that has to be understood. */
export function askOf(text: string, entry: CommandEntry = '/delegate'): Ask {
  const parsed = parseCommand(entry, text);
  if (!parsed.ok) throw new Error(`${parsed.problem.summary}\n${parsed.problem.caret}`);
  return parsed.ask;
}
