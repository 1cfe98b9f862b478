import type { Button, KnownBlock } from '@slack/types';
import type { RequestRecord } from '../../core/request/record';
import type { Policy } from '../../core/settings';
import { accountOf, denialReason } from './account';
import { aboutCard, writeButton } from './button-value';
import { effectOf } from './effect';
import { headlineOf } from './headline';
import { askOf, powerSentence } from './power';
import { context, header, mrkdwn, plain, plainText, row, words, type Message } from './message';
import { changeBlocks, isCrowded, isShownWhole, refusalBlocks, warningBlocks } from './plan-blocks';
import { channelLink, clip, inert, mention, moment } from './text';
import { needsLine } from './votes';

/**
 * The one card of a request: the power first, then the exact change, its warnings and risk, what became of it, the buttons,
 * and last one small line. A pure function of the record and the policy, so that it can always be made again.
 */
export function card(record: RequestRecord, policy: Policy): Message {
  return { text: cardText(record), blocks: cardBlocks(record, policy) };
}

/** The card in one sentence, for notifications and screen readers. */
export function cardText(record: RequestRecord): string {
  const asked = `Asked by ${mention(record.intake.statement.by)}.`;
  return `${record.label} ${headlineOf(record).phrase}: ${inert(powerSentence(record))}. ${asked}`;
}

/** The card's blocks without the buttons, for showing a request privately. */
export function cardBody(record: RequestRecord, policy: Policy): readonly KnownBlock[] {
  const { state, plan } = record;
  const { badge } = headlineOf(record);
  const { intake } = record;
  const { by, channel } = intake.statement;
  const elsewhere = channel === record.card.channel ? '' : ` in ${channelLink(channel)}`;
  return [
    header(powerSentence(record)),
    words(`${badge} · ${record.label} · asked by ${mention(by)}${elsewhere}`),
    ...(plan && state !== 'refused' ? changeBlocks(plan.directory, changeWord(record)) : []),
    ...(plan && state !== 'refused'
      ? warningBlocks(plan.verdicts, isCrowded(plan.directory) ? 400 : 700)
      : []),
    ...(state === 'waiting' ? riskBlocks(record) : []),
    ...askedBlocks(record),
    ...accountBlocks(record),
    ...(state === 'refused' && plan ? refusalBlocks(plan.verdicts) : []),
    ...(state === 'waiting' && plan ? [words(needsLine(record, plan, policy))] : []),
  ];
}

function cardBlocks(record: RequestRecord, policy: Policy): readonly KnownBlock[] {
  const buttons = buttonsOf(record);
  return [...cardBody(record, policy), ...(buttons.length === 0 ? [] : [row(buttons)]), smallPrint(record)];
}

/** Who decided, and what that means; the outcome in the thread says the same. */
export function accountBlocks(record: RequestRecord): readonly KnownBlock[] {
  const { decided, lines } = accountOf(record);
  const reason = denialReason(record);
  const length = record.plan && isCrowded(record.plan.directory) ? 1_000 : undefined;
  return [
    ...(decided === null ? [] : [words(decided)]),
    ...(reason === null ? [] : [plain(`Reason: ${clip(reason, 600)}`)]),
    ...(lines.length === 0 ? [] : [plain(lines.join('\n'), length)]),
  ];
}

function changeWord(record: RequestRecord): Parameters<typeof changeBlocks>[1] {
  if (!record.ending) return 'Change';
  return effectOf(record) === 'all' && record.state !== 'stuck' ? 'Changed' : 'Planned';
}

function riskBlocks(record: RequestRecord): readonly KnownBlock[] {
  const [power, ...others] = record.plan?.directory.powers ?? [];
  const isAdding = record.plan?.directory.changes.some(({ kind }) => kind === 'delegation-add');
  if (!power || !isAdding) return [];
  const [source, destination] =
    others.length > 0
      ? ['one of these hosts', 'those it may delegate to']
      : [clip(power.source, 60), clip(power.destination, 60)];
  return [
    plain(
      `Risk: who controls ${source} can then act as anyone on ${destination}, whichever services are named: ` +
        'a ticket for one can be turned into a ticket for another.',
    ),
  ];
}

function askedBlocks(record: RequestRecord): readonly KnownBlock[] {
  const ask = askOf(record);
  const lines = [
    ...(ask?.reason ? [`Reason given: ${ask.reason}`] : []),
    ...(ask?.ticket ? [`Ticket: ${ask.ticket}`] : []),
  ];
  return lines.length === 0 ? [] : [plain(lines.join('\n'), 600)];
}

function buttonsOf(record: RequestRecord): readonly Button[] {
  if (record.ending) return [];
  const value = writeButton(aboutCard(record));
  const withdraw = button('request.withdraw', 'Withdraw', value);
  if (record.state === 'planning' || record.state === 'stale') return [withdraw];
  if (record.state !== 'waiting') return [];
  const approve: Button = {
    ...button('request.approve', 'Approve', value),
    style: 'primary',
    confirm: {
      title: plainText(`Approve ${record.label}?`),
      text: plainText(clip(`${powerSentence(record)}. The worker writes it at once.`, 300)),
      confirm: plainText('Approve'),
      deny: plainText('Not now'),
    },
  };
  const deny: Button = { ...button('request.deny', 'Deny…', value), style: 'danger' };
  const isShown = record.plan !== null && isShownWhole(record.plan.directory);
  return isShown ? [approve, deny, withdraw] : [deny, withdraw];
}

function button(action: string, label: string, value: string): Button {
  return { type: 'button', action_id: action, text: plainText(label), value };
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
