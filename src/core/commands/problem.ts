import { isForbidden, type TypedText } from './typed-text';

/** Why a command was not understood. All texts quote what was typed: escape them where they are shown. */
export interface CommandProblem {
  /** Stable: `command.host`, `command.arrow`, … */
  readonly code: string;
  /** Index into the text as typed, 0 to its length. */
  readonly position: number;
  /** One or two sentences: what was found. */
  readonly summary: string;
  /** What could stand there instead. */
  readonly expected: string;
  /** The nearest known word, if one is near. */
  readonly nearest: string | null;
  /** Two lines: the text (shortened around the place when long), and a caret under the place. */
  readonly caret: string;
}

/** A problem before its place in the text is drawn; `nearest` defaults to null. */
export interface ProblemDraft {
  readonly code: `command.${string}`;
  readonly position: number;
  readonly summary: string;
  readonly expected: string;
  readonly nearest?: string | null;
}

/** Thrown inside the parser to end it at the first problem; it never leaves `parseCommand`. */
export class CommandRefusal extends Error {
  readonly draft: ProblemDraft;

  constructor(draft: ProblemDraft) {
    super(draft.summary);
    this.name = 'CommandRefusal';
    this.draft = draft;
  }
}

/** Completes a draft with the caret. */
export function drawProblem(text: TypedText, draft: ProblemDraft): CommandProblem {
  const { code, position, summary, expected } = draft;
  return {
    code,
    position,
    summary,
    expected,
    nearest: draft.nearest ?? null,
    caret: drawCaret(text, position),
  };
}

/** A found text in quotation marks, shortened: what stands in a summary has to stay readable. */
export function quoteFound(found: string): string {
  const chars = Array.from(found, showChar);
  return `“${chars.length > 40 ? `${chars.slice(0, 39).join('')}…` : chars.join('')}”`;
}

const WINDOW = 60;
const WINDOW_BEFORE = 40;

// Drawn on the normalised characters, one column each, because the raw `-&gt;` is not what the person saw.
function drawCaret({ glyphs, cut }: TypedText, position: number): string {
  const found = glyphs.findIndex(({ at }) => at >= position);
  const column = found === -1 ? glyphs.length : found;
  const from = Math.max(0, Math.min(column - WINDOW_BEFORE, glyphs.length - WINDOW));
  const shown = glyphs.slice(from, from + WINDOW).map(({ char }) => showChar(char));
  const before = from > 0 ? '…' : '';
  const after = cut || from + WINDOW < glyphs.length ? '…' : '';
  return `${before}${shown.join('')}${after}\n${' '.repeat(before.length + column - from)}^`;
}

function showChar(char: string): string {
  return isForbidden(char) ? '\uFFFD' : char;
}
