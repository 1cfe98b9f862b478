import { GENERAL_COMMAND, VERBS, type VerbEntry } from './verbs';

/** Help about one verb, or a line for each; plain text with code in back quotes. */
export function helpFor(about: string | null): string {
  const entry = VERBS.find(({ verb }) => verb === about);
  if (entry)
    return [
      entry.summary,
      `Write: \`${commandOf(entry)} ${entry.usage}\``,
      `Such as: \`${commandOf(entry)} ${entry.example}\``,
    ].join('\n');
  const lines = VERBS.map((each) => `\`${commandOf(each)} ${each.usage}\`\n   ${each.summary}`);
  return [
    'What Handover does:',
    ...lines,
    `In a thread, write \`@handover\` instead of \`${GENERAL_COMMAND}\`.`,
  ].join('\n');
}

function commandOf({ slash, verb }: VerbEntry): string {
  return slash ?? `${GENERAL_COMMAND} ${verb}`;
}
