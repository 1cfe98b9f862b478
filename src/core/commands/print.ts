import { invariant } from '../problem';
import {
  isChange,
  type Ask,
  type ChangeAsk,
  type DelegationsAsk,
  type DrainAsk,
  type HostName,
  type HostTerm,
  type MigrateAsk,
  type MoveAsk,
  type OnboardAsk,
  type PairedAsk,
  type PrepareAsk,
  type WhyAsk,
} from './ask';
import { printDuration } from './duration';
import { termText } from './host-terms';
import { printMoment, type Moment } from './moment';
import type { Options } from './options';
import { SERVICE_WORDS } from './services';
import { isWord, type WordAsk } from './word-ask';

/**
 * The canonical text of a command, beginning with its verb: what an intake signs. Parsing it as `/hv` gives an equal ask
 * back, so names that could be read as something else are quoted and entities are escaped. Throws for what nobody can type: a
 * host by its objectGUID, a duration out of bounds.
 */
export function printAsk(ask: Ask): string {
  return printWords(ask).replaceAll(/&(?=amp;|lt;|gt;)/g, '&amp;');
}

function printWords(ask: Ask): string {
  if (isChange(ask)) return printChange(ask);
  return isWord(ask) ? printWord(ask) : printOther(ask);
}

function printChange(ask: ChangeAsk): string {
  switch (ask.verb) {
    case 'delegate':
    case 'undelegate':
      return words(ask.verb, ...printPairs(ask), ...printSaying(ask));
    case 'onboard':
      return words(ask.verb, printHost(ask.host), ...printLike(ask), ...printSaying(ask));
    case 'retire':
      return words(ask.verb, printHost(ask.host), ...printSaying(ask));
    case 'prepare':
      return words(ask.verb, ask.hosts.join(','), ...printPreparation(ask), ...printSaying(ask));
    case 'migrate':
      return words(
        ask.verb,
        ask.machines.map(quote).join(','),
        '->',
        ask.to,
        ...printMove(ask),
        ...printMoveSaying(ask),
      );
    case 'drain':
      return words(ask.verb, ask.hosts.join(','), ...printDrain(ask), ...printMoveSaying(ask));
    case 'rebalance':
      return words(ask.verb, ask.hosts?.join(',') ?? null, ...printMost(ask), ...printMoveSaying(ask));
    case 'return':
      return words(ask.verb, ask.host, ...printMost(ask), ...printFlags(ask), ...printMoveSaying(ask));
    case 'undo':
      return words(ask.verb, ask.request, ...printSaying(ask));
  }
}

function printOther(ask: Exclude<Ask, ChangeAsk | WordAsk>): string {
  switch (ask.verb) {
    case 'delegations':
      return words(ask.verb, ...printLook(ask));
    case 'hosts':
      return words(ask.verb, ask.host && printHost(ask.host), ask.full ? '--full' : null);
    case 'why':
      return words(ask.verb, ...printWhy(ask));
    case 'findings':
      return ask.verb;
    case 'requests':
      return words(ask.verb, ask.which);
    case 'show':
    case 'audit':
      return words(ask.verb, ask.request);
    case 'extend':
      return words(ask.verb, ask.request, printDuration(ask.forMs));
    case 'choose':
      return words(ask.verb, ask.request, quote(ask.machine), ask.choice);
    case 'help':
      return words(ask.verb, ask.about);
  }
}

function printWord(ask: WordAsk): string {
  const host = 'host' in ask ? printShort(ask.host) : null;
  return words(ask.verb, host, ask.why === null ? null : quote(ask.why));
}

function printPreparation({ auth, networks, most }: PrepareAsk): Words {
  const over = networks === null || networks === 'any' ? networks : networks.join(',');
  return [
    ...option('auth', auth),
    ...option('networks', over),
    ...option('max', most === null ? null : `${most}`),
  ];
}

function printDrain(ask: DrainAsk): Words {
  const way = { all: '--return', rolling: '--rolling' };
  return [
    ask.to === null ? null : `to ${ask.to.join(',')}`,
    ...printMost(ask),
    ask.returns && way[ask.returns],
    ask.makeRoom ? '--make-room' : null,
    ...printFlags(ask),
  ];
}

