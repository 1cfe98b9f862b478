import type { Ask } from './ask';

/** One row of the table from which parser, help, README and manifest are made. */
export interface VerbEntry {
  readonly verb: Ask['verb'];
  /** The verb's own slash command, if it has one besides `/hv VERB`. */
  readonly slash: '/delegate' | null;
  /** What follows the verb. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  /** What follows the verb, filled in. */
  readonly example: string;
}

/** The slash command that knows every verb. */
export const GENERAL_COMMAND = '/hv';

/** Where a command came from: its own slash command, the general one, or a mention of the bot in a thread. */
export type CommandEntry = '/delegate' | '/hv' | 'mention';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly VerbEntry[] = [
  {
    verb: 'delegate',
    slash: '/delegate',
    usage: 'SOURCE -> DESTINATION [SERVICES] [--reason "…"] [--ticket X] [--plan]',
    summary: 'Asks that the source host may delegate to services of the destination host.',
    example: 'hyper-v01 -> hyper-v02 cifs,migration --reason "Patch night"',
  },
  {
    verb: 'show',
    slash: null,
    usage: 'REQUEST',
    summary: 'Shows one request: its plan, its decisions and how far it is.',
    example: 'R-1042',
  },
  {
    verb: 'help',
    slash: null,
    usage: '[VERB]',
    summary: 'Lists the commands, or explains one of them.',
    example: 'delegate',
  },
];

/** Finds a row by verb or by slash command, in any case; null if there is none. */
export function findVerb(word: string): VerbEntry | null {
  const wanted = word.toLowerCase();
  return VERBS.find(({ verb, slash }) => verb === wanted || slash === wanted) ?? null;
}

/** How the command is typed in full: its own slash command, or `/hv VERB`, and its usage. */
export function usageOf(entry: VerbEntry): string {
  return `${entry.slash ?? `${GENERAL_COMMAND} ${entry.verb}`} ${entry.usage}`;
}
