import type { Plan } from '../../core/delegation/plan';
import { refuseUnreachable, voters, type Tally } from '../../core/policy/votes';
import { touchesOf } from '../../core/policy/touches';
import { talliesOf, votesOf } from '../../core/request/given-votes';
import { awaitsChoice } from '../../core/request/nothing-yet';
import type { RequestRecord } from '../../core/request/record';
import { waivable } from '../../core/request/waivers';
import { isSamePerson, type Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import { choiceNeeded } from './moves/choice-blocks';
import { called, counted, inert, mention } from './text';

const PEOPLE_SHOWN = 5;

/** Whose approval a waiting plan still needs, in mrkdwn, and when it would need nobody's; says so when the policy lets nobody approve it. */
export function needsLine(record: RequestRecord, plan: Plan, policy: Policy): string {
  if (awaitsChoice(record)) return inert(choiceNeeded(record));
  return [peopleLine(record, plan, policy), ...windowLines(record, plan, policy)].join('\n');
}

/** What is waived as soon as a window opens; those that are open have said so already. */
function windowLines(record: RequestRecord, plan: Plan, policy: Policy): readonly string[] {
  const windows = policy.maintenanceWindows ?? [];
  return waivable(record, plan, { policy, windows }).map(
    ({ window, rules }) =>
      `While the maintenance window ${inert(window.name)} is open, ${rules.join(' and ')} ${rules.length === 1 ? 'needs' : 'need'} nobody.`,
  );
}

function peopleLine(record: RequestRecord, plan: Plan, policy: Policy): string {
  const requester = record.intake.statement.by;
  const votes = votesOf(plan, record.decisions);
  const unreachable = refuseUnreachable(policy, touchesOf(plan), { requester, votes });
  if (unreachable) {
    const others =
      deciders(record, plan, policy).length > 0
        ? '; it can still be denied, or withdrawn by who asked'
        : ' or deny it; who asked can withdraw it';
    return `${unreachable.summary} Until it names more, nobody can approve this${others}.`;
  }
  const wants = wantsOf(record, plan, policy);
  const [only] = wants;
  if (only && wants.length === 1) return onlyLine(only);
  return [
    'Needs the approval of each of these:',
    ...wants.map((want) => `• ${want.names.join(' and ')}: ${wantText(want)}`),
  ].join('\n');
}

/** How many approvals a waiting plan still misses, and of what where several rules want their own. */
export function missingText(record: RequestRecord, plan: Plan, policy: Policy): string {
  const open = wantsOf(record, plan, policy).filter(({ left }) => left > 0);
  return open
    .map(
      ({ left, names }) => counted(left, 'approval') + (open.length > 1 ? ` of ${names.join(' and ')}` : ''),
    )
    .join(', ');
}

/** Who may decide about a plan, by any of its rules, but for the requester. */
export function deciders(record: RequestRecord, plan: Plan, policy: Policy): readonly Person[] {
  const { by } = record.intake.statement;
  return voters(policy, touchesOf(plan))
    .map((user) => ({ ...by, user }))
    .filter((person) => !isSamePerson(person, by));
}

/** The Slack user groups of whose members one may decide it, by ids. */
export function userGroupsAsked(record: RequestRecord, plan: Plan, policy: Policy): readonly string[] {
  const open = talliesOf(record, plan, policy).filter(({ isMet }) => !isMet);
  return [...new Set(open.flatMap(({ userGroup }) => userGroup ?? []))];
}

/** Whose decision a plan still waits for; where something has to be chosen first, who asked is to see to that. */
export function undecided(record: RequestRecord, plan: Plan, policy: Policy): readonly Person[] {
  const { by } = record.intake.statement;
  if (awaitsChoice(record)) return [by];
  const open = talliesOf(record, plan, policy).filter(({ isMet }) => !isMet);
  return [...new Set(open.flatMap(({ able }) => able))].map((user) => ({ ...by, user }));
}

/** Rules that want the same of the same people. */
interface Want extends Pick<Tally, 'wanted' | 'given' | 'able' | 'userGroup' | 'waivedBy'> {
  readonly names: readonly string[];
  readonly left: number;
}

function wantsOf(record: RequestRecord, plan: Plan, policy: Policy): readonly Want[] {
  const found = new Map<string, Want>();
  for (const { name, isMet, ...tally } of talliesOf(record, plan, policy)) {
    const { wanted, given, able, userGroup, waivedBy } = tally;
    const left = isMet ? 0 : wanted - given.length;
    const key = [
      wanted,
      left,
      userGroup,
      waivedBy,
      ...given.map(({ user }) => user),
      '-',
      ...able.toSorted(),
    ].join(' ');
    found.set(key, { ...tally, left, names: [...(found.get(key)?.names ?? []), name] });
  }
  return [...found.values()];
}

function onlyLine({ wanted, left, ...who }: Want): string {
  return wanted === 1
    ? `Needs 1 approval from any of ${people(who)}.`
    : `Approvals: ${wanted - left} of ${wanted}. Needs ${left} more from any of ${people(who)}.`;
}

function wantText({ wanted, given, left, waivedBy, ...who }: Want): string {
  if (waivedBy !== null) return `✔ waived by the maintenance window ${inert(waivedBy)}.`;
  if (left === 0) return `✔ approved by ${given.map(mention).join(' and ')}.`;
  const so = wanted === 1 ? 'one of' : `${wanted - left} of ${wanted}, ${left} more of`;
  return `${so} ${people(who)}.`;
}

function people({ able, userGroup }: Pick<Want, 'able' | 'userGroup'>): string {
  const shown = able.slice(0, PEOPLE_SHOWN).map((user) => mention({ user }));
  const rest = able.length > shown.length ? [`${able.length - shown.length} more`] : [];
  const group = userGroup === null ? [] : [`the user group ${called(userGroup)}`];
  return [[...shown, ...rest].join(', '), ...group].filter((each) => each !== '').join(' or ');
}
