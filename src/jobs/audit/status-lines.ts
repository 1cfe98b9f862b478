import type { Present } from '../presence';
import { whoOf } from '../statements';
import { moment, printable, span } from './moment';
import type { Status } from './status';

/** What is not as it should be, in sentences; empty: all is well. */
export function complaintsOf(status: Status, { sealSeconds }: { sealSeconds: number }): readonly string[] {
  const { now, programs, unreadable, unsealedSince, unmirroredSince } = status;
  // Some rounds may be missed before anybody is called.
  const late = now - Math.max(10 * sealSeconds, 300) * 1_000;
  const isLate = (since: number | null | undefined): boolean => typeof since === 'number' && since < late;
  const lives: Readonly<Record<Present, string>> = {
    bot: 'No bot lives: nothing comes in from Slack, and nothing is told there.',
    conduct: 'No conducting worker lives: no request goes on.',
    directory: 'No directory worker lives: nothing is planned or written.',
    hyperv: 'No Windows worker lives: no host is read.',
  };
  return [
    ...(['bot', 'conduct', 'directory'] as const)
      .filter((each) => programs[each].length === 0)
      .map((each) => lives[each]),
    ...unreadable.map(
      (id) => `The record of ${printable(id.slice(0, 80))} cannot be read: run “handover audit verify”.`,
    ),
    ...(isLate(unsealedSince)
      ? [
          `Nothing was sealed for ${span(now - (unsealedSince ?? now))}: see the bot’s log and “handover audit verify”.`,
        ]
      : []),
    ...(isLate(unmirroredSince)
      ? [`The mirror on this host is ${span(now - (unmirroredSince ?? now))} behind.`]
      : []),
  ];
}

/** The status for a terminal. */
export function statusLines(status: Status, complaints: readonly string[]): readonly string[] {
  const { now, programs, queues, open, unreported, writing, freeze } = status;
  const alive = (Object.entries(programs) as [Present, readonly string[]][]).map(
    ([program, places]) =>
      `${program} ${places.length}${places.length > 0 ? ` (${places.map(printable).join(', ')})` : ''}`,
  );
  const lines = queues.map(
    ({ role, depth }) => `${role} ${depth.queued} queued, ${depth.running} running, ${depth.held} held`,
  );
  return [
    `Handover · ${moment(now)} · ${complaints.length === 0 ? 'healthy' : 'NOT healthy'}`,
    ...complaints.map((complaint) => `  ! ${complaint}`),
    `Programs  ${alive.join(' · ')}`,
    `Queues    ${lines.join(' · ')}`,
    ...(freeze
      ? [`Frozen    since ${moment(freeze.at)} by ${whoOf(freeze.by)}: ${printable(freeze.why)}`]
      : []),
    `Open      ${open.length === 0 ? 'nothing' : countedStates(status)}${unreported > 0 ? ` · ${unreported} not told yet` : ''}`,
    ...open.map((record) => {
      const { label, state, since, intake, trouble } = record;
      const { by, command } = intake.statement;
      const held = trouble ? ` · held up: ${printable(trouble.summary)}` : '';
      return `  ${label}  ${state} for ${span(now - since)} · ${whoOf(by)} · ${printable(command)}${held}`;
    }),
    ...writing.map(
      ({ what, holder, until }) =>
        `Writing   ${printable(what)} (${printable(holder)}, until ${moment(until)})`,
    ),
    `Audit     ${auditText(status)}`,
  ];
}

function countedStates({ open }: Status): string {
  const counts = new Map<string, number>();
  for (const { state } of open) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${open.length} request${open.length === 1 ? '' : 's'}: ${states}`;
}

function auditText({ now, seal, unsealedSince, unmirroredSince }: Status): string {
  const sealed = seal
    ? `seal ${seal.number} over ${seal.total} records, ${span(now - seal.at)} ago`
    : 'no seal yet';
  const open = unsealedSince === null ? 'nothing unsealed' : `unsealed for ${span(now - unsealedSince)}`;
  const mirror =
    unmirroredSince === undefined
      ? 'no mirror on this host'
      : unmirroredSince === null
        ? 'mirror complete'
        : `mirror ${span(now - unmirroredSince)} behind`;
  return [sealed, open, mirror].join(' · ');
}
