import type { z } from 'zod';
import { nearestWord } from './commands/nearest';
import { keysAt, settingsJsonSchema } from './settings-schema';

/** What is wrong with a settings file, where, and what to do about it. */
export interface SettingsFlaw {
  /** From the top of the file: keys, and positions in lists. */
  readonly path: readonly (string | number)[];
  /** One sentence without its full stop. */
  readonly message: string;
  /** One sentence. */
  readonly remedy: string;
}

/** Every flaw that the reading of a settings file has found. */
export function flawsOf(error: z.ZodError): readonly SettingsFlaw[] {
  return error.issues.flatMap((issue) => flawsOfIssue(issue, []));
}

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

function flawsOfIssue(issue: Issue, above: Path): readonly SettingsFlaw[] {
  const path = [...above, ...issue.path.filter((step) => typeof step !== 'symbol')];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_key':
      return [{ path, message: 'this name cannot be used here', remedy: nameRemedy(issue) }];
    case 'invalid_union':
      return ofUnion(issue, path);
    case 'invalid_type':
      return [issue.input === undefined && isMissing(issue) ? missing(path, issue) : wrongType(path, issue)];
    default:
      return [{ path, message: issue.message, remedy: remedyOf(issue) }];
  }
}

function unknownKey(path: Path, key: string): SettingsFlaw {
  const known = keysAt(settingsJsonSchema(), path);
  const near = known.includes(key) ? null : nearestWord(key, known);
  const all = [...new Set(known)].join(', ');
  const remedy = near === null ? `Remove it; known here: ${all}.` : `Did you mean ${near}?`;
  // Of two forms of a section, the other one's.
  const message = known.includes(key) ? `${key} does not go with the rest` : `there is no setting ${key}`;
  return { path: [...path, key], message, remedy };
}

/** Of all that could stand here, what came nearest: the branch whose flaws lie deepest. */
function ofUnion(issue: Issue & { code: 'invalid_union' }, path: Path): readonly SettingsFlaw[] {
  const branches = (issue.errors ?? []).map((issues) => issues.flatMap((each) => flawsOfIssue(each, path)));
  const deepest = branches.toSorted((a, b) => depth(b) - depth(a))[0];
  if (deepest && depth(deepest) > path.length) return deepest;
  return [{ path, message: issue.message, remedy: 'Write one of the forms that the example shows.' }];
}

function depth(flaws: readonly SettingsFlaw[]): number {
  return Math.max(0, ...flaws.map(({ path }) => path.length));
}

function isMissing({ message }: Issue): boolean {
  return message.endsWith('received undefined');
}

function missing(path: Path, { expected }: Issue & { code: 'invalid_type' }): SettingsFlaw {
  return { path, message: 'this setting is missing', remedy: `Add it: ${article(expected)}.` };
}

function wrongType(path: Path, { expected, message }: Issue & { code: 'invalid_type' }): SettingsFlaw {
  return { path, message, remedy: `Write ${article(expected)} here.` };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section with keys of its own',
  record: 'a section with names of your own',
};

function article(expected: string): string {
  return KINDS[expected] ?? expected;
}

function nameRemedy(issue: Issue & { code: 'invalid_key' }): string {
  return `Use ${issue.issues[0]?.message ?? 'another name'}.`;
}

function remedyOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_format':
      return issue.format === 'regex' ? `Write ${issue.message}.` : `Write a valid ${issue.format}.`;
    case 'too_small':
      return `Write ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}.`;
    case 'too_big':
      return `Write at most ${issue.maximum}.`;
    case 'invalid_value':
      return `Write one of: ${issue.values.map(String).join(', ')}.`;
    default:
      return 'Put it right and check again.';
  }
}

/** A flaw as one line. */
export function flawLine({ path, message, remedy }: SettingsFlaw): string {
  return `${path.join('.') || '(file)'}: ${message}. ${remedy}`;
}
