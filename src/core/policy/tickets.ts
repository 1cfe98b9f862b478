import type { ChangeAsk } from '../commands/ask';
import type { Problem } from '../problem';
import { once } from '../once';
import type { Policy } from './schema';
import { TICKET_PLACE, type Tickets } from './ticket-schema';
import { touchesAsked } from './touches';

const expressionOf = once((tickets: Tickets) =>
  tickets.pattern === undefined ? null : new RegExp(`^(?:${tickets.pattern})$`),
);

/** Why an ask cannot do with its ticket, or without one; null when it can. Tickets are short (40 characters), so any expression is quick. */
export function refuseTicket(policy: Policy, ask: ChangeAsk): Problem | null {
  const { tickets } = policy;
  if (!tickets) return null;
  const { ticket } = ask;
  if (ticket === null) {
    const kinds = touchesAsked(ask).map(({ kind }) => kind);
    const kind = kinds.find((each) => tickets.requiredFor?.includes(each));
    return kind === undefined ? null : missingTicket(kind, tickets);
  }
  if (expressionOf(tickets)?.test(ticket) ?? true) return null;
  return {
    code: 'ticket.pattern',
    summary: `${ticket} is no ticket here: tickets look like ${tickets.pattern ?? ''}.`,
    remedy: 'Write --ticket with the whole name of the ticket.',
  };
}

function missingTicket(kind: string, { pattern }: Tickets): Problem {
  const form = pattern === undefined ? '' : ` that looks like ${pattern}`;
  return {
    code: 'ticket.missing',
    summary: `A ${kind} needs a ticket${form}.`,
    remedy: 'Add --ticket and its name.',
  };
}

/** The address of a ticket, or null when the policy names none. */
export function ticketAddress({ tickets }: Policy, ticket: string): string | null {
  return tickets?.link?.replaceAll(TICKET_PLACE, encodeURIComponent(ticket)) ?? null;
}
