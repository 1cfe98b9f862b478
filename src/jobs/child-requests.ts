import { isChange, type ChangeAsk, type UndoAsk } from '../core/commands/ask';
import { parseCommand } from '../core/commands/parse';
import { printAsk } from '../core/commands/print';
import type { Ledger } from '../core/ports';
import type { Problem } from '../core/problem';
import { hasSetHost } from '../core/request/host-effect';
import type { RequestRecord } from '../core/request/record';
import { hasEffect, isUnresolved } from '../core/request/settle';
import type { Submission, Submitted } from './submission';

/** Who wants a child request, and where its card is to stand; as for any other request. */
type ChildSubmission = Omit<Submission, 'ask' | 'parent' | 'card'> & {
  /** The parent's label, or its id. */
  readonly request: string;
  /** Absent: beside the parent's. */
  readonly card?: Submission['card'];
};

/** Requests that follow from another one. Each is a request of its own, with a plan and an approval of its own. */
export interface ChildClient {
  /** Takes back what the request did. */
  undo(input: ChildSubmission & Partial<Pick<UndoAsk, 'reason' | 'ticket'>>): Promise<Submitted>;
  /** Asks for the same again: what is there by now is not asked for. */
  retry(input: ChildSubmission): Promise<Submitted>;
  /** Asks that what was added for a time stays for `forMs` from the new approval on; null: for the same time again. */
  extend(input: ChildSubmission & { readonly forMs: number | null }): Promise<Submitted>;
}

/** The client of child requests. */
export function createChildClient({
  ledger,
  submit,
}: {
  ledger: Ledger;
  submit: (submission: Submission) => Promise<Submitted>;
}): ChildClient {
  const child = async (
    input: ChildSubmission,
    askOf: (parent: RequestRecord) => ChangeAsk | Problem,
  ): Promise<Submitted> => {
    const { request } = input;
    const parent = await (request.startsWith('R-') ? ledger.findByLabel(request) : ledger.read(request));
    if (!parent || parent.reverses) return { kind: 'refused', problem: unknown(input.request) };
    const ask = askOf(parent);
    if ('code' in ask) return { kind: 'refused', problem: ask };
    // An undo is a child of what it takes back, also when it is tried again.
    const origin = ask.verb === 'undo' ? await ledger.findByLabel(ask.request) : parent;
    if (!origin) return { kind: 'refused', problem: unknown(request) };
    const { by, channel, key, card = parent.card } = input;
    return submit({ ask, by, channel, key, card, parent: origin });
  };
  return {
    undo: (input) => child(input, (parent) => undoOf(parent, input)),
    retry: (input) => child(input, retryOf),
    extend: (input) => child(input, (parent) => extensionOf(parent, input.forMs)),
  };
}

function undoOf(
  parent: RequestRecord,
  { reason = null, ticket = null }: Partial<Pick<UndoAsk, 'reason' | 'ticket'>>,
): ChangeAsk | Problem {
  const { label: request } = parent;
  if (!parent.ending) return running(request);
  const did =
    parent.steps.some((step) => hasEffect(step.outcome) || isUnresolved(step)) ||
    parent.hostSteps.some(hasSetHost);
  return did ? { verb: 'undo', request, reason, ticket, planOnly: false } : nothingDone(request);
}

function retryOf(parent: RequestRecord): ChangeAsk | Problem {
  return parent.ending ? askAgain(parent) : running(parent.label);
}

function extensionOf(parent: RequestRecord, forMs: number | null): ChangeAsk | Problem {
  const ask = askAgain(parent);
  if ('code' in ask) return ask;
  if (ask.verb !== 'delegate' || ask.forMs === null) return forGood(parent.label);
  if (parent.until === null || !parent.ending) return running(parent.label);
  const again = { ...ask, forMs: forMs ?? ask.forMs };
  return parseCommand('/hv', printAsk(again)).ok ? again : tooLong(parent.label);
}

function askAgain({ label, intake }: RequestRecord): ChangeAsk | Problem {
  const parsed = parseCommand('/hv', intake.statement.command);
  return parsed.ok && isChange(parsed.ask) ? parsed.ask : unknown(label);
}

function unknown(label: string): Problem {
  return {
    code: 'request.unknown',
    summary: `There is no request ${label}.`,
    remedy: 'Look at /hv requests.',
  };
}

function running(label: string): Problem {
  return {
    code: 'request.running',
    summary: `${label} is not over yet.`,
    remedy: 'Wait for its result, or stop it first.',
  };
}

function nothingDone(label: string): Problem {
  return {
    code: 'undo.nothing',
    summary: `${label} has changed nothing, so there is nothing to undo.`,
    remedy: '',
  };
}

function tooLong(label: string): Problem {
  return {
    code: 'extend.too-long',
    summary: `With that time the command of ${label} is longer than a command may be.`,
    remedy: 'Ask for fewer hosts, or without the reason, with /delegate and --for.',
  };
}

function forGood(label: string): Problem {
  return {
    code: 'extend.for-good',
    summary: `${label} is not for a time, so there is nothing to extend.`,
    remedy: 'Only requests with --for end by themselves.',
  };
}
