import { GENERAL_COMMAND, VERBS } from '../src/core/commands/verbs';
import type { CommandHint } from './slack/options';

/** What the composer of the practice domain suggests: every verb as people type it, from the one table of verbs. */
export const commandHints: CommandHint[] = VERBS.map(({ verb, slash, usage, summary, example }) => ({
  command: slash ?? GENERAL_COMMAND,
  usage: slash ? usage : `${verb} ${usage}`,
  description: summary,
  example: slash ? example : `${verb} ${example}`,
}));
