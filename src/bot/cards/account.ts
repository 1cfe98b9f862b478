import type { Problem } from '../../core/problem';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import type { Decision } from '../../core/request/statement';
import { effectLines } from './effect';
import { proofLines } from './proof';
import { mention } from './text';

/** What a request's state means for whoever reads: who decided (mrkdwn with mentions, or null), and plain sentences. */
export interface Account {
  readonly decided: string | null;
  readonly lines: readonly string[];
}

/** What was changed, what was not, and what to do; an open state says what it waits for. */
export function accountOf(record: RequestRecord): Account {
  return { decided: decidedBy(record), lines: LINES[record.state](record) };
}

/** A plan that the directory has overtaken, in one plain sentence. */
export function voidedLine({ plan, sentence }: RequestRecord['voided'][number]): string {
  return `Plan ${plan} no longer held: ${sentence} Nothing was written, and its approvals are void.`;
}

const LINES: Readonly<Record<State, (record: RequestRecord) => readonly string[]>> = {
  planning: (record) => [
    ...lastVoided(record),
    ...held(record),
    'Nothing is changed before somebody approves.',
  ],
  waiting: (record) => [...lastVoided(record), ...held(record)],
  approved: (record) => [...held(record), 'Nothing is written yet: the worker looks again first.'],
  running: (record) => [...held(record), 'Not finished yet: the result comes in this thread.'],
  stale: (record) =>
    record.ending
      ? [...lastVoided(record), ...whyEnded(record)]
      : [...lastVoided(record), 'A new plan is being made, to be approved again.'],
  done: (record) => [...effectLines(record), ...proofLines(record)],
  partial: (record) => [...effectLines(record), ...whyEnded(record)],
  failed: (record) => [...effectLines(record), ...whyEnded(record)],
  // The directory does not show what the journal says, so it is only the journal's word.
  stuck: (record) => [...effectLines(record).map((line) => `By the journal: ${line}`), ...whyEnded(record)],
  denied: () => ['Nothing was changed. Talk to the approver, or ask for something else.'],
  expired: () => ['Nobody decided in time. Nothing was changed. Ask again if it is still needed.'],
  withdrawn: () => ['Nothing was changed.'],
  'already-so': () => [
    'The directory holds all of it already. Nothing was changed, and nothing has to be approved.',
  ],
  refused: (record) => ['Nothing was changed.', ...(hasRefusal(record) ? [] : whyEnded(record))],
};

/** Approvals and denials of the present plan; the reason of a denial is shown by `denialReason`, since it is foreign text. */
function decidedBy(record: RequestRecord): string | null {
  if (record.state === 'withdrawn') return `Withdrawn by ${mention(record.intake.statement.by)}.`;
  const decisions = currentDecisions(record);
  const sentences = [
    sentence('Approved', decisions, 'approve'),
    sentence('Denied', decisions, 'deny'),
  ].filter((each) => each !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Why somebody denied, as typed; null when nobody did. */
export function denialReason(record: RequestRecord): string | null {
  const denial = currentDecisions(record).find(({ verdict }) => verdict === 'deny');
  return denial && denial.reason !== '' ? denial.reason : null;
}

/** The decisions about the plan that the record has now; those about earlier plans are void. */
export function currentDecisions(record: RequestRecord): readonly Decision[] {
  return record.decisions
    .map(({ statement }) => statement)
    .filter((decision) => decision.plan === record.plan?.number);
}

function sentence(word: string, decisions: readonly Decision[], verdict: Decision['verdict']): string | null {
  const people = decisions.filter((decision) => decision.verdict === verdict).map(({ by }) => mention(by));
  return people.length === 0 ? null : `${word} by ${people.join(' and ')}.`;
}

function lastVoided(record: RequestRecord): readonly string[] {
  const last = record.voided.at(-1);
  return last ? [voidedLine(last)] : [];
}

function held(record: RequestRecord): readonly string[] {
  return record.trouble ? [`Held up: ${advice(record.trouble)}`] : [];
}

function whyEnded(record: RequestRecord): readonly string[] {
  const problem = record.ending?.problem ?? record.trouble;
  return problem ? [advice(problem)] : [];
}

function hasRefusal(record: RequestRecord): boolean {
  return record.plan?.verdicts.some(({ verdict }) => verdict === 'refuse') ?? false;
}

function advice({ summary, remedy }: Problem): string {
  return remedy === '' ? summary : `${summary}\nTo do: ${remedy}`;
}
