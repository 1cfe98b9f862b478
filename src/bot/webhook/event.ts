import { hasMoved, type MoveStep } from '../../core/moves/move-step';
import { listChanges } from '../../core/delegation/powers';
import type { RequestRecord } from '../../core/request/record';
import { remindersDue } from '../../core/request/reminders';
import type { Reminders } from '../../core/settings';
import { accountOf } from '../cards/account';
import { headlineOf } from '../cards/headline';
import { askOf, powerSentence } from '../cards/power';

/** Something that a request's webhook tells: that it came to a state, or that nobody has decided it. */
export interface HookEvent {
  /** The same at every try: whoever has seen it already has seen this. */
  readonly id: string;
  /** Names it among what was delivered for the request. */
  readonly key: string;
  readonly kind: 'state' | 'escalation';
  readonly state: RequestRecord['state'];
  readonly at: number;
}

/** Values of a plan that one event names; a mesh has thousands. */
const MOST_CHANGES = 100;

/** Everything that is to be told of a request by now, in its order. `now` in milliseconds since 1970. */
export function hookEvents(record: RequestRecord, now: number, reminders: Reminders): readonly HookEvent[] {
  const states = record.passed.map(({ state, at }, index) => ({
    id: `${record.id}-${index}`,
    key: `hook-${index}`,
    kind: 'state' as const,
    state,
    at,
  }));
  const number = record.plan?.number ?? 0;
  const isEscalated = remindersDue(record, now, reminders).isEscalated;
  const called = {
    id: `${record.id}-escalated-${number}`,
    key: `hook-escalated-${number}`,
    kind: 'escalation' as const,
    state: record.state,
    at: record.since + reminders.escalateSeconds * 1_000,
  };
  return [...states, ...(isEscalated ? [called] : [])];
}

/** What is sent: the event, and the request as it is when it is sent. Times are ISO 8601 in UTC. */
export function hookBody(event: HookEvent, record: RequestRecord): string {
  const { intake, plan, ending, parent, reverses, until } = record;
  const { by, at, command, channel } = intake.statement;
  const ask = askOf(record);
  return JSON.stringify({
    version: 1,
    event: { id: event.id, kind: event.kind, state: event.state, at: time(event.at) },
    request: {
      id: record.id,
      label: record.label,
      command,
      parent: parent?.label ?? null,
      takesAwayAgain: reverses !== null,
      requester: by,
      channel,
      reason: ask?.reason ?? null,
      ticket: ask?.ticket ?? null,
    },
    power: powerSentence(record),
    plan: plan && {
      number: plan.number,
      fingerprint: plan.fingerprint,
      objects: plan.directory.changes.length,
      hosts: plan.hosts.settings,
      moves: plan.hosts.envelope && {
        destinations: plan.hosts.envelope.destinations,
        machines: plan.hosts.envelope.machines.slice(0, MOST_CHANGES),
      },
      changes: listChanges(plan.directory)
        .slice(0, MOST_CHANGES)
        .map(({ name, dn, attribute, add, keep, remove }) => ({ name, dn, attribute, add, keep, remove })),
      forSeconds: plan.directory.forMs === null ? null : plan.directory.forMs / 1_000,
    },
    decisions: record.decisions.map(({ statement }) => ({
      verdict: statement.verdict,
      votesFor: statement.votesFor,
      breaksGlass: statement.breaksGlass,
      by: statement.by,
      plan: statement.plan,
      reason: statement.reason,
      at: time(statement.at),
    })),
    moves: record.moves.slice(0, MOST_CHANGES).map(moveTold),
    outcome: ending && {
      state: record.state,
      summary: headlineOf(record).phrase,
      lines: accountOf(record).lines,
      problem: ending.problem,
    },
    times: {
      asked: time(at),
      decideBy: plan ? time(plan.decideBy) : null,
      ended: ending ? time(ending.at) : null,
      takenAwayAgain: until === null ? null : time(until),
    },
  });
}

/** Where a machine was, where it was to be, and what has become of it; `outcome` is null while nobody knows. */
function moveTold({ machine, name, from, to, storage, outcome }: MoveStep) {
  return {
    id: machine,
    name,
    from,
    to,
    storage,
    outcome: outcome?.kind ?? null,
    isWell: outcome && hasMoved({ outcome }) ? outcome.health.every(({ isWell }) => isWell) : null,
    problem: outcome?.problem ?? null,
    at: outcome ? time(outcome.at) : null,
  };
}

function time(at: number): string | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
