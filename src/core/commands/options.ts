import type { Ask, ChangeAsk, DelegateAsk, PrepareAsk } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { checkAuth, checkMost, checkNetworks, checkPath } from './host-option-value';
import {
  checkDuration,
  checkMoment,
  checkProtocol,
  checkReason,
  checkTicket,
  takeValue,
} from './option-value';
import type { Moment } from './moment';
import { quoteFound } from './problem';
import { textOf } from './typed-text';

/** The options read so far. */
export interface Options {
  both?: boolean;
  protocol?: NonNullable<DelegateAsk['protocol']>;
  /** Milliseconds. */
  for?: number;
  auth?: PrepareAsk['auth'];
  networks?: NonNullable<PrepareAsk['networks']>;
  max?: number;
  at?: Moment;
  until?: Moment;
  /** Milliseconds. */
  deadline?: number;
  'storage-only'?: string;
  'no-delegate'?: boolean;
  'no-storage'?: boolean;
  'make-room'?: boolean;
  return?: boolean;
  rolling?: boolean;
  reason?: string;
  ticket?: string;
  plan?: boolean;
}

/** Which options a verb takes, and why it does not take one that others do. */
export interface OptionForm {
  readonly verb: Ask['verb'];
  readonly names: readonly (keyof Options)[];
  readonly whyNot?: Partial<Record<keyof Options, string>>;
}

/** The options of every change. */
export const SAYING_OPTIONS = ['reason', 'ticket', 'plan'] as const satisfies readonly (keyof Options)[];

interface OptionEntry {
  readonly name: keyof Options;
  readonly usage: string;
  /** What other programs call it. */
  readonly others: readonly string[];
}

const OPTIONS: readonly OptionEntry[] = [
  { name: 'both', usage: '--both', others: [] },
  { name: 'protocol', usage: '--protocol any|kerberos', others: [] },
  { name: 'for', usage: '--for 8h', others: ['until', 'duration'] },
  { name: 'auth', usage: '--auth kerberos|credssp', others: ['authentication'] },
  { name: 'networks', usage: '--networks 10.0.5.0/24,…|any', others: ['network', 'subnet'] },
  { name: 'max', usage: '--max 2', others: ['most', 'slots'] },
  { name: 'at', usage: '--at "Sat 02:00"', others: ['start', 'begin', 'when'] },
  { name: 'until', usage: '--until 06:00', others: ['end', 'before'] },
  { name: 'deadline', usage: '--deadline 30m', others: ['timeout', 'within'] },
  { name: 'storage-only', usage: '--storage-only "PATH"', others: ['storage', 'disks-only'] },
  { name: 'no-delegate', usage: '--no-delegate', others: [] },
  { name: 'no-storage', usage: '--no-storage', others: [] },
  { name: 'make-room', usage: '--make-room', others: ['room', 'evict'] },
  { name: 'return', usage: '--return', others: ['failback'] },
  { name: 'rolling', usage: '--rolling', others: ['one-by-one', 'serial'] },
  { name: 'reason', usage: '--reason "…"', others: [] },
  { name: 'ticket', usage: '--ticket X', others: [] },
  { name: 'plan', usage: '--plan', others: [] },
];

const FLAGS = ['plan', 'both', 'no-delegate', 'no-storage', 'make-room', 'return', 'rolling'] as const;

function isFlag(name: keyof Options): name is (typeof FLAGS)[number] {
  return FLAGS.some((flag) => flag === name);
}

/** Reads one option with its value into `options`; a value may follow after a space or an equals sign. */
export function readOption(cursor: CommandCursor, options: Options, form: OptionForm): void {
  const position = cursor.position;
  const { name, usage } = readName(cursor, form);
  if (options[name] !== undefined) {
    const summary = `The option --${name} is given twice.`;
    throw cursor.refuse('command.option', summary, { expected: 'each option once', position });
  }
  if (isFlag(name)) options[name] = readFlag(cursor, usage);
  else if (name === 'reason') options.reason = checkReason(cursor, takeValue(cursor, usage));
  else if (name === 'ticket') options.ticket = checkTicket(cursor, takeValue(cursor, usage));
  else if (name === 'protocol') options.protocol = checkProtocol(cursor, takeValue(cursor, usage));
  else if (name === 'for' || name === 'deadline')
    options[name] = checkDuration(cursor, takeValue(cursor, usage));
  else if (name === 'at' || name === 'until') options[name] = checkMoment(cursor, takeValue(cursor, usage));
  else if (name === 'storage-only') options[name] = checkPath(cursor, takeValue(cursor, usage));
  else if (name === 'auth') options.auth = checkAuth(cursor, takeValue(cursor, usage));
  else if (name === 'networks') options.networks = checkNetworks(cursor, takeValue(cursor, usage));
  else options.max = checkMost(cursor, takeValue(cursor, usage));
}

/** Refuses the name of an option that stands here without its dashes, as people write `for 8h` because they speak so. */
export function refuseBareName(cursor: CommandCursor, { names }: OptionForm): void {
  const word = cursor.found().toLowerCase();
  const entry = OPTIONS.find(({ name }) => name === word && names.includes(name));
  if (entry === undefined) return;
  throw cursor.refuse('command.option', `The word “${word}” stands here without the dashes of an option.`, {
    expected: `${entry.usage}; a reason of several words stands in quotes`,
    nearest: `--${word}`,
  });
}

/** What the options say of any change. */
export function sayingOf({
  reason,
  ticket,
  plan,
}: Options): Pick<ChangeAsk, 'reason' | 'ticket' | 'planOnly'> {
  return { reason: reason ?? null, ticket: ticket ?? null, planOnly: plan ?? false };
}

/** The options of a form, for saying what could stand there. */
export function usagesOf({ names }: OptionForm): string {
  return OPTIONS.filter(({ name }) => names.includes(name))
    .map(({ usage }) => usage)
    .join(', ');
}

function readName(cursor: CommandCursor, form: OptionForm): OptionEntry {
  const position = cursor.position;
  const dashes = cursor.optionDashes();
  const marks = textOf(cursor.takeWhile(() => cursor.isDash(cursor.peek())));
  const typed = textOf(cursor.takeWhile(() => !cursor.atBreak && cursor.peek() !== '=' && !cursor.atQuote));
  const word = typed.toLowerCase();
  const entry = OPTIONS.find(({ name }) => name === word);
  const isKnown = entry !== undefined && dashes === marks.length;
  if (isKnown && form.names.includes(entry.name)) return entry;
  const own = isKnown
    ? (form.whyNot?.[entry.name] ?? `The option --${word} does not go with ${form.verb}.`)
    : null;
  const nearest = own === null ? nearestOption(word, form) : meantOption(word, form);
  throw cursor.refuse('command.option', own ?? `${quoteFound(marks + typed)} is not an option.`, {
    position,
    expected: usagesOf(form),
    nearest: nearest === null ? null : `--${nearest}`,
  });
}

function nearestOption(word: string, { names }: Pick<OptionForm, 'names'>): string | null {
  return meantOption(word, { names }) ?? nearestWord(word, names);
}

/** What this command calls what other programs, or other commands, call so. */
function meantOption(word: string, { names }: Pick<OptionForm, 'names'>): string | null {
  return OPTIONS.find(({ name, others }) => names.includes(name) && others.includes(word))?.name ?? null;
}

function readFlag(cursor: CommandCursor, usage: string): true {
  if (cursor.peek() !== '=') return true;
  throw cursor.refuse('command.option', `The option ${usage} takes no value.`, {
    expected: `${usage} alone`,
  });
}