function printMost({ most }: Pick<DrainAsk, 'most'>): Words {
  return option('max', most === null ? null : `${most}`);
}

function printFlags(ask: Pick<DrainAsk, 'noDelegate'> & Partial<Pick<DrainAsk, 'noStorage'>>): Words {
  return [ask.noStorage === true ? '--no-storage' : null, ask.noDelegate ? '--no-delegate' : null];
}

function printMove({ storageOnly, noDelegate }: MigrateAsk): Words {
  return [
    ...option('storage-only', storageOnly === null ? null : quote(storageOnly)),
    noDelegate ? '--no-delegate' : null,
  ];
}

function printWhy(ask: WhyAsk): Words {
  if ('text' in ask) return [quote(ask.text)];
  const machine = ask.machine === null ? null : quote(ask.machine);
  return [printHost(ask.from), '->', printHost(ask.to), machine];
}

type Words = readonly (string | null)[];

function words(...all: Words): string {
  return all.filter((word) => word !== null).join(' ');
}

function printPairs(ask: PairedAsk): Words {
  const services = ask.services === 'all' ? 'all' : ask.services.join(',');
  if (ask.verb === 'undelegate') return [...printSides(ask), services];
  const time = ask.forMs === null ? null : printDuration(ask.forMs);
  return [...printSides(ask), services, ...option('protocol', ask.protocol), ...option('for', time)];
}

function printLook({ host, verify, raw }: DelegationsAsk): Words {
  return [host === null ? null : printHost(host), verify ? '--verify' : null, raw ? '--raw' : null];
}

function printLike({ like }: OnboardAsk): Words {
  return like === null ? [] : ['like', printHost(like)];
}

function printMoveSaying(ask: MoveAsk): Words {
  const { at = null, until = null, deadlineMs = null } = ask.window ?? {};
  return [
    ...option('at', at && printWhen(at)),
    ...option('until', until && printWhen(until)),
    ...option('deadline', deadlineMs === null ? null : printDuration(deadlineMs)),
    ...printSaying(ask),
  ];
}

function printWhen(moment: Moment): string {
  return moment.day === null ? printMoment(moment) : quote(printMoment(moment));
}

function printSaying({ reason, ticket, planOnly }: ChangeAsk): Words {
  return [
    ...option('reason', reason === null ? null : quote(reason)),
    ...option('ticket', ticket?.startsWith('-') === true ? quote(ticket) : ticket),
    planOnly ? '--plan' : null,
  ];
}

function option(name: keyof Options, value: string | null): Words {
  return value === null ? [] : [`--${name}`, value];
}

function printSides({ sources, destinations, way }: PairedAsk): Words {
  if (way === 'mesh') return ['mesh', printTerms(sources)];
  return [printTerms(sources), way === 'both-ways' ? '<->' : '->', printTerms(destinations)];
}

function printTerms(terms: readonly HostTerm[]): string {
  return terms.map(printTerm).join(',');
}

function printTerm(term: HostTerm, index: number): string {
  if (term.kind === 'host')
    return printName(term.host, index === 0 ? ['all', 'mesh'] : ['all', ...SERVICE_WORDS]);
  const text = termText(term);
  return text.startsWith('-') ? quote(text) : text;
}

/** One host where only one may stand: there are neither lists nor meshes, but `like` may follow it. */
function printHost(host: HostName): string {
  return printName(host, ['all', 'like']);
}

/** A short name where only one host may stand. */
function printShort(host: string): string {
  return printHost({ kind: 'short', text: host });
}

/** A name, in quotation marks if it would be read as one of `meanings`, as an option or not to its end. */
function printName({ kind, text }: HostName, meanings: readonly string[]): string {
  invariant(kind !== 'guid', 'a host that is named by its objectGUID is in no command');
  return kind === 'dn' || text.startsWith('-') || meanings.includes(text) ? quote(text) : text;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
