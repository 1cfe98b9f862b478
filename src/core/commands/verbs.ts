import type { Ask } from './ask';
import { HOST_VERBS } from './host-verbs';
import type { VerbEntry } from './verb-entry';

export type { VerbEntry } from './verb-entry';

/** The slash command that knows every verb. */
export const GENERAL_COMMAND = '/hv' as const;

/** Where a command came from: its own slash command, the general one, an alias, or a mention of the bot in a thread. */
export type CommandEntry = '/delegate' | '/undelegate' | '/drain' | '/hv' | `/hv-${Ask['verb']}` | 'mention';

/** Every verb, in the order in which help lists them. */
export const VERBS: readonly VerbEntry[] = [
  {
    verb: 'delegate',
    slash: '/delegate',
    usage:
      'HOSTS -> HOSTS [SERVICES] [--both] [--protocol any|kerberos] [--for 8h] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks that the first hosts may delegate to services of the second, with --for only so long; “mesh HOSTS” asks it for each of them to every other.',
    example: 'hyper-v01 -> hyper-v02 cifs,migration --reason "Patch night"',
    needs: ['delegation-add'],
  },
  {
    verb: 'undelegate',
    slash: '/undelegate',
    usage: 'HOSTS -> HOSTS [SERVICES|all] [--both] [--reason "…"] [--ticket X] [--plan]',
    summary: 'Asks that the first hosts may no longer delegate to the second, which need not exist any more.',
    example: 'hyper-v0[1-4] -> hyper-v05 all --reason "Host retired"',
    needs: ['delegation-remove'],
  },
  {
    verb: 'onboard',
    slash: null,
    usage: 'HOST [like HOST] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks to set a host up: its trust mode, and delegation both ways with the group of the host after “like”, or with all Hyper-V hosts.',
    example: 'hyper-v05 like hyper-v01',
    needs: ['delegation-add', 'trust-mode'],
  },
  {
    verb: 'retire',
    slash: null,
    usage: 'HOST [--reason "…"] [--ticket X] [--plan]',
    summary: 'Asks that every delegation from a host and to it goes; the host need not exist any more.',
    example: 'hyper-v05 --reason "Sold"',
    needs: ['delegation-remove'],
  },
  {
    verb: 'delegations',
    slash: null,
    usage: '[HOST] [--verify] [--raw]',
    summary:
      'Shows what hosts may delegate, as the Delegation tab does, and who wrote it; --verify asks every domain controller.',
    example: 'hyper-v01 --verify',
    needs: ['delegations'],
  },
  {
    verb: 'findings',
    slash: null,
    usage: '',
    summary:
      'Lists what is wrong with delegations in the domain, worst first, with what to do; what is new since the last time is marked.',
    example: '',
    needs: ['findings'],
  },
  ...HOST_VERBS,
  {
    verb: 'requests',
    slash: null,
    usage: '[mine|waiting|running|review]',
    summary:
      'Lists the open requests, or of them your own, those that wait for a decision, those being carried out; or those whose broken glass is to be reviewed.',
    example: 'waiting',
    needs: [],
  },
  {
    verb: 'show',
    slash: null,
    usage: 'REQUEST',
    summary: 'Shows one request: its plan, its decisions and how far it is.',
    example: 'R-1042',
    needs: [],
  },
  {
    verb: 'audit',
    slash: null,
    usage: 'REQUEST',
    summary:
      'Tells the whole story of one request from the audit: who said what when, each step with its server, and whether the records hold together.',
    example: 'R-1042',
    needs: ['audit'],
  },
  {
    verb: 'undo',
    slash: null,
    usage: 'REQUEST [--reason "…"] [--ticket X] [--plan]',
    summary: 'Asks to take back what a request changed, as far as nobody else wants it by now.',
    example: 'R-1042',
    needs: [],
  },
  {
    verb: 'extend',
    slash: null,
    usage: 'REQUEST DURATION',
    summary: 'Asks that what a temporary request added stays for that time, counted from the new approval.',
    example: 'R-1042 8h',
    needs: [],
  },
  {
    verb: 'cordon',
    slash: null,
    usage: 'HOST "WHY"',
    summary: 'Keeps machines off a host: none is planned to be moved there. Also: maintenance on HOST "WHY".',
    example: 'hyper-v01 "New memory on Thursday"',
    needs: ['cordon'],
  },
  {
    verb: 'uncordon',
    slash: null,
    usage: 'HOST ["WHY"]',
    summary: 'Lets machines on it again. Also: maintenance off HOST.',
    example: 'hyper-v01',
    needs: ['cordon'],
  },
  {
    verb: 'freeze',
    slash: null,
    usage: '"WHY"',
    summary: 'Lets nothing new begin, anywhere, at once; steps in flight are finished. Anybody may say it.',
    example: '"Storage is failing"',
    needs: [],
  },
  {
    verb: 'unfreeze',
    slash: null,
    usage: '"WHY"',
    summary: 'Ends the freeze; for everybody but the one who froze.',
    example: '"Storage is well again"',
    needs: [],
  },
  {
    verb: 'help',
    slash: null,
    usage: '[VERB]',
    summary: 'Lists the commands, or explains one of them.',
    example: 'delegate',
    needs: [],
  },
];

/** Finds a row by verb or by slash command, in any case; null if there is none. */
export function findVerb(word: string): VerbEntry | null {
  const wanted = word.toLowerCase();
  return VERBS.find(({ verb, slash }) => verb === wanted || slash === wanted) ?? null;
}

/** A verb's further slash command, which stands in the manifest only where every alias is wanted. */
export function aliasOf({ verb }: VerbEntry): CommandEntry {
  return `${GENERAL_COMMAND}-${verb}`;
}

/** The row whose own slash command or alias this is; null for the general command and for mentions. */
export function ownerOf(entry: CommandEntry): VerbEntry | null {
  return VERBS.find((each) => each.slash === entry || aliasOf(each) === entry) ?? null;
}

/** A slash command as Slack names it, in any case, if it is one of ours. */
export function entryOf(command: string): CommandEntry | null {
  const known: readonly CommandEntry[] = [
    GENERAL_COMMAND,
    ...VERBS.flatMap((each) => [...(each.slash ? [each.slash] : []), aliasOf(each)]),
  ];
  return known.find((entry) => entry === command.toLowerCase()) ?? null;
}

/** How a verb's command is typed in full, for saying what was expected where nothing stands. */
export function usageOfVerb(verb: Ask['verb']): string {
  return VERBS.filter((entry) => entry.verb === verb)
    .map(usageOf)
    .join();
}

/** How the command is typed in full: its own slash command, or `/hv VERB`, and its usage. */
export function usageOf(entry: VerbEntry): string {
  return `${commandOf(entry)} ${entry.usage}`.trimEnd();
}

/** How the command begins: its own slash command, or `/hv VERB`. */
export function commandOf({ slash, verb }: VerbEntry): string {
  return slash ?? `${GENERAL_COMMAND} ${verb}`;
}
