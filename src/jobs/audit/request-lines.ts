import type { DirectoryChange } from '../../core/delegation/plan';
import type { RequestRecord, Step } from '../../core/request/record';
import { whoOf } from '../statements';
import { moment, printable } from './moment';
import { allowedLines, movedLines } from './move-story';

/** A request as it stands, for a terminal: who asked, the plan to its last value, who decided, each step, proof and end. */
export function requestLines(record: RequestRecord): readonly string[] {
  const { label, state, intake, plan, parent, ending, trouble, since } = record;
  const { by, at, command, channel } = intake.statement;
  return [
    `${label} · ${state} since ${moment(since)}`,
    `Asked     ${moment(at)} by ${whoOf(by)} in ${channel}${parent ? `, after ${parent.label}` : ''}`,
    `          ${printable(command)}`,
    ...(plan
      ? [
          `Plan ${plan.number}    fingerprint ${plan.fingerprint}, read from ${plan.server} at ${moment(plan.observedAt)}`,
        ]
      : []),
    ...(plan?.directory.changes ?? []).flatMap(changeLines),
    ...(plan ? allowedLines(plan) : []),
    ...(plan?.verdicts ?? [])
      .filter(({ verdict }) => verdict !== 'ok')
      .map(({ verdict, check, sentence }) => `          ${verdict}: ${check}: ${printable(sentence)}`),
    ...decisionLines(record),
    ...record.instructions.map(
      ({ statement }) =>
        `Said      ${moment(statement.at)} ${statement.what === 'choice' ? `choice ${statement.choice} for ${statement.machine}` : statement.what} by ${whoOf(statement.by)}`,
    ),
    ...record.steps.flatMap((step) => stepLines(step, plan?.directory.changes ?? [])),
    ...record.moves.flatMap(movedLines),
    ...proofLines(record),
    ...(trouble
      ? [`Held up   ${trouble.code}: ${printable(trouble.summary)} ${printable(trouble.remedy)}`]
      : []),
    ...(ending ? [`Ended     ${moment(ending.at)} ${state}`] : []),
    ...(ending?.problem ? [`          ${ending.problem.code}: ${printable(ending.problem.summary)}`] : []),
  ];
}

function changeLines(change: DirectoryChange): readonly string[] {
  const by = change.by === 'hand' ? ', by hand' : '';
  const head = `          ${change.attribute} of ${printable(change.dn)} (${change.guid})${by}`;
  if (change.kind === 'trust-mode') return [head, `            ${change.before} → ${change.after}`];
  const lines = (mark: string, values: readonly string[]) =>
    values.map((value) => `            ${mark} ${printable(value)}`);
  return [head, ...lines('+', change.add), ...lines('=', change.keep), ...lines('-', change.remove)];
}

function decisionLines({ decisions }: RequestRecord): readonly string[] {
  return decisions.flatMap(({ statement, keyId }) => {
    const { at, verdict, by, plan, fingerprint, reason } = statement;
    const what = `${verdict} of plan ${plan} (${fingerprint.slice(0, 8)}) by ${whoOf(by)}, signed by ${keyId}`;
    return [
      `Decided   ${moment(at)} ${what}`,
      ...(reason === '' ? [] : [`          “${printable(reason)}”`]),
    ];
  });
}

function stepLines(
  { guid, attribute, intent, outcome }: Step,
  changes: readonly DirectoryChange[],
): readonly string[] {
  const change = changes.find((each) => each.guid === guid && each.attribute === attribute);
  const name = change?.name ?? guid;
  if (!outcome) {
    return intent
      ? [
          `Step      ${moment(intent.at)} ${name}: begun by ${intent.worker} on ${intent.server}, not resolved yet`,
        ]
      : [];
  }
  const { at, kind, inferred, server, added, kept, removed, trusted, problem } = outcome;
  const counts = [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(kept.length > 0 ? [`${kept.length} kept`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(trusted ? ['trust mode set'] : []),
    ...(inferred ? ['seen, not answered'] : []),
  ];
  const what = `${name}: ${[kind, ...counts].join(', ')} on ${server}`;
  return [
    `Step      ${moment(at)} ${what}`,
    ...(problem ? [`          ${problem.code}: ${printable(problem.summary)}`] : []),
  ];
}

function proofLines({ proof }: RequestRecord): readonly string[] {
  if (!proof) return [];
  const { level, converged, servers, checks, note } = proof;
  const counts = new Map<string, number>();
  for (const { what, result } of checks)
    counts.set(`${what} ${result}`, (counts.get(`${what} ${result}`) ?? 0) + 1);
  const told = [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count} times)`));
  const where = `on ${converged} of ${servers} domain controllers`;
  return [
    `Proof     ${[`${level} ${where}`, ...told, ...(note === '' ? [] : [printable(note)])].join(' · ')}`,
  ];
}
