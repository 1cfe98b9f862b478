import type { Button } from '@slack/types';
import { printAsk } from '../../core/commands/print';
import { awaitsReview, isBreakable } from '../../core/request/break-glass';
import { highRiskOf } from '../../core/policy/high-risk';
import type { RequestRecord } from '../../core/request/record';
import { awaitsChoice } from '../../core/request/nothing-yet';
import { keptEmpty } from '../../core/moves/kept-empty';
import { presentRound } from '../../core/moves/rounds';
import { isAboutMoves } from '../../core/request/advance-moves';
import { isShownPaused } from '../../core/request/pause';
import type { State } from '../../core/request/states';
import type { Policy } from '../../core/settings';
import { COMMAND_ACTION } from '../actions/command-button';
import { aboutCard, writeButton } from './button-value';
import { isUndoable } from './effect';
import { plainText } from './message';
import { moveWordButtons } from './moves/word-buttons';
import { isShownToApprovers, type Deliveries } from '../plan-pages/listing';
import { askOf, powerSentence } from './power';
import { RETRIABLE, retryLabel } from './retry-label';
import { clip, lasting } from './text';

/** What decides about buttons beside the record. */
export interface ButtonsBeside {
  /** The record that takes away again what this one has added, if there is one. */
  readonly reversal?: RequestRecord | null;
  /** What stands in the thread: without it nothing that needs pages can be approved. */
  readonly delivered?: Deliveries | undefined;
}

/** What can be done with a request now. */
export function buttonsOf(
  record: RequestRecord,
  policy: Policy,
  { reversal = null, delivered }: ButtonsBeside = {},
): readonly Button[] {
  const drafts = record.ending
    ? afterwards(record, reversal)
    : (OPEN[record.state]?.(record, policy, delivered) ?? []);
  if (drafts.length === 0) return [];
  const value = writeButton(aboutCard(record));
  return drafts.map((draft) => ({ type: 'button', value, ...draft }));
}

/** A button but for what all of a card carry alike; one that stands for a command carries that instead. */
type Draft = Omit<Button, 'type'>;

type Drafts = (record: RequestRecord, policy: Policy, delivered?: Deliveries) => readonly Draft[];

const OPEN: Readonly<Partial<Record<State, Drafts>>> = {
  planning: () => [WITHDRAW],
  stale: () => [WITHDRAW],
  waiting: (record, policy, delivered) => {
    const isShown = !awaitsChoice(record) && isShownToApprovers(record, delivered);
    const mayBreak = isShown && isBreakable(record, policy);
    return [
      ...(isShown ? [approve(record, policy)] : []),
      DENY,
      WITHDRAW,
      ...(mayBreak ? [BREAK_GLASS] : []),
    ];
  },
  approved: (record) => [...pauseOrResume(record), stop(record)],
  running: (record) => [
    ...hostBack(record),
    ...pauseOrResume(record),
    ...moveWordButtons(record),
    stop(record),
  ],
  'awaiting-hand': (record) => [button('request.look', 'Look now'), stop(record)],
};

function afterwards(record: RequestRecord, reversal: RequestRecord | null): readonly Draft[] {
  if (record.reverses) return [];
  const isGone = reversal?.state === 'done' || reversal?.state === 'already-so';
  const mayUndo = UNDOABLE.includes(record.state) && isUndoable(record) && !isGone;
  // What is being taken away already is not kept any more by asking.
  const isDue = reversal !== null && reversal.state !== 'approved';
  const mayExtend = record.state === 'done' && record.until !== null && !isDue;
  return [
    ...(awaitsReview(record) ? [REVIEW] : []),
    ...fixOfMove(record),
    ...returns(record),
    ...(AGAIN.includes(record.state) ? again(record) : []),
    ...(mayExtend ? extend(record) : []),
    ...(mayUndo ? [undo(record)] : []),
  ];
}

const UNDOABLE: readonly State[] = ['done', 'partial', 'stopped', 'failed'];
const AGAIN: readonly State[] = [...RETRIABLE, 'failed', 'expired', 'denied', 'stale'];

/** A high risk is approved in a form, which says what it means and asks for a host's name: to be asked before that as well helps nobody. */
function approve(record: RequestRecord, policy: Policy): Draft {
  const part = record.plan?.directory;
  if (part && highRiskOf(policy, part) !== null) {
    return { ...button('request.approve', 'Approve…'), style: 'primary' };
  }
  return {
    ...button('request.approve', 'Approve'),
    style: 'primary',
    confirm: {
      title: plainText(`Approve ${record.label}?`),
      text: plainText(clip(`${powerSentence(record)}. ${whoCarriesOut(record)}`, 300)),
      confirm: plainText('Approve'),
      deny: plainText('Not now'),
    },
  };
}

/** What an approval sets off. */
export function whoCarriesOut(record: RequestRecord): string {
  const { directory, hosts } = record.plan ?? {};
  const changes = [...(directory?.changes ?? []), ...(hosts?.settings ?? [])];
  if (isAboutMoves(record)) {
    const first = [
      ...(directory?.changes.length ? ['writes the delegation'] : []),
      ...(hosts?.settings.length ? ['sets the hosts up'] : []),
    ];
    return first.length === 0
      ? 'The worker begins at once.'
      : `The worker ${first.join(' and ')} at once, and moves then.`;
  }
  const byHand = changes.filter(({ by }) => by === 'hand').length;
  if (byHand === 0) return 'The worker writes it at once.';
  return byHand === changes.length
    ? 'A person is told at once how to do it.'
    : 'The worker writes its part at once; a person is told how to do the rest.';
}

