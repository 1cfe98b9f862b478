import type { HostName } from './ask';
import type { CommandCursor } from './cursor';
import { checkName, looksLikeName } from './distinguished-name';
import { quoteFound, type CommandRefusal } from './problem';
import { nameChar, textOf, type Glyph } from './typed-text';

/** The most characters of a computer name: sAMAccountName without its $, as NetBIOS limits it. */
export const LONGEST_COMPUTER_NAME = 15;

const EXPECTED =
  'a host name such as hyper-v01 or hyper-v01.example.com, a range such as hyper-v0[1-4], “all”, ' +
  'or a distinguished name “CN=…,DC=…” (in quotes within a list)';
const LONGEST_LABEL = 63;
const LONGEST_DOMAIN_NAME = 253;

/** Why a character has no place in a host name, in a name of that form if there is one; others get the general reason. */
const CHARACTER_REASONS: readonly { char: string; form?: RegExp; reason: string }[] = [
  {
    char: '$',
    form: /^[^$]+\$$/,
    reason: 'write the name of the computer, without the $ of its account',
  },
  { char: '*', reason: 'patterns are not understood, name each host, a range such as [1-4], or all' },
  { char: '_', reason: 'a host name cannot have an underscore' },
  { char: '\\', form: /^\\\\/, reason: 'write the name of the host alone, not a path to something on it' },
  { char: '\\', form: /^[^\\]+\\[^\\]+$/, reason: 'write the name without the domain before it' },
  { char: ',', reason: 'in a list, each host has its own quotation marks' },
  { char: ']', reason: 'a range has a bracket that opens before it' },
];

/** Checks a name that was taken, without its quotation marks: a short, full or distinguished one. */
export function readName(cursor: CommandCursor, glyphs: readonly Glyph[]): HostName {
  return looksLikeName(glyphs) ? distinguishedName(cursor, glyphs) : dottedName(cursor, glyphs);
}

function distinguishedName(cursor: CommandCursor, glyphs: readonly Glyph[]): HostName {
  const fault = checkName(glyphs);
  if (fault === null) return { kind: 'dn', text: textOf(glyphs) };
  const place = glyphs[fault.index] ?? glyphs.at(-1);
  throw refuseHost(cursor, place?.at ?? cursor.position, fault.summary);
}

function dottedName(cursor: CommandCursor, typed: readonly Glyph[]): HostName {
  const glyphs = typed.length > 1 && typed.at(-1)?.char === '.' ? typed.slice(0, -1) : typed;
  const name = quoteFound(textOf(glyphs));
  const start = glyphs[0]?.at ?? cursor.position;
  refuseOddCharacter(cursor, glyphs, glyphs);
  const text = textOf(glyphs).toLowerCase();
  const labels = text.split('.');
  const [computer = ''] = labels;
  if (computer.length > LONGEST_COMPUTER_NAME) throw refuseLongName(cursor, start, computer);
  if (labels.includes('')) throw refuseHost(cursor, start, `The name ${name} has nothing between two dots.`);
  if (text.length > LONGEST_DOMAIN_NAME || labels.some((label) => label.length > LONGEST_LABEL)) {
    throw refuseHost(cursor, start, `The host name ${name} is longer than DNS allows.`);
  }
  if (labels.length === 4 && labels.every((label) => Number.isInteger(Number(label)))) {
    throw refuseHost(cursor, start, `${name} is an address; Kerberos works with names.`);
  }
  return { kind: labels.length === 1 ? 'short' : 'fqdn', text };
}

/** Refuses the first character of `part` that no host name has; `name` is the whole name, for saying where it is. */
export function refuseOddCharacter(
  cursor: CommandCursor,
  name: readonly Glyph[],
  part: readonly Glyph[],
): void {
  const odd = part.find(({ char }) => !/[A-Za-z0-9.-]/.test(char));
  if (odd === undefined) return;
  const summary = `The name ${quoteFound(textOf(name))} has ${characterReason(textOf(name), odd.char)}.`;
  throw refuseHost(cursor, odd.at, summary);
}

/** A computer name that is too long, whose typed text begins at `position`. */
export function refuseLongName(cursor: CommandCursor, position: number, computer: string): CommandRefusal {
  const length = `${computer.length} characters long; a computer name has at most ${LONGEST_COMPUTER_NAME}`;
  return refuseHost(cursor, position, `The host name ${quoteFound(computer)} is ${length}.`);
}

/** A problem of a host at `position`. */
export function refuseHost(cursor: CommandCursor, position: number, summary: string): CommandRefusal {
  return cursor.refuse('command.host', summary, { expected: EXPECTED, position });
}

function characterReason(name: string, odd: string): string {
  if (odd > '~')
    return `${nameChar(odd)} in it, which may look like an ASCII letter, digit or hyphen but is none`;
  const known = CHARACTER_REASONS.find(({ char, form }) => char === odd && (form?.test(name) ?? true));
  return `“${odd}” in it: ${known?.reason ?? 'only letters, digits, hyphens and dots are allowed'}`;
}
