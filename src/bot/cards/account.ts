import { waivingWindow } from '../../core/policy/waiver';
import type { Problem } from '../../core/problem';
import type { MoveProgress } from '../../core/moves/progress-port';
import { hasSettings } from '../../core/request/advance-hosts';
import { isAboutMoves } from '../../core/request/advance-moves';
import { effectorOf } from '../../core/request/effector';
import type { RequestRecord } from '../../core/request/record';
import type { Decision } from '../../core/request/statement';
import type { State } from '../../core/request/states';
import { effectOf } from './effect';
import { effectLines } from './effect-lines';
import { hostEffectLines } from './hosts/host-effect-lines';
import { moveLines } from './moves/move-lines';
import { roundLines } from './moves/round-lines';
import { madeRoomLines } from './moves/room-lines';
import { keptLines, remainingLines } from './moves/remaining-lines';
import { retryLabel } from './retry-label';
import { waivedText } from './waived';
import { proofLines, soFarLine } from './proof';
import { mention } from './text';

/** What a request's state means for whoever reads: who decided (mrkdwn with mentions, or null), and plain sentences. */
export interface Account {
  readonly decided: string | null;
  readonly lines: readonly string[];
}

/** What was changed, what was not, and what to do; an open state says what it waits for. */
export function accountOf(record: RequestRecord, progress: readonly MoveProgress[] = []): Account {
  return { decided: decidedBy(record), lines: LINES[record.state](record, progress) };
}

/** A plan that the directory has overtaken, in one plain sentence. */
export function voidedLine({ plan, sentence }: RequestRecord['voided'][number]): string {
  return `Plan ${plan} no longer held: ${sentence} Nothing was changed, and its approvals are void.`;
}

type Lines = (record: RequestRecord, progress: readonly MoveProgress[]) => readonly string[];

const LINES: Readonly<Record<State, Lines>> = {
  planning: (record) => [
    ...lastVoided(record),
    ...held(record),
    'Nothing is changed before somebody approves.',
  ],
  waiting: (record) => [...lastVoided(record), ...held(record)],
  approved: (record) => [
    ...held(record),
    isAboutMoves(record)
      ? 'Nothing is moved yet: the worker looks again first.'
      : 'Nothing is written yet: the worker looks again first.',
  ],
  running: (record, progress) => [
    ...held(record),
    ...(record.proof ? [...effectLines(record), soFarLine(record.proof)] : []),
    ...(record.hostSteps.length > 0 ? settingsBeforeMoves(record) : []),
    ...roundLines(record),
    ...moveLines(record, progress),
    'Not finished yet: the result comes in this thread.',
  ],
  'awaiting-hand': (record) => [
    ...effectLines(record),
    'Anybody with the right to do so may do it. Handover looks by itself, and says here what it sees.',
    ...(record.trouble ? [`Seen so far: ${advice(record.trouble)}`] : []),
  ],
  stale: (record) =>
    record.ending
      ? [...lastVoided(record), ...whyEnded(record)]
      : [...lastVoided(record), 'A new plan is being made, to be approved again.'],
  done: (record) => [...effectsOf(record), ...proofLines(record)],
  partial: (record) => [...effectsOf(record), ...whyEnded(record), ...whatNext(record)],
  failed: (record) => [...effectsOf(record), ...whyEnded(record)],
  stopped: (record) => [...effectsOf(record), ...whyEnded(record), ...whatNext(record)],
  // The directory does not show what the journal says, so it is only the journal's word.
  stuck: (record) => [
    ...effectsOf(record).map((line) => (isAboutMoves(record) ? line : `By the journal: ${line}`)),
    ...whyEnded(record),
  ],
  denied: () => [
    'Nothing was changed.\nTo do: talk to the approver, or ask for something else; “Re-request” asks for the same again.',
  ],
  expired: () => [
    'Nobody decided in time. Nothing was changed.\nTo do: nothing, or “Re-request” if it is still needed.',
  ],
  withdrawn: () => ['Nothing was changed. Who needs it after all asks anew.'],
  'already-so': (record) => [
    `${alreadySo(record)} already. Nothing was changed, and nothing has to be approved.`,
  ],
  refused: (record) => [
    isOnlyShown(record)
      ? 'Nothing was changed. Handover is in the mode “observe” for this: it shows what it would change, and nothing is carried out.'
      : 'Nothing was changed.',
    ...(hasRefusal(record) ? [] : whyEnded(record)),
  ],
};

