import type { Ask, DelegateAsk, HostName } from './ask';

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
      return printDelegate(ask);
    case 'show':
      return `show ${ask.request}`;
    case 'help':
      return ask.about === null ? 'help' : `help ${ask.about}`;
  }
}

function printDelegate({ source, destination, services, reason, ticket, planOnly }: DelegateAsk): string {
  const words = ['delegate', printHost(source), '->', printHost(destination), services.join(',')];
  if (reason !== null) words.push('--reason', quote(reason));
  if (ticket !== null) words.push('--ticket', ticket.startsWith('-') ? quote(ticket) : ticket);
  if (planOnly) words.push('--plan');
  return words.join(' ');
}

function printHost({ kind, text }: HostName): string {
  return kind === 'dn' || text.startsWith('-') ? quote(text) : text;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
