import type { KnownBlock } from '@slack/types';
import type { Plan } from '../../core/delegation/plan';
import { highRiskOf } from '../../core/policy/high-risk';
import { ticketAddress } from '../../core/policy/tickets';
import { isAboutMoves } from '../../core/request/advance-moves';
import { isAboutHosts } from '../../core/request/advance-hosts';
import { brokenGlass } from '../../core/request/break-glass';
import { allowsNothing } from '../../core/request/nothing-yet';
import type { MoveProgress } from '../../core/moves/progress-port';
import type { Freeze } from '../../core/request/freeze';
import type { RequestRecord } from '../../core/request/record';
import type { Policy } from '../../core/settings';
import type { Deliveries } from '../plan-pages/listing';
import { placeLine } from '../plan-pages/place-line';
import { accountOf, denialReason, isOnlyShown } from './account';
import { aboutCard } from './button-value';
import { buttonsOf } from './buttons';
import { frozenLine } from './freeze';
import { glassLines } from './glass';
import { choiceBlocks } from './moves/choice-blocks';
import { settingLines } from './hosts/setting-lines';
import type { ChangeWord } from './changes/presentation';
import { effectOf, hasKept } from './effect';
import { headlineOf } from './headline';
import { context, folded, header, mrkdwn, plain, plainText, row, words, type Message } from './message';
import { windowText } from './moves/window-text';
import { changeBlocks, isCrowded, moveBlocks, refusalBlocks, warningBlocks } from './plan-blocks';
import { askOf, powerSentence } from './power';
import { riskLines } from './risk';
import { termBlocks } from './term';
import { channelLink, clip, inert, labelText, mention, moment } from './text';
import { needsLine } from './votes';

/** What a card shows beside its own record. */
export interface CardContext {
  /** The record that takes away again what this one has added for a time, if there is one. */
  readonly reversal?: RequestRecord | null;
  /** What lets nothing new begin right now. */
  readonly freeze?: Freeze | null;
  /** What was delivered for the request: without it no pages of its plan are known of. */
  readonly delivered?: Deliveries;
  /** How far its moves are. */
  readonly progress?: readonly MoveProgress[];
  /** Since when no Windows worker is there, in milliseconds since 1970, 0 for never; null: one is, or none is wanted. */
  readonly unheardSince?: number | null;
}

/** What the account of a card may take. In the thread there is room for all of it. */
const ACCOUNT_LENGTH = { crowded: 1_000, usual: 2_400 };
/** More, where nobody has to be told any more what to decide. */
const ENDED_LENGTH = 1_000;

/**
 * The one card of a request: the power first, then the exact change, its warnings and risk, what became of it, the buttons,
 * and last one small line. A pure function of the record and the policy, so that it can always be made again.
 */
export function card(record: RequestRecord, policy: Policy, about: CardContext = {}): Message {
  const { reversal = null, delivered } = about;
  const buttons = buttonsOf(record, policy, { reversal, delivered });
  const blocks = [
    ...cardBody(record, policy, about),
    ...choiceBlocks(record),
    ...(buttons.length === 0 ? [] : [row(buttons)]),
    smallPrint(record),
  ];
  return { text: cardText(record), blocks };
}

/** The card in one sentence, for notifications and screen readers. */
export function cardText(record: RequestRecord): string {
  const asked = `Asked by ${mention(record.intake.statement.by)}.`;
  return `${record.label} ${headlineOf(record).phrase}: ${inert(powerSentence(record))}. ${asked}`;
}

/** The card's blocks without the buttons, for showing a request privately. */
export function cardBody(
  record: RequestRecord,
  policy: Policy,
  { reversal = null, freeze = null, delivered, progress = [], unheardSince = null }: CardContext = {},
): readonly KnownBlock[] {
  const { state, plan } = record;
  return [
    header(powerSentence(record)),
    words(whoseText(record)),
    ...(record.ending ? [] : heldBlocks(record, { freeze, unheardSince })),
    ...windowBlocks(record, policy),
    ...planBlocks(record, policy, delivered),
    ...termBlocks(record, reversal),
    ...(state === 'waiting' && plan ? riskLines(plan.directory).map((line) => plain(line)) : []),
    ...askedBlocks(record, policy),
    ...glassBlocks(record),
    ...accountBlocks(record, accountLength(record), progress),
    ...(state === 'refused' && plan ? refusalBlocks(plan.verdicts) : []),
    ...(state === 'waiting' && plan ? [words(needsLine(record, plan, policy))] : []),
  ];
}

/** What nothing goes on because of: for everything, or for want of a worker. */
function heldBlocks(
  record: RequestRecord,
  { freeze, unheardSince }: Pick<CardContext, 'freeze' | 'unheardSince'>,
): readonly KnownBlock[] {
  return [
    ...(freeze ? [words(frozenLine(freeze, record))] : []),
    ...(typeof unheardSince === 'number' ? [words(unheardText(unheardSince))] : []),
  ];
}

/** When moves may begin. */
function windowBlocks(record: RequestRecord, policy: Policy): readonly KnownBlock[] {
  const text = windowText(record, policy);
  return text === null ? [] : [words(text)];
}