/** Of a plan with moves the directory is told of only where it had a part. */
function effectsOf(record: RequestRecord): readonly string[] {
  if (!isAboutMoves(record)) return effectLines(record);
  const written = record.steps.length > 0 ? effectLines(record) : [];
  return [
    ...roundLines(record),
    ...remainingLines(record),
    ...written,
    ...settingsBeforeMoves(record),
    ...moveLines(record),
    ...madeRoomLines(record),
    ...keptLines(record),
  ];
}

/** What was set of hosts so that machines can move; empty where nothing had to be. */
function settingsBeforeMoves(record: RequestRecord): readonly string[] {
  if (!isAboutMoves(record) || !hasSettings(record)) return [];
  return hostEffectLines(record).map((line) => `Host settings · ${line}`);
}

/** Whether a request ended because nothing is carried out in its mode: then its plan is what there is to see. */
export function isOnlyShown({ state, plan, ending }: RequestRecord): boolean {
  return state === 'refused' && plan !== null && ending?.problem?.code === 'mode.observe';
}

/** Approvals and denials of the present plan; the reason of a denial is shown by `denialReason`, since it is foreign text. */
function decidedBy(record: RequestRecord): string | null {
  if (record.state === 'withdrawn') return `Withdrawn by ${mention(record.intake.statement.by)}.`;
  // Who approved alone is named where that is said.
  const decisions = currentDecisions(record).filter(({ breaksGlass }) => !breaksGlass);
  const people = decisions.filter(({ by }) => waivingWindow(by) === null);
  const sentences = [
    sentence('Approved', people, 'approve'),
    waivedText(decisions),
    sentence('Denied', people, 'deny'),
    stoppedBy(record),
  ].filter((each) => each !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Why somebody denied, as typed; null when nobody did. */
export function denialReason(record: RequestRecord): string | null {
  const denial = currentDecisions(record).find(({ verdict }) => verdict === 'deny');
  return denial && denial.reason !== '' ? denial.reason : null;
}

/** The decisions about the plan that the record has now; those about earlier plans are void. */
function currentDecisions(record: RequestRecord): readonly Decision[] {
  return record.decisions
    .map(({ statement }) => statement)
    .filter((decision) => decision.plan === record.plan?.number);
}

function sentence(word: string, decisions: readonly Decision[], verdict: Decision['verdict']): string | null {
  const people = decisions.filter((decision) => decision.verdict === verdict).map(({ by }) => mention(by));
  return people.length === 0 ? null : `${word} by ${people.join(' and ')}.`;
}

function stoppedBy({ instructions }: RequestRecord): string | null {
  const stop = instructions.find(({ statement }) => statement.what === 'stop');
  return stop ? `Stopped by ${mention(stop.statement.by)}.` : null;
}

function lastVoided(record: RequestRecord): readonly string[] {
  const last = record.voided.at(-1);
  return last ? [voidedLine(last)] : [];
}

function held(record: RequestRecord): readonly string[] {
  return record.trouble ? [`Held up: ${advice(record.trouble)}`] : [];
}

function whyEnded(record: RequestRecord): readonly string[] {
  // What ended a move is told with that move.
  if (isToldOfMove(record)) return [];
  const problem = record.ending?.problem ?? record.trouble;
  return problem ? [advice(problem)] : [];
}

function isToldOfMove({ moves, ending }: RequestRecord): boolean {
  return moves.some(
    ({ outcome }) => outcome?.problem && outcome.problem.summary === ending?.problem?.summary,
  );
}

/** What to do where no problem says it. */
function whatNext(record: RequestRecord): readonly string[] {
  const problem = record.ending?.problem ?? record.trouble;
  // A reversal has no card with buttons.
  if (record.reverses || (problem && problem.remedy !== '')) return [];
  if (isAboutMoves(record)) return [`To do: “${retryLabel(record)}” asks again for what has not moved.`];
  return effectOf(record) === 'none'
    ? ['To do: nothing, or “Retry” if it is still wanted.']
    : ['To do: “Retry” asks again for what is missing, “Undo…” takes back what was changed.'];
}

function hasRefusal(record: RequestRecord): boolean {
  return record.plan?.verdicts.some(({ verdict }) => verdict === 'refuse') ?? false;
}

function advice({ summary, remedy }: Problem): string {
  return remedy === '' ? summary : `${summary}\nTo do: ${remedy}`;
}

function alreadySo(record: RequestRecord): string {
  if (effectorOf(record) !== 'hyperv') return 'The directory holds all of it';
  const [verb = ''] = record.intake.statement.command.split(' ', 1);
  return ALREADY[verb] ?? 'The hosts are so';
}

const ALREADY: Readonly<Record<string, string>> = {
  migrate: 'The machines are there',
  drain: 'No machine is there',
  return: 'All machines are there',
  rebalance: 'The hosts are even enough',
};
