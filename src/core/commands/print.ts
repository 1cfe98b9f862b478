import type { Ask, ChangeAsk, HostName, HostTerm } from './ask';
import { termText } from './host-terms';
import { isServiceWord } from './services';

/**
 * The canonical text of a command, beginning with its verb: what an intake signs. Parsing it as `/hv` gives an equal ask
 * back, so names that could be read as something else are quoted and entities are escaped.
 */
export function printAsk(ask: Ask): string {
  return printWords(ask).replaceAll(/&(?=amp;|lt;|gt;)/g, '&amp;');
}

function printWords(ask: Ask): string {
  switch (ask.verb) {
    case 'delegate':
    case 'undelegate':
      return printChange(ask);
    case 'delegations':
      return [
        'delegations',
        ...(ask.host === null ? [] : [printHost(ask.host)]),
        ...(ask.verify ? ['--verify'] : []),
        ...(ask.raw ? ['--raw'] : []),
      ].join(' ');
    case 'findings':
      return 'findings';
    case 'show':
      return `show ${ask.request}`;
    case 'help':
      return ask.about === null ? 'help' : `help ${ask.about}`;
  }
}

function printChange(ask: ChangeAsk): string {
  const { verb, services, reason, ticket, planOnly } = ask;
  const words = [verb, ...printSides(ask), services === 'all' ? services : services.join(',')];
  if (reason !== null) words.push('--reason', quote(reason));
  if (ticket !== null) words.push('--ticket', ticket.startsWith('-') ? quote(ticket) : ticket);
  if (planOnly) words.push('--plan');
  return words.join(' ');
}

function printSides({ sources, destinations, way }: ChangeAsk): readonly string[] {
  if (way === 'mesh') return ['mesh', printTerms(sources)];
  return [printTerms(sources), way === 'both-ways' ? '<->' : '->', printTerms(destinations)];
}

function printTerms(terms: readonly HostTerm[]): string {
  return terms
    .map((term, index) => (isPlain(term, index) ? termText(term) : quote(termText(term))))
    .join(',');
}

/** Whether a term is read as itself without quotation marks, at this place of its list. */
function isPlain(term: HostTerm, index: number): boolean {
  const text = termText(term);
  if (text.startsWith('-')) return false;
  if (term.kind !== 'host') return true;
  const isWord = text === 'all' || (index === 0 ? text === 'mesh' : isServiceWord(text));
  return term.host.kind !== 'dn' && !isWord;
}

function printHost({ kind, text }: HostName): string {
  return kind === 'dn' || text === 'all' || text.startsWith('-') ? quote(text) : text;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
