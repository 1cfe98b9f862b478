import { placeTicketProblem } from '../../../src/core/commands/ticket-place';
import { isChange } from '../../../src/core/commands/ask';
import { parseCommand } from '../../../src/core/commands/parse';
import { Policy } from '../../../src/core/policy/schema';
import { refuseTicket, ticketAddress } from '../../../src/core/policy/tickets';

const tickets = {
  pattern: 'CHG[0-9]{4,}',
  link: 'https://t.example.com/{ticket}?q={ticket}',
  requiredFor: ['trust-mode'],
};
const policy = Policy.parse({ tickets });
const problemOf = (typed: string, rules = policy) => {
  const parsed = parseCommand('/hv', typed);
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error(`not a change: ${typed}`);
  return refuseTicket(rules, parsed.ask);
};

describe('a ticket', () => {
  it.each([
    ['delegate a -> b', null],
    ['delegate a -> b --ticket CHG1234', null],
    ['delegate a -> b --ticket CHG123', 'ticket.pattern'],
    ['delegate a -> b --ticket xCHG1234', 'ticket.pattern'],
    ['delegate a -> b --protocol any', 'ticket.missing'],
    ['onboard a', 'ticket.missing'],
    ['onboard a --ticket CHG1234', null],
    ['undo R-1', null],
  ])('of “%s” is judged: %s', (typed, code) => {
    expect(problemOf(typed)?.code ?? null).toBe(code);
    expect(problemOf(typed, {})).toBeNull();
  });

  it('is told with its place in what was typed', () => {
    const typed = '/x a -&gt; b —ticket “CHG-1” --plan';
    const problem = problemOf('delegate a -> b --ticket CHG-1');
    const placed = problem && placeTicketProblem(typed, problem);
    expect(typed.slice(placed?.position)).toMatch(/^CHG-1/);
    expect(placed?.caret.split('\n')[1]).toMatch(/^ +\^$/);
    const missing = problemOf('onboard a');
    expect(missing && placeTicketProblem('onboard a', missing)).toMatchObject({
      code: 'command.ticket',
      position: 9,
      summary: 'A delegation-add needs a ticket that looks like CHG[0-9]{4,}.'.replace(
        'delegation-add',
        'trust-mode',
      ),
      expected: 'Add --ticket and its name',
    });
  });

  it('has an address', () => {
    expect(ticketAddress(policy, 'A/1#')).toBe('https://t.example.com/A%2F1%23?q=A%2F1%23');
    expect(ticketAddress({}, 'CHG1234')).toBeNull();
  });

  it.each([
    { pattern: '(' },
    { link: 'http://t/{ticket}' },
    { link: 'https://t.example.com/' },
    { requiredFor: ['move'] },
  ])('is not configured by %j', (change) => {
    expect(Policy.safeParse({ tickets: change }).success).toBe(false);
  });
});
