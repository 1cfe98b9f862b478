import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { readOption, refuseBareName, usagesOf, type OptionForm, type Options } from './options';
import { quoteFound, type CommandRefusal } from './problem';

/** What may end a command: options, and before, between and after them the words that `readWord` knows. */
export interface RestForm extends OptionForm {
  /** Reads what stands here, or tells by false that it does not belong here. */
  readonly readWord?: (cursor: CommandCursor, options: Options) => boolean;
  /** Words that something else may have been meant to be. */
  readonly words?: readonly string[];
  /** What could stand there instead of another word. */
  readonly expected?: string;
}

/** Reads the rest of a command that names its host or its request first. */
export function readRest(cursor: CommandCursor, form: RestForm): Options {
  const options: Options = {};
  while (hasMore(cursor, form)) {
    refuseBareName(cursor, form);
    if (cursor.isDash(cursor.peek())) readOption(cursor, options, form);
    else if (form.readWord?.(cursor, options) !== true) throw refuseWord(cursor, form);
  }
  return options;
}

function hasMore(cursor: CommandCursor, form: RestForm): boolean {
  refuseArrow(cursor, form);
  const more = cursor.hasMore();
  refuseArrow(cursor, form);
  return more;
}

function refuseArrow(cursor: CommandCursor, form: RestForm): void {
  if (cursor.arrowLength() === 0) return;
  const summary = `An arrow stands here, and ${form.verb} has none.`;
  throw cursor.refuse('command.arrow', summary, { expected: expectedOf(form) });
}

function refuseWord(cursor: CommandCursor, form: RestForm): CommandRefusal {
  const found = cursor.found();
  return cursor.refuse('command.extra', `${quoteFound(found)} is more than this command takes.`, {
    expected: expectedOf(form),
    nearest: nearestWord(found, form.words ?? []),
  });
}

function expectedOf(form: RestForm): string {
  return form.expected ?? `${usagesOf(form)}; a reason of several words stands in quotes`;
}
