import type { Ask, HostTerm, Service } from './ask';
import { CommandCursor } from './cursor';
import { readTerm } from './host-term';
import { nearestWord } from './nearest';
import { readOption, type Options } from './options';
import { CommandRefusal } from './problem';
import { readServices, SERVICE_WORDS, SERVICES } from './services';
import { isForbidden, readTypedText, textOf } from './typed-text';
import { findVerb, ownerOf, VERBS, type CommandEntry } from './verbs';

/** What could be made of a command that was refused: enough to fill a form with, and never to act on. */
export interface Understood {
  /** The verb that was typed or nearly typed, null if none was. */
  readonly verb: Ask['verb'] | null;
  /** What follows the verb, as typed, without what has no place in a command. */
  readonly tail: string;
  readonly sources: readonly HostTerm[];
  readonly destinations: readonly HostTerm[];
  readonly bothWays: boolean;
  /** Null: none were named. */
  readonly services: readonly Service[] | null;
  readonly options: Options;
  /** Words after an arrow that no host, service or option could be made of: somebody may have meant them for hosts. */
  readonly strays: readonly string[];
}

const OPTION_NAMES = ['both', 'protocol', 'for', 'reason', 'ticket', 'plan'] as const;

/** Reads on where `parseCommand` ends. Never throws. */
export function understand(entry: CommandEntry, text: string): Understood {
  const typed = readTypedText(text);
  const glyphs = typed.glyphs.filter(({ char }) => !isForbidden(char));
  return understandAt(entry, new CommandCursor({ ...typed, glyphs }));
}

/** The same on a cursor over a text without forbidden characters; only walks forwards, so the work is linear in the length. */
export function understandAt(entry: CommandEntry, cursor: CommandCursor): Understood {
  if (entry === 'mention') skipMention(cursor);
  cursor.skipSpaces();
  const verb = ownerOf(entry)?.verb ?? takeVerb(cursor);
  cursor.skipSpaces();
  const tail = textOf(cursor.text.glyphs.slice(cursor.place)).trim();
  const draft = new Draft(cursor);
  while (!cursor.atEnd) draft.readOn();
  return { verb, tail, ...draft.found() };
}

/** What has been read so far. */
class Draft {
  readonly #cursor: CommandCursor;
  readonly #sides: [HostTerm[], HostTerm[]] = [[], []];
  readonly #strays: string[] = [];
  readonly #options: Options = {};
  #services: readonly Service[] | null = null;
  #side: 0 | 1 = 0;
  #bothWays = false;
  /** Options come after all hosts, so what follows one is no host. */
  #inOptions = false;

  constructor(cursor: CommandCursor) {
    this.#cursor = cursor;
  }

  found(): Omit<Understood, 'verb' | 'tail'> {
    return {
      sources: this.#sides[0],
      destinations: this.#sides[1],
      bothWays: this.#bothWays || this.#options.both === true,
      services: this.#services,
      options: this.#options,
      strays: this.#strays,
    };
  }

  /** Takes what stands here, whatever it is; always at least one character. */
  readOn(): void {
    const cursor = this.#cursor;
    const { place } = cursor;
    try {
      this.#read();
    } catch (error) {
      if (!(error instanceof CommandRefusal)) throw error;
      if (cursor.place === place) cursor.takeWord();
      this.#keep(textOf(cursor.text.glyphs.slice(place, cursor.place)));
    }
    if (cursor.place === place) cursor.take(1);
  }

  /** Of what was refused: services by their names, and words after the arrow that may have been meant for hosts. */
  #keep(refused: string): void {
    if (this.#side === 0 || this.#inOptions) return;
    const words = refused.split(/[\s,]+/).filter((word) => word !== '');
    const services = SERVICES.filter((service) => words.some((word) => word.toLowerCase() === service));
    if (services.length > 0) this.#services = services;
    else this.#strays.push(...words);
  }

  #read(): void {
    const cursor = this.#cursor;
    const char = cursor.peek();
    if (char === ' ' || char === ',') {
      cursor.take(1);
      return;
    }
    const word = wordHere(cursor);
    const arrow = word === 'to' ? 2 : cursor.arrowLength();
    if (arrow > 0) {
      const [first] = cursor.take(arrow);
      this.#bothWays ||= first?.char === '<' || first?.char === '↔';
      this.#side = 1;
    } else if (cursor.optionDashes() > 0) {
      this.#inOptions = true;
      readOption(cursor, this.#options, { verb: 'delegate', names: OPTION_NAMES });
    } else if (this.#inOptions) cursor.takeWord();
    else if (this.#side === 1 && SERVICE_WORDS.some((each) => word.split(',')[0] === each.toLowerCase()))
      this.#services = readServices(cursor, false);
    else if (word === 'mesh' && this.#side === 0) cursor.takeWord();
    else {
      const term = readTerm(cursor, { side: 'only', afterComma: false });
      this.#sides[this.#side].push(term);
    }
  }
}

/** The beginning of the word that stands here, in lower case: enough to tell whether it is one of the grammar's own. */
function wordHere(cursor: CommandCursor): string {
  let word = '';
  while (word.length < LONGEST_WORD && ![' ', ''].includes(cursor.peek(word.length))) {
    word += cursor.peek(word.length);
  }
  return word.toLowerCase();
}

/** Longer than every word of the grammar, the comma after it included. */
const LONGEST_WORD = 12;

function takeVerb(cursor: CommandCursor): Ask['verb'] | null {
  const { place } = cursor;
  const word = textOf(cursor.takeWord());
  const verbs = VERBS.map(({ verb }) => verb);
  const verb = findVerb(word)?.verb ?? nearestWord(word, verbs);
  const known = verbs.find((each) => each === verb) ?? null;
  if (known === null) cursor.place = place;
  return known;
}

function skipMention(cursor: CommandCursor): void {
  cursor.skipSpaces();
  if (cursor.peek() !== '<' || cursor.peek(1) !== '@') return;
  cursor.takeWhile(() => cursor.peek() !== '>');
  if (!cursor.atEnd) cursor.take(1);
}