const DENY: Draft = { ...button('request.deny', 'Deny…'), style: 'danger' };
/** Its form says what it means and asks for a reason. */
const BREAK_GLASS: Draft = { ...button('request.glass', 'Break glass…'), style: 'danger' };
const REVIEW: Draft = { ...button('request.review', 'Review…'), style: 'primary' };
const WITHDRAW: Draft = button('request.withdraw', 'Withdraw');

function stop(record: RequestRecord): Draft {
  return {
    ...button('request.stop', 'Stop'),
    style: 'danger',
    confirm: {
      title: plainText(`Stop ${record.label}?`),
      text: plainText(
        isAboutMoves(record)
          ? 'Begins no further move; what moves now goes on to its end.'
          : 'Stops after the step in flight; what is written stays.',
      ),
      confirm: plainText('Stop'),
      deny: plainText('Go on'),
    },
  };
}

/** Whatever runs can be held up for a while, and goes on by a word of its own. */
function pauseOrResume(record: RequestRecord): readonly Draft[] {
  if (isShownPaused(record)) return [button('request.resume', 'Resume')];
  const isWritten =
    !isAboutMoves(record) && record.steps.length > 0 && record.steps.every(({ outcome }) => outcome);
  return isWritten ? [] : [button('request.pause', 'Pause')];
}

/** A host that has not booted since it was emptied may be back all the same. */
function hostBack(record: RequestRecord): readonly Draft[] {
  const round = presentRound(record);
  if (round?.leg !== 'service') return [];
  const [host = '', ...more] = round.hosts;
  return [
    {
      ...button('request.host-back', more.length === 0 ? 'Host is back' : 'Hosts are back'),
      // Pressed on a card that is behind it would fill the next host, on which people work.
      value: writeButton({ ...aboutCard(record), round: record.rounds.indexOf(round) }),
      confirm: {
        title: plainText(clip(`${[host, ...more].join(', ')} back?`, 100)),
        text: plainText(
          'Machines return there at once where Hyper-V runs and listens for migrations, booted or not. Nobody may work there any more.',
        ),
        confirm: plainText('It is back'),
        deny: plainText('Not yet'),
      },
    },
  ];
}

/** Emptied hosts get their machines back by a request of its own, as if it had been typed. */
function returns(record: RequestRecord): readonly Draft[] {
  const ask = askOf(record);
  if (ask?.verb !== 'drain') return [];
  const left = new Set(
    record.moves.filter(({ outcome }) => outcome?.kind === 'moved').map(({ from }) => from),
  );
  const away = record.rounds.length > 0 ? keptEmpty(record) : ask.hosts.filter((host) => left.has(host));
  return away.slice(0, MOST_RETURNS).map((host, at) => ({
    ...button(`${COMMAND_ACTION}.return-${at}`, `Return machines to ${host}`),
    value: `/hv return ${host}`,
  }));
}

/** Of hosts that are emptied one after the other those that are not done are asked for anew. One whose machines are away gets them back first. */
function again(record: RequestRecord): readonly Draft[] {
  if (record.rounds.length === 0) return [button('request.retry', retryLabel(record))];
  const ask = askOf(record);
  const away = keptEmpty(record);
  const open = record.rounds.filter(({ leg }) => leg !== 'over').flatMap(({ hosts }) => hosts);
  const left = open.filter((host) => !away.includes(host));
  if (ask?.verb !== 'drain' || left.length === 0) return [];
  const rest = { ...ask, hosts: left, window: null };
  return [{ ...button(`${COMMAND_ACTION}.rest`, 'Ask for the rest'), value: `/hv ${printAsk(rest)}` }];
}

/** A row has room for five buttons beside the others of a card. */
const MOST_RETURNS = 5;

/** What the diagnosis of a failed move says that can be asked for, as if it had been typed. */
function fixOfMove({ moves }: RequestRecord): readonly Draft[] {
  const checks = moves.flatMap(({ outcome }) => outcome?.diagnosis ?? []);
  const command = checks.find((check) => check.result === 'bad' && check.command !== null)?.command;
  if (!command) return [];
  const label = command.startsWith('/delegate') ? 'Ask for this delegation' : 'Ask for this setting';
  return [{ ...button(`${COMMAND_ACTION}.move-fix`, label), value: command, style: 'primary' }];
}

function undo(record: RequestRecord): Draft {
  return {
    ...button('request.undo', 'Undo…'),
    confirm: {
      title: plainText(`Undo ${record.label}?`),
      text: plainText(
        `Makes a new request that takes back exactly what ${record.label} changed. It has to be approved.`,
      ),
      confirm: plainText('Ask for it'),
      deny: plainText('Not now'),
    },
  };
}

function extend(record: RequestRecord): readonly Draft[] {
  const forMs = record.plan?.directory.forMs ?? null;
  return forMs === null ? [] : [button('request.extend', `Extend by ${lasting(forMs)}`)];
}

function button(action: string, label: string): Draft {
  return { action_id: action, text: plainText(label) };
}
