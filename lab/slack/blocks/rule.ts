/** The words of the block table: what a field may hold, and the short forms the table is written in. */
export type Rule =
  | { kind: 'text'; types: readonly TextType[]; max: number }
  | { kind: 'string'; min: number; max: number; form?: Form }
  | { kind: 'choice'; of: readonly (string | number)[] }
  | { kind: 'number'; min: number; max: number; isWhole: boolean }
  | { kind: 'flag' }
  | { kind: 'list'; item: Rule; min: number; max: number; mayHoldNull: boolean }
  | { kind: 'object'; of: string }
  | { kind: 'typed'; in: Section; of: readonly string[] }
  /** Judged elsewhere: the blocks of a view, and what Slack says nothing about. */
  | { kind: 'open' };

export type TextType = 'plain_text' | 'mrkdwn';

/** How a string is written. `url` takes any scheme, as deep links need; an image or video has to be fetched. */
export type Form = 'date' | 'time' | 'url' | 'web' | 'https' | 'decimal' | 'colour';

/** The parts of the table whose entries are told apart by their `type`. */
export type Section = 'blocks' | 'elements' | 'richText' | 'parts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** A rule between the fields of one object; `relations.ts` says what each one means. */
export type RelationName =
  | 'initialIsOption'
  | 'lengthsFit'
  | 'linesFit'
  | 'numbersFit'
  | 'noDispatchOfFiles'
  | 'rowsAlike'
  | 'chartFits';

/** The fields of one kind of object. What is not listed is refused. */
export interface Shape {
  readonly fields: Readonly<Record<string, Rule>>;
  /** Names of fields, or lists of which one is needed. */
  readonly required?: readonly (string | readonly string[])[];
  /** Lists of fields that exclude one another. */
  readonly exclusive?: readonly (readonly string[])[];
  readonly relations?: readonly RelationName[];
  /** Fields that Slack takes and the stand-in's page cannot show. */
  readonly hidden?: readonly string[];
}

/** A block, an element or a piece of rich text. */
export interface Kind extends Shape {
  /** Where Slack takes it from an app; nowhere for what only Slack itself puts into messages. */
  readonly surfaces: readonly Surface[];
  /** Whether the stand-in's page can show it. What it cannot show is refused, never half shown. */
  readonly isShown: boolean;
}

export const everywhere: readonly Surface[] = ['message', 'modal', 'home'];

export const plain = (max: number): Rule => ({ kind: 'text', types: ['plain_text'], max });
export const text = (max: number): Rule => ({ kind: 'text', types: ['plain_text', 'mrkdwn'], max });
export const string = (max = Infinity, min = 0, form?: Form): Rule => ({
  kind: 'string',
  min,
  max,
  ...(form && { form }),
});
export const choice = (...of: readonly (string | number)[]): Rule => ({ kind: 'choice', of });
export const whole = (min = -Infinity, max = Infinity): Rule => ({ kind: 'number', min, max, isWhole: true });
export const number = (min = -Infinity): Rule => ({ kind: 'number', min, max: Infinity, isWhole: false });
export const list = (item: Rule, max = Infinity, min = 1): Rule => ({
  kind: 'list',
  item,
  min,
  max,
  mayHoldNull: false,
});
export const object = (of: string): Rule => ({ kind: 'object', of });
export const block = (...of: readonly string[]): Rule => ({ kind: 'typed', in: 'blocks', of });
export const element = (...of: readonly string[]): Rule => ({ kind: 'typed', in: 'elements', of });
export const part = (...of: readonly string[]): Rule => ({ kind: 'typed', in: 'parts', of });
export const richText = (...of: readonly string[]): Rule => ({ kind: 'typed', in: 'richText', of });
export const flag: Rule = { kind: 'flag' };
export const open: Rule = { kind: 'open' };
/** Any string that is not empty. */
export const some = string(Infinity, 1);
