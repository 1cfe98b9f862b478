import type { Problem } from '../core/problem';
import type { RequestRecord } from '../core/request/record';
import { accountOf } from './cards/account';
import { headlineOf } from './cards/headline';
import { inert } from './cards/text';

/** Every reason for which a person may be refused. */
type RefusalCode =
  | 'request.unknown'
  | 'request.decided'
  | 'request.ended'
  | 'request.busy'
  | 'request.not-allowed'
  | 'person.denied'
  | 'read.not-allowed'
  | 'frozen'
  | 'freeze.window'
  | 'ticket.missing'
  | 'ticket.pattern'
  | 'cap.hosts'
  | 'cap.values'
  | 'cap.open'
  | 'cap.hour'
  | 'freeze.already'
  | 'freeze.none'
  | 'freeze.own'
  | 'pause.not-running'
  | 'resume.not-paused'
  | 'plan.changed'
  | 'decision.self'
  | 'decision.not-approver'
  | 'decision.no-approvers'
  | 'decision.late'
  | 'withdraw.not-requester'
  | 'stop.not-running'
  | 'undo.nothing'
  | 'extend.for-good'
  | 'extend.too-long'
  | 'request.running'
  | 'person.foreign'
  | 'person.not-member'
  | 'place.none'
  | 'place.shared'
  | 'button.unreadable'
  | 'action.unknown';

/** What a refusal leaves as it was, and what the record adds to it; inert mrkdwn. */
const AFTERMATH: Readonly<Record<RefusalCode, (record: RequestRecord | null) => string>> = {
  'request.unknown': () => 'Nothing was done.',
  'request.decided': (record) => `${decidedBy(record)}Your click changed nothing.`,
  'request.ended': (record) => `${stateOf(record)}Your click changed nothing.`,
  'request.busy': () => 'Nothing was decided.',
  'request.not-allowed': () => 'Nothing was recorded.',
  'person.denied': () => 'Nothing was done.',
  'read.not-allowed': () => 'Nothing was read.',
  frozen: () => 'Nothing was decided.',
  'freeze.window': () => 'Nothing was decided.',
  'ticket.missing': () => 'Nothing was recorded.',
  'ticket.pattern': () => 'Nothing was recorded.',
  'cap.hosts': () => 'Nothing was decided.',
  'cap.values': () => 'Nothing was decided.',
  'cap.open': () => 'Nothing was recorded.',
  'cap.hour': () => 'Nothing was recorded.',
  'freeze.already': () => 'Nothing was changed.',
  'freeze.none': () => 'Nothing was changed.',
  'freeze.own': () => 'Nothing was unfrozen.',
  'pause.not-running': () => 'Nothing was paused.',
  'resume.not-paused': () => 'Nothing was changed.',
  'plan.changed': () => 'Nothing was decided.',
  'decision.self': () => 'Nothing was decided.',
  'decision.not-approver': () => 'Nothing was decided.',
  'decision.no-approvers': () => 'Nothing was decided.',
  'decision.late': () => 'Nothing was decided.',
  'withdraw.not-requester': () => 'Nothing was withdrawn.',
  'stop.not-running': () => 'Nothing was stopped.',
  'undo.nothing': () => 'Nothing was recorded.',
  'extend.for-good': () => 'Nothing was recorded.',
  'extend.too-long': () => 'Nothing was recorded.',
  'request.running': () => 'Nothing was recorded.',
  'person.foreign': () => 'Nothing was done.',
  'person.not-member': () => 'Nothing was done.',
  'place.none': () => 'Nothing was recorded.',
  'place.shared': () => 'Nothing was recorded.',
  'button.unreadable': () => 'Nothing was done.',
  'action.unknown': () => 'Nothing was done.',
};

/** A private answer in mrkdwn: why not, what stays as it was, what to do. */
export function refusalText(problem: Problem, record: RequestRecord | null = null): string {
  const label = record ? `${record.label}: ` : '';
  const aftermath = isKnown(problem.code) ? AFTERMATH[problem.code](record) : 'Nothing was done.';
  return `🚫 ${label}${[inert(problem.summary), aftermath, inert(problem.remedy)].join(' ').trim()}`;
}

function isKnown(code: string): code is RefusalCode {
  return Object.hasOwn(AFTERMATH, code);
}

function decidedBy(record: RequestRecord | null): string {
  const decided = record && accountOf(record).decided;
  return decided ? `${decided} ` : '';
}

function stateOf(record: RequestRecord | null): string {
  return record ? `${record.label} ${headlineOf(record).phrase}. ${decidedBy(record)}` : '';
}
