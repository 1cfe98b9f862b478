import { commandOf, GENERAL_COMMAND, usageOf, VERBS, type VerbEntry } from './verbs';

/** Help about one verb, or a line for each that this person may use; plain text with code in back quotes. */
export function helpFor(about: string | null, mayUse: (entry: VerbEntry) => boolean = () => true): string {
  const entry = VERBS.find(({ verb }) => verb === about);
  if (entry) {
    const example = `${commandOf(entry)} ${entry.example}`.trimEnd();
    const without = mayUse(entry)
      ? []
      : [`You may not use it: handover.yaml names who may (${kindsOf(entry)}).`];
    return [entry.summary, `Write: \`${usageOf(entry)}\``, `Such as: \`${example}\``, ...without].join('\n');
  }
  const lines = VERBS.filter(mayUse).map((each) => `\`${inShort(each)}\`\n   ${each.summary}`);
  const hidden = VERBS.filter((each) => !mayUse(each)).map(({ verb }) => verb);
  return [
    'What Handover does:',
    ...lines,
    `Every change also takes \`${SAYING}\`; \`${GENERAL_COMMAND} help VERB\` tells all options of a command.`,
    `In a thread, write \`@handover\` instead of \`${GENERAL_COMMAND}\`.`,
    ...(hidden.length === 0 ? [] : [`Not yours to use, by handover.yaml: ${hidden.join(', ')}.`]),
  ].join('\n');
}

/** What every change takes, as usages end with it. */
const SAYING = '[--reason "…"] [--ticket X] [--plan]';

/** How the command is typed, without its options: all of them together are more than anybody reads. */
export function inShort(entry: VerbEntry): string {
  return usageOf(entry).replaceAll(/ \[--[^\]]*\]/g, '');
}

function kindsOf({ needs }: VerbEntry): string {
  return needs.join(', ');
}
