import type { Plan } from '../../core/delegation/plan';
import { remindersDue } from '../../core/request/reminders';
import { awaitsChoice } from '../../core/request/nothing-yet';
import type { RequestRecord } from '../../core/request/record';
import type { Policy, Reminders } from '../../core/settings';
import { plain, words, type Message } from '../cards/message';
import { powerSentence } from '../cards/power';
import { choiceNeeded } from '../cards/moves/choice-blocks';
import { called, inert, mention, moment } from '../cards/text';
import { deciders, missingText, undecided, userGroupsAsked } from '../cards/votes';
import type { Wanted } from './wanted';

/** What reminding goes by. `delivered`: the keys of what was posted for the request. `now` in milliseconds since 1970. */
export interface Reminding {
  readonly policy: Policy;
  readonly reminders: Reminders;
  /** Ids of people or of user groups; empty: nobody is called. */
  readonly oncall: readonly string[];
  readonly now: number;
  readonly delivered: ReadonlySet<string>;
}

/** Says of the message that holds the approvers' mentions that they stand on the card already. */
export function mentionedKey(plan: number): string {
  return `mentioned-p${plan}`;
}

/**
 * What calls people to a decision: the one mention of the approvers, reminders in the thread and to each of them who has not
 * decided, and the people on call. Only the newest reminder is wanted: after a pause nobody gets all that were missed. What was
 * told to a person is taken back when it is no longer so.
 */
export function callsToDecide(record: RequestRecord, reminding: Reminding): readonly Wanted[] {
  const { plan } = record;
  const open = plan && record.state === 'waiting' && !record.ending ? plan : null;
  return [...(open ? openCalls(record, open, reminding) : []), ...takenBack(record, open, reminding)];
}

function openCalls(record: RequestRecord, plan: Plan, reminding: Reminding): readonly Wanted[] {
  const { policy, reminders, oncall, now, delivered } = reminding;
  const { count, isEscalated } = remindersDue(record, now, reminders);
  const groups = userGroupsAsked(record, plan, policy).map(called);
  const asked = [...deciders(record, plan, policy).map(mention), ...groups];
  const people = undecided(record, plan, policy);
  const isMentioned = asked.length === 0 || delivered.has(mentionedKey(plan.number));
  const last = `remind-p${plan.number}-${count}`;
  return [
    ...(isMentioned ? [] : [{ key: `ask-p${plan.number}`, message: askMessage(record, plan, asked) }]),
    ...(count === 0 || people.length + groups.length === 0
      ? []
      : [
          { key: last, message: reminder(record, plan, policy) },
          ...people.map(({ user }) => ({
            key: `${last}-${user}`,
            message: personal(record, plan),
            to: { person: user },
          })),
        ]),
    ...(isEscalated && oncall.length > 0
      ? [{ key: `escalated-p${plan.number}`, message: escalation(record, plan, oncall) }]
      : []),
  ];
}

/** A direct message whose person need not decide any more, or not about that plan. */
function takenBack(
  record: RequestRecord,
  open: Plan | null,
  { policy, delivered }: Reminding,
): readonly Wanted[] {
  const left = new Set(open ? undecided(record, open, policy).map(({ user }) => user) : []);
  return [...delivered].flatMap((key) => {
    const [, plan, person] = /^remind-p(\d+)-\d+-(\w+)$/.exec(key) ?? [];
    if (person === undefined || (Number(plan) === open?.number && left.has(person))) return [];
    return [{ key, message: single(`☑ ${record.label} no longer waits for your decision.`), to: { person } }];
  });
}

function askMessage(record: RequestRecord, plan: Plan, people: readonly string[]): Message {
  return about(
    record,
    `🔐 ${people.join(', ')}: ${record.label} waits for a decision until ${moment(plan.decideBy)}.`,
  );
}

function reminder(record: RequestRecord, plan: Plan, policy: Policy): Message {
  const said = awaitsChoice(record)
    ? `. ${choiceNeeded(record)} Who asked was told again by direct message.`
    : `: ${missingText(record, plan, policy)} missing. Those who can decide were told again by direct message.`;
  return single(
    `⏰ ${record.label} still waits${inert(said)} ` +
      `It expires ${moment(plan.decideBy)}; nothing is changed until then.`,
  );
}

function personal(record: RequestRecord, plan: Plan): Message {
  const { by } = record.intake.statement;
  return about(
    record,
    `⏰ ${record.label} waits for your ${awaitsChoice(record) ? 'choice' : 'decision'} since ${moment(record.since)}. ${mention(by)} asked. It expires ${moment(plan.decideBy)}.`,
  );
}

function escalation(record: RequestRecord, plan: Plan, oncall: readonly string[]): Message {
  return about(
    record,
    `📣 ${oncall.map(called).join(', ')}: nobody has ${awaitsChoice(record) ? 'chosen for' : 'decided'} ${record.label} since ${moment(record.since)}. ` +
      `${awaitsChoice(record) ? 'What can be chosen stands' : 'Those who can are named'} on the card. It expires ${moment(plan.decideBy)}.`,
  );
}

/** The power first, then why it is said. */
function about(record: RequestRecord, text: string): Message {
  const power = powerSentence(record);
  return { text: `${text} ${inert(power)}.`, blocks: [plain(`${power}.`), words(text)] };
}

function single(text: string): Message {
  return { text, blocks: [words(text)] };
}
