import { refuseArrow } from './arrow';
import type { DelegateAsk, UndelegateAsk, Way } from './ask';
import type { CommandCursor } from './cursor';
import {
  readOption,
  refuseBareName,
  SAYING_OPTIONS,
  sayingOf,
  type OptionForm,
  type Options,
} from './options';
import { readServices, readServicesOrAll, SERVICES } from './services';
import { readSides, type Sides } from './sides';
import { usageOfVerb } from './verbs';

const DELEGATE: OptionForm = {
  verb: 'delegate',
  names: ['both', 'protocol', 'for', ...SAYING_OPTIONS],
};

const UNDELEGATE: OptionForm = {
  verb: 'undelegate',
  names: ['both', ...SAYING_OPTIONS],
  whyNot: {
    for: 'A removal is for good, so --for has no place here.',
    protocol: 'A removal leaves the trust mode of its hosts as it is, so --protocol has no place here.',
  },
};

/** Reads what follows `delegate`: hosts, then services and options in any order. Without services, all of them are meant. */
export function readDelegate(cursor: CommandCursor): DelegateAsk {
  const { sides, services, options } = readPairs(cursor, { ...DELEGATE, readServices });
  const protocol = options.protocol ?? null;
  const forMs = options.for ?? null;
  return {
    verb: 'delegate',
    ...sides,
    services: services ?? SERVICES,
    protocol,
    forMs,
    ...sayingOf(options),
  };
}

/** Reads what follows `undelegate`, which has nearly the same form; without services, whatever the list holds is meant. */
export function readUndelegate(cursor: CommandCursor): UndelegateAsk {
  const form = { ...UNDELEGATE, readServices: readServicesOrAll };
  const { sides, services, options } = readPairs(cursor, form);
  return { verb: 'undelegate', ...sides, services: services ?? 'all', ...sayingOf(options) };
}

interface PairsForm<Services> extends OptionForm {
  readonly readServices: (cursor: CommandCursor, again: boolean) => Services;
}

interface Pairs<Services> {
  readonly sides: Sides;
  readonly services: Services | null;
  readonly options: Options;
}

function readPairs<Services>(cursor: CommandCursor, form: PairsForm<Services>): Pairs<Services> {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const expected = usageOfVerb(form.verb);
    throw cursor.refuse('command.empty', 'Both hosts are missing.', { expected });
  }
  const sides = readSides(cursor);
  const options: Options = {};
  let services: Services | null = null;
  while (hasMore(cursor, sides.way)) {
    refuseBareName(cursor, form);
    if (cursor.isDash(cursor.peek())) readOptionOf(cursor, options, { form, way: sides.way });
    else services = form.readServices(cursor, services !== null);
  }
  const way = options.both === true ? 'both-ways' : sides.way;
  return { sides: { ...sides, way }, services, options };
}

function hasMore(cursor: CommandCursor, way: Way): boolean {
  refuseArrow(cursor, way === 'mesh');
  const more = cursor.hasMore();
  refuseArrow(cursor, way === 'mesh');
  return more;
}

function readOptionOf(
  cursor: CommandCursor,
  options: Options,
  { form, way }: { form: OptionForm; way: Way },
): void {
  const { position } = cursor;
  readOption(cursor, options, form);
  if (way !== 'mesh' || options.both === undefined) return;
  const summary = 'A mesh goes both ways already, so --both says nothing more.';
  throw cursor.refuse('command.option', summary, { expected: 'no --both on a mesh', position });
}
