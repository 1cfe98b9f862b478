import { GENERAL_COMMAND, usageOf, VERBS, type VerbEntry } from './verbs';

/** Help about one verb, or a line for each; plain text with code in back quotes. */
export function helpFor(about: string | null): string {
  const entry = VERBS.find(({ verb }) => verb === about);
  if (entry) {
    const example = `${commandOf(entry)} ${entry.example}`.trimEnd();
    return [entry.summary, `Write: \`${usageOf(entry)}\``, `Such as: \`${example}\``].join('\n');
  }
  const lines = VERBS.map((each) => `\`${usageOf(each)}\`\n   ${each.summary}`);
  return [
    'What Handover does:',
    ...lines,
    `In a thread, write \`@handover\` instead of \`${GENERAL_COMMAND}\`.`,
  ].join('\n');
}

function commandOf({ slash, verb }: VerbEntry): string {
  return slash ?? `${GENERAL_COMMAND} ${verb}`;
}
