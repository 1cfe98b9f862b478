import { First } from '../moves/envelope';
import type { ChooseAsk } from './ask';
import type { CommandCursor } from './cursor';
import { nearestWord } from './nearest';
import { quoteFound } from './problem';
import { readLabel } from './request-label';
import { textOf } from './typed-text';
import { usageOfVerb } from './verbs';

const LONGEST_NAME = 100;
const CHOICES = [...First.options, 'leave'] as const;

/** Reads `REQUEST MACHINE CHOICE`; a name with a space in it stands in quotes. */
export function readChoose(cursor: CommandCursor): ChooseAsk {
  const request = readLabel(cursor);
  const machine = readMachine(cursor);
  cursor.skipSpaces();
  const { position } = cursor;
  const expected = `one of ${CHOICES.join(', ')}`;
  if (cursor.atEnd) throw cursor.refuse('command.empty', 'The choice is missing.', { expected });
  const word = textOf(cursor.takeWord());
  const choice = CHOICES.find((each) => each === word.toLowerCase());
  if (choice) return { verb: 'choose', request, machine, choice };
  const summary = `${quoteFound(word)} is none of the choices.`;
  throw cursor.refuse('command.choice', summary, { position, expected, nearest: nearestWord(word, CHOICES) });
}

function readMachine(cursor: CommandCursor): string {
  cursor.skipSpaces();
  const { position } = cursor;
  if (cursor.atEnd) {
    throw cursor.refuse('command.empty', 'The machine is missing.', { expected: usageOfVerb('choose') });
  }
  const name = textOf(cursor.atQuote ? cursor.takeQuoted() : cursor.takeWord()).trim();
  if (name !== '' && name.length <= LONGEST_NAME) return name;
  throw cursor.refuse('command.machine', 'No machine is called so.', {
    position,
    expected: 'the name or the id of a machine, in quotes if it has a space',
  });
}
