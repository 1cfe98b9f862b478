import type { KnownBlock } from '@slack/types';
import type { Problem } from '../../core/problem';
import type { Proof, RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import type { Decision } from '../../core/request/statement';
import { section } from './message';
import { refusalBlocks } from './plan-blocks';
import { code, inert, mention, quoted } from './text';

/** What the state of a request means for whoever reads its card: what was changed, what was not, and what to do. */
export function stateBlocks(record: RequestRecord): KnownBlock[] {
  const lines = sentences(record).map((line) => section(line));
  return record.state === 'refused' && record.plan ? [...lines, ...refusalBlocks(record.plan)] : lines;
}

/** What each state has to say. An end says what was changed and what was not; an open state says what it waits for. */
const SENTENCES: Readonly<Record<State, (record: RequestRecord) => string[]>> = {
  planning: (record) => [...stale(record), ...held(record)],
  waiting: stale,
  approved: (record) => [decidedBy(record), ...held(record)],
  running: (record) => [decidedBy(record), ...held(record)],
  stale: (record) => [...stale(record), ...why(record)],
  done: (record) => [decidedBy(record), ...written(record), ...proofSentences(record.proof)],
  partial: (record) => [...effects(record), ...why(record)],
  failed: (record) => [...effects(record), ...why(record)],
  stuck: (record) => [...effects(record), ...why(record)],
  denied: (record) => [`${decidedBy(record)} Nothing was changed.`],
  expired: () => ['Nobody decided in time. Nothing was changed. Ask again if it is still needed.'],
  withdrawn: () => ['Withdrawn by the requester. Nothing was changed.'],
  'already-so': () => ['The directory holds all of it already. Nothing was changed.'],
  refused: (record) => (record.plan ? ['Nothing was changed:'] : ['Nothing was changed.', ...why(record)]),
};

/** The same as sentences of mrkdwn. */
export function sentences(record: RequestRecord): string[] {
  return SENTENCES[record.state](record);
}

/** Who decided, and why. */
function decidedBy(record: RequestRecord): string {
  const said = record.decisions
    .map(({ statement }) => statement)
    .filter((decision) => isCurrent(record, decision));
  if (said.length === 0) return 'Nobody has decided.';
  return said
    .map(({ verdict, by, reason }) => {
      const word = verdict === 'approve' ? 'Approved' : 'Denied';
      return `${word} by ${mention(by)}${reason === '' ? '.' : `: ${quoted(reason)}`}`;
    })
    .join(' ');
}

/** What was written where, one sentence per changed object; also what was there already. */
function written(record: RequestRecord): string[] {
  return (record.plan?.directory.changes ?? []).flatMap((change) => {
    const outcome = record.steps.find((step) => step.guid === change.guid)?.outcome;
    const name = inert(change.name);
    if (outcome?.kind === 'already-so') return [`${name} held all of it already when the write was due.`];
    if (!outcome || outcome.added.length === 0) return [];
    const seen = outcome.inferred ? ' (seen there after an interruption)' : '';
    return [`${outcome.added.length} values written to ${name} on ${inert(outcome.server)}${seen}.`];
  });
}

function effects(record: RequestRecord): string[] {
  const done = written(record);
  const undone = (record.plan?.directory.changes ?? []).filter((change) => {
    const outcome = record.steps.find((step) => step.guid === change.guid)?.outcome;
    return !outcome || outcome.kind === 'failed' || outcome.kind === 'stale';
  });
  const isOpen = record.steps.some((step) => step.intent && !step.outcome);
  if (isOpen) return [...done, 'It is *not known* whether everything was written: look at the object.'];
  if (done.length === 0) return ['Nothing was changed.'];
  return [...done, ...undone.map((change) => `*Not* changed: ${code(change.name)}.`)];
}

/** No more than the proof says. */
function proofSentences(proof: Proof | null): string[] {
  if (!proof) return ['Not read back: nothing is proved.'];
  const parts = proof.checks.map(({ what, result }) => {
    if (result === 'granted') return `the KDC grants ${what}`;
    if (result === 'refused') return `the KDC still refuses ${what}`;
    return result === 'read-back' ? `${what} values read back` : `${what} not proved here`;
  });
  const places = `read back on ${proof.converged} of ${proof.servers} domain controller${proof.servers === 1 ? '' : 's'}`;
  const note = proof.note === '' ? [] : [inert(proof.note)];
  return [
    `*Proof:* ${[places, ...parts].join(' · ')}.`,
    ...note,
    'If a move was refused before: the source remembers that for about 15 minutes. Wait, or run `klist purge -li 0x3e7` there.',
  ];
}

function stale(record: RequestRecord): string[] {
  const last = record.voided.at(-1);
  if (!last) return [];
  return [
    `♻ Plan ${last.plan} was out of date: ${inert(last.sentence)} Nothing was written; approvals of it are void.`,
  ];
}

function why(record: RequestRecord): string[] {
  const problem = record.ending?.problem ?? record.trouble;
  return problem ? [said(problem)] : [];
}

function held(record: RequestRecord): string[] {
  return record.trouble ? [`Held up: ${said(record.trouble)}`] : [];
}

function said({ summary, remedy }: Problem): string {
  return remedy === '' ? inert(summary) : `${inert(summary)} _To do:_ ${inert(remedy)}`;
}

function isCurrent(record: RequestRecord, decision: Decision): boolean {
  return decision.plan === record.plan?.number;
}
