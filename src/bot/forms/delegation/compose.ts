import { isChange, type ChangeAsk, type HostTerm, type Service } from '../../../core/commands/ask';
import { parseCommand, type CommandProblem } from '../../../core/commands/parse';
import { printAsk } from '../../../core/commands/print';
import { addedField, COMPUTER, DURATION, HOLDS, REASON, SERVICES, TICKET, TRUST, typedField } from './fields';
import { ANY_SERVICE_BLOCKED } from './fill-view';
import type { FillState, Saying } from './form-state';
import { readTyped } from './typed-names';

/** A command, or what is wrong under an input: block id → plain sentence. */
export type Composed = { readonly ask: ChangeAsk } | { readonly errors: Readonly<Record<string, string>> };

const NOTHING_SAID = { reason: null, ticket: null, planOnly: false };

/** What the first step asks for, without reason, ticket and duration. It is printed and read again, so it is what could have been typed. */
export function composeFill(state: FillState): Composed {
  const { computer, trust, round } = state;
  if (computer === null) return wrong(COMPUTER, 'Choose the computer first.');
  const named = [computer, ...state.more].map((name) => readTyped(name)[0]?.term ?? null);
  if (named.includes(null)) return wrong(COMPUTER, UNWRITABLE);
  const sources = distinct(named.flatMap((term) => term ?? []));
  if (trust === null) return wrong(TRUST, 'Choose one.');
  if (trust === 'any-service') return wrong(TRUST, ANY_SERVICE_BLOCKED);
  const typed = readTyped(state.typed);
  for (const each of typed) if (each.term === null) return wrong(typedField(round), each.why);
  const destinations = distinct(
    [...state.added.flatMap((name) => readTyped(name)), ...typed].flatMap(({ term }) => term ?? []),
  );
  const gone = state.holds.offered.filter((tick) => !state.holds.ticked.includes(tick));
  if (trust === 'none') {
    if (destinations.length > 0)
      return wrong(
        TRUST,
        'Without trust nothing can be added: take the added computers out, or choose specified services.',
      );
    return taken(state, { sources, destinations: [{ kind: 'all' }], services: 'all' });
  }
  if (destinations.length > 0 && gone.length > 0)
    return wrong(
      firstHolds(state),
      'One request adds or takes away. Send one of them, then open the form again.',
    );
  if (destinations.length > 0)
    return added(state, { sources, destinations, services: state.services, protocol: trust });
  if (gone.length > 0) return removed(state, sources, gone);
  return trusted(state, sources);
}

const UNWRITABLE = 'This name cannot be written in a command; type /delegate instead.';

/**
 * The trust mode alone. It gives nothing without a list, so it is asked for as the command does: with something that the computer
 * holds already, which is not written again.
 */
function trusted(state: FillState, sources: readonly HostTerm[]): Composed {
  const { holds, isAnyProtocol, round, trust } = state;
  const [, held = ''] = holds.ticked[0]?.split('|') ?? [];
  const destinations = readTyped(held).flatMap(({ term }) => term ?? []);
  if (trust !== 'any' || isAnyProtocol || sources.length > 1 || destinations.length === 0) {
    return wrong(addedField(round), 'Nothing is to change yet: add a computer, or untick a service.');
  }
  const services = (['cifs', 'migration'] as const).filter((each) =>
    holds.ticked.includes(`${each}|${held}`),
  );
  return added({ ...state, back: false }, { sources, destinations, services, protocol: 'any' });
}

interface Adding {
  readonly sources: readonly HostTerm[];
  readonly destinations: readonly HostTerm[];
  readonly services: readonly Service[];
  readonly protocol: 'any' | 'kerberos';
}

function added(state: FillState, { sources, destinations, services, protocol }: Adding): Composed {
  if (services.length === 0) return wrong(SERVICES, 'Tick a service.');
  const ask: ChangeAsk = {
    verb: 'delegate',
    sources,
    destinations,
    way: state.back ? 'both-ways' : 'one-way',
    services,
    protocol,
    forMs: null,
    ...NOTHING_SAID,
  };
  return readAgain(ask, ({ code }) => (code === 'command.same' ? COMPUTER : addedField(state.round)));
}

/** The services that are unticked, host by host; a command names one list of services for all its hosts. */
function removed(state: FillState, sources: readonly HostTerm[], gone: readonly string[]): Composed {
  const byHost = new Map<string, Service[]>();
  for (const tick of gone) {
    const [service = '', host = ''] = tick.split('|');
    const known = (['cifs', 'migration'] as const).filter((each) => each === service);
    byHost.set(host, [...(byHost.get(host) ?? []), ...known]);
  }
  const lists = [...byHost.values()].map((services) => services.toSorted());
  const [services = []] = lists;
  if (lists.some((each) => each.join(',') !== services.join(','))) {
    return wrong(
      firstHolds(state),
      'Untick the same services of each computer; what differs is a request of its own.',
    );
  }
  const destinations = [...byHost.keys()].flatMap((host) => readTyped(host)[0]?.term ?? []);
  return taken(state, { sources, destinations, services });
}

function taken(
  state: FillState,
  ask: {
    sources: readonly HostTerm[];
    destinations: readonly HostTerm[];
    services: readonly Service[] | 'all';
  },
): Composed {
  const { sources, destinations, services } = ask;
  return readAgain(
    { verb: 'undelegate', sources, destinations, way: 'one-way', services, ...NOTHING_SAID },
    () => (state.trust === 'none' ? TRUST : firstHolds(state)),
  );
}

/** What the second step asks for: the command of the first, with reason, ticket and duration, each as it was typed. */
export function composeSaying(command: string, saying: Saying): Composed {
  const given = [
    { id: REASON, option: '--reason', text: saying.reason.trim() },
    { id: TICKET, option: '--ticket', text: saying.ticket.trim() },
    { id: DURATION, option: '--for', text: saying.for.trim() },
  ].filter(({ text }) => text !== '');
  const places: { id: string; from: number }[] = [];
  let typed = command;
  for (const { id, option, text } of given) {
    places.push({ id, from: typed.length });
    typed += ` ${option} "${escapeEntities(text).replaceAll('"', '""')}"`;
  }
  const parsed = parseCommand('/hv', typed);
  if (parsed.ok && isChange(parsed.ask)) return { ask: parsed.ask };
  const problem = parsed.ok ? null : parsed.problem;
  const place = places.findLast(({ from }) => from <= (problem?.position ?? 0))?.id ?? REASON;
  return wrong(place, problem ? sentenceOf(problem) : 'This is no change.');
}

/** A text as it would have arrived had it been typed in a message: Slack escapes nothing that is typed in a form. */
function escapeEntities(text: string): string {
  return text.replaceAll(/&(?=amp;|lt;|gt;)/g, '&amp;');
}

function readAgain(ask: ChangeAsk, placeOf: (problem: CommandProblem) => string): Composed {
  const parsed = parseCommand('/hv', printAsk(ask));
  if (parsed.ok) return { ask };
  return wrong(placeOf(parsed.problem), sentenceOf(parsed.problem));
}

function sentenceOf({ summary, expected }: CommandProblem): string {
  return `${summary} Expected: ${expected}.`;
}

function wrong(block: string, text: string): Composed {
  return { errors: { [block]: text } };
}

/** Errors stand under inputs only. */
function firstHolds(state: FillState): string {
  const input = state.holds.blocks.find(
    ({ type, block_id: id }) => type === 'input' && id?.startsWith(HOLDS),
  );
  return input?.block_id ?? addedField(state.round);
}

function distinct(terms: readonly HostTerm[]): readonly HostTerm[] {
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()];
}