/** What nobody goes on with. */
function unheardText(since: number): string {
  const when = since === 0 ? 'has been here yet' : `since ${moment(since)}`;
  return `⏳ No Windows worker ${when}: nothing is looked at or moved. It goes on by itself once one runs; see that the worker with the role hyperv does.`;
}

/** State, label, where it comes from, and who asked where. */
function whoseText(record: RequestRecord): string {
  const { by, channel, command } = record.intake.statement;
  const elsewhere = channel === record.card.channel ? '' : ` ${whereAsked(channel)}`;
  const { parent } = record;
  // A canonical text begins with its verb.
  const origin =
    parent && `${command.startsWith('undo ') ? 'undo of' : 'again, after'} ${labelText(parent.label)}`;
  return [
    headlineOf(record).badge,
    record.label,
    ...(origin === null ? [] : [origin]),
    `asked by ${mention(by)}${elsewhere}`,
  ].join(' · ');
}

/** A direct message is no channel that others could open. */
function whereAsked(channel: string): string {
  if (channel === '') return 'at Home';
  return channel.startsWith('D') ? 'in a direct message' : `in ${channelLink(channel)}`;
}

/** Of a drain in which nothing moves as it is the machines are told, and nothing else. */
function isWithoutMoves(plan: Plan): boolean {
  return allowsNothing(plan) && plan.forecast !== null;
}

/** The plan with its warnings; of a refused request it is nothing that anybody would do. */
function planBlocks(
  record: RequestRecord,
  policy: Policy,
  delivered: Deliveries | undefined,
): readonly KnownBlock[] {
  const { plan, state } = record;
  if (!plan || (state === 'refused' && !isOnlyShown(record))) return [];
  const place = placeLine(record, delivered);
  const risk = place !== null && state === 'waiting' ? highRiskOf(policy, plan.directory) : null;
  return [
    ...(risk === null ? [] : [plain(`⚠ High risk: ${risk}`)]),
    ...(place === null ? [] : [plain(place)]),
    ...(isAboutHosts(record)
      ? folded(settingLines(plan.hosts.settings).join('\n')).map((text) => plain(text))
      : [
          ...((isAboutMoves(record) && plan.directory.changes.length === 0) || isWithoutMoves(plan)
            ? []
            : changeBlocks(plan.directory, changeWord(record))),
          ...moveBlocks(plan, changeWord(record), record.ending !== null),
        ]),
    ...warningBlocks(plan.verdicts, isTight(record) ? 300 : 700),
  ];
}

function isTight({ plan }: RequestRecord): boolean {
  return plan !== null && isCrowded(plan);
}

function accountLength(record: RequestRecord): number {
  return ACCOUNT_LENGTH[isTight(record) ? 'crowded' : 'usual'] + (record.ending ? ENDED_LENGTH : 0);
}

/**
 * Who decided, and what that means, in so many characters; the outcome in the thread says the same, at its full length. The
 * lines say which hosts are changed and which are not, so they are cut only where a message would be too large.
 */
export function accountBlocks(
  record: RequestRecord,
  length: number,
  progress: readonly MoveProgress[] = [],
): readonly KnownBlock[] {
  const { decided, lines } = accountOf(record, progress);
  const reason = denialReason(record);
  return [
    ...(decided === null ? [] : [words(decided)]),
    ...(reason === null ? [] : [plain(`Reason: ${clip(reason, 600)}`)]),
    ...folded(clip(lines.join('\n'), length)).map((text) => plain(text)),
  ];
}

function changeWord(record: RequestRecord): ChangeWord {
  if (!record.ending) return 'Change';
  const isDone = effectOf(record) === 'all' || (record.state === 'done' && hasKept(record));
  return isDone && record.state !== 'stuck' ? 'Changed' : 'Planned';
}

function askedBlocks(record: RequestRecord, policy: Policy): readonly KnownBlock[] {
  const ask = askOf(record);
  const address = ask?.ticket ? ticketAddress(policy, ask.ticket) : null;
  const lines = [
    ...(ask?.reason ? [`Reason given: ${ask.reason}`] : []),
    ...(ask?.ticket && !address ? [`Ticket: ${ask.ticket}`] : []),
  ];
  return [
    ...(lines.length === 0 ? [] : [plain(lines.join('\n'), 480)]),
    ...(ask?.ticket && address ? [words(`Ticket: <${address}|${inert(ask.ticket)}>`)] : []),
  ];
}

function glassBlocks(record: RequestRecord): readonly KnownBlock[] {
  const broken = brokenGlass(record);
  if (!broken) return [];
  const { said, plain: lines } = glassLines(record, broken);
  return [words(said), plain(lines.join('\n'))];
}

function smallPrint(record: RequestRecord): KnownBlock {
  const { plan, intake } = record;
  if (!plan) return context([mrkdwn(`Asked ${moment(intake.statement.at)}`)]);
  const { fingerprint } = aboutCard(record);
  return context([
    plainText(`Plan ${plan.number} · ${fingerprint.slice(0, 8)} · read from ${clip(plan.server, 60)}`),
    mrkdwn(moment(plan.observedAt)),
    ...(record.state === 'waiting' ? [mrkdwn(`decide by ${moment(plan.decideBy)}`)] : []),
  ]);
}
