import { CommandRefusal, quoteFound, type ProblemDraft } from './problem';
import { textOf, type Glyph, type TypedText } from './typed-text';

/** What is told of a problem besides its code and summary. */
export type ProblemRest = Pick<ProblemDraft, 'expected' | 'nearest'> &
  Partial<Pick<ProblemDraft, 'position'>>;

const DASHES = '-\u2013\u2014';

/** Walks over a command's characters, only forwards: every reader moves it past what it has read. */
export class CommandCursor {
  readonly text: TypedText;
  /** Index of the next glyph. */
  place = 0;
  /** How often a character was looked at: the parser's work, which has to stay linear in the length. */
  steps = 0;

  constructor(text: TypedText) {
    this.text = text;
  }

  /** The next character, or the one `ahead` of it; empty at the end. */
  peek(ahead = 0): string {
    this.steps += 1;
    return this.text.glyphs[this.place + ahead]?.char ?? '';
  }

  get atEnd(): boolean {
    return this.place >= this.text.glyphs.length;
  }

  /** Whether a word is over here: a space or the end. */
  get atBreak(): boolean {
    return this.atEnd || this.peek() === ' ';
  }

  /** Index of the next character in the text as typed. */
  get position(): number {
    return this.text.glyphs[this.place]?.at ?? this.text.end;
  }

  skipSpaces(): void {
    while (this.peek() === ' ') this.place += 1;
  }

  /** Whether more follows after spaces; refuses what touches the word that was read. */
  hasMore(): boolean {
    if (!this.atBreak) {
      throw this.refuse('command.extra', `${quoteFound(this.found())} follows here without a space.`, {
        expected: 'a space, or the end; a quotation mark inside quotes is written twice',
      });
    }
    this.skipSpaces();
    return !this.atEnd;
  }

  take(count: number): readonly Glyph[] {
    this.steps += count;
    this.place += count;
    return this.text.glyphs.slice(this.place - count, this.place);
  }

  /** Takes characters as long as `goesOn` holds for the place. */
  takeWhile(goesOn: () => boolean): readonly Glyph[] {
    const from = this.place;
    while (!this.atEnd && goesOn()) this.place += 1;
    return this.text.glyphs.slice(from, this.place);
  }

  /** Takes up to the next space or the end. */
  takeWord(): readonly Glyph[] {
    return this.takeWhile(() => !this.atBreak);
  }

  /**
   * Takes a text in quotes, of either kind; the quote itself is written twice inside, and a backslash is only a
   * backslash (paths and RFC 4514 names are full of them).
   */
  takeQuoted(): readonly Glyph[] {
    const opening = this.position;
    const quote = this.peek();
    const inside: Glyph[] = [];
    this.place += 1;
    while (this.peek() !== quote || this.peek(1) === quote) {
      if (this.atEnd) {
        const summary = 'A quotation mark is opened here and never closed.';
        throw this.refuse('command.quote', summary, {
          expected: 'a closing quotation mark',
          position: opening,
        });
      }
      inside.push(...this.take(this.peek() === quote ? 2 : 1).slice(-1));
    }
    this.place += 1;
    return inside;
  }

  /** Whether a quoted text begins here. */
  get atQuote(): boolean {
    return this.peek() === '"' || this.peek() === "'";
  }

  /**
   * Length of the arrow that begins here, with a head at its end or at both; 0 if none does. `--` may have become a long
   * dash on the way: `—>`.
   */
  arrowLength(): number {
    const first = this.peek();
    if (first === '→' || first === '↔') return 1;
    const head = first === '<' ? 1 : 0;
    const shaft = head === 0 ? first : this.peek(1);
    if (shaft !== '=' && !this.isDash(shaft)) return 0;
    const next = this.peek(head + 1);
    if (next === '>') return head + 2;
    return shaft === '-' && next === '-' && this.peek(head + 2) === '>' ? head + 3 : 0;
  }

  /** Length of the dashes that begin an option here, 0 if none does. Slack and macOS make `--` one long dash. */
  optionDashes(): number {
    const first = this.peek();
    if (!this.isDash(first) || (first === '-' && this.peek(1) !== '-')) return 0;
    const dashes = first === '-' ? 2 : 1;
    return /[a-z]/i.test(this.peek(dashes)) ? dashes : 0;
  }

  isDash(char: string): boolean {
    return char !== '' && DASHES.includes(char);
  }

  /** The word that stands here, for saying what was found. */
  found(): string {
    let length = 0;
    while (this.peek(length) !== '' && this.peek(length) !== ' ') length += 1;
    return textOf(this.text.glyphs.slice(this.place, this.place + length));
  }

  /** A problem to throw; its place is here unless `more` says otherwise. */
  refuse(code: ProblemDraft['code'], summary: string, more: ProblemRest): CommandRefusal {
    return new CommandRefusal({ position: this.position, code, summary, ...more });
  }
}
