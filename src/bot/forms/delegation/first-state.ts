import type { HostTerm } from '../../../core/commands/ask';
import { printDuration } from '../../../core/commands/duration';
import { termText } from '../../../core/commands/host-terms';
import { SERVICES } from '../../../core/commands/services';
import type { Understood } from '../../../core/commands/understood';
import type { Where } from '../where';
import { NO_HOLDS, type FillState } from './form-state';

/** Whether the form can say all that was meant: it is about computers that can be chosen by name. */
export function fitsForm({ verb, sources, tail }: Understood): boolean {
  const isChange = verb === 'delegate' || verb === 'undelegate';
  return isChange && sources.every(isPlain) && !/^mesh\b/i.test(tail);
}

/** The first step before anything was read, filled with what was understood; `mayTrust`: the person may ask for the trust mode. */
export function firstState(
  understood: Understood | null,
  { where, mayTrust }: { where: Where; mayTrust: boolean },
): FillState {
  const { options, services, sources } = understood ?? NOTHING;
  const { names, others } = addedBy(understood ?? NOTHING);
  const [source, ...more] = sources;
  return {
    where,
    round: 0,
    holdsOf: null,
    isAnyProtocol: false,
    saying: {
      reason: options.reason ?? '',
      ticket: options.ticket ?? '',
      for: options.for === undefined ? '' : printDuration(options.for),
    },
    computer: source ? termText(source) : null,
    more: [...new Set(more.map(termText))],
    trust: options.protocol ?? (mayTrust ? 'any' : 'kerberos'),
    added: names,
    typed: others.join('; '),
    services: services ?? SERVICES,
    back: understood?.verb === 'delegate' && understood.bothWays,
    holds: NO_HOLDS,
  };
}

const NOTHING: Pick<Understood, 'verb' | 'sources' | 'destinations' | 'strays' | 'options' | 'services'> = {
  verb: 'delegate',
  sources: [],
  destinations: [],
  strays: [],
  options: {},
  services: null,
};

/** What is to be added: names that can be chosen, and texts that cannot. A removal adds nothing. */
function addedBy({ verb, destinations, strays }: typeof NOTHING): {
  readonly names: readonly string[];
  readonly others: readonly string[];
} {
  if (verb === 'undelegate') return { names: [], others: [] };
  const texts = (isChosen: boolean) =>
    destinations.filter((term) => isPlain(term) === isChosen).map(termText);
  return { names: [...new Set(texts(true))], others: [...texts(false), ...strays] };
}

/** Which services a refused removal was about, so that they come unticked. */
export function untickedBy(understood: Understood | null): (tick: string) => boolean {
  if (understood?.verb !== 'undelegate') return () => false;
  const { destinations, services } = understood;
  const hosts = destinations.map((term) => (termText(term).split('.', 1)[0] ?? '').toLowerCase());
  return (tick) => {
    const [service = '', host = ''] = tick.split('|');
    const isMeant = services === null || services.some((each) => each === service);
    return isMeant && hosts.includes(host.toLowerCase());
  };
}

/** A short or full name that fits an option's value. */
function isPlain(term: HostTerm): boolean {
  return term.kind === 'host' && term.host.kind !== 'dn' && term.host.text.length <= 75;
}
