import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { canonicalText } from '../../../core/canonical';
import type { ChangeAsk } from '../../../core/commands/ask';
import { namesOf } from '../../../core/commands/host-terms';
import { printAsk } from '../../../core/commands/print';
import { GENERAL_COMMAND } from '../../../core/commands/verbs';
import { SERVICE_CLASSES } from '../../../core/delegation/spn';
import { context, plain, plainText } from '../../cards/message';
import { clip } from '../../cards/text';
import type { Where } from '../where';
import { DURATION, REASON, SAY, TICKET } from './fields';
import type { FillState } from './form-state';

const Metadata = z.strictObject({
  where: z.strictObject({ channel: z.string().max(40), thread: z.string().max(40).nullable() }),
  // 300 characters may be many more in code units and entities.
  command: z.string().max(2_000),
});

/** What travels unseen with the second and the third step: where the person was, and the command so far. */
export type AskMetadata = z.infer<typeof Metadata>;

/** The metadata of the second and the third step. */
export function writeAsk(where: Where, ask: ChangeAsk): string {
  return canonicalText({ where: { channel: where.channel, thread: where.thread }, command: printAsk(ask) });
}

/** Throws when the metadata is none of ours. */
export function readAsk(metadata: string): AskMetadata {
  return Metadata.parse(JSON.parse(metadata));
}

/** Lines of the review list: more are counted. */
const MOST_LINES = 30;

/** The second step: the list as the Delegation tab will have it, then why, for which ticket and for how long. */
export function sayView(state: FillState, ask: ChangeAsk): ModalView {
  const { where, saying, more } = state;
  const isAdded = ask.verb === 'delegate';
  return {
    type: 'modal',
    callback_id: SAY,
    private_metadata: writeAsk(where, ask),
    title: plainText('Review'),
    submit: plainText('Next'),
    close: plainText('Back'),
    blocks: [
      ...(isTrustAlone(state, ask) ? [plain(TRUST_ALONE)] : []),
      ...(more.length > 0
        ? [plain(`The same is asked for ${more.join(', ')}; what they hold is not shown here.`)]
        : []),
      plain(
        `The list of services, service type and computer (+ comes, − goes, = stays):\n${reviewLines(state, ask).join('\n')}`,
      ),
      input({
        id: REASON,
        label: 'Reason',
        hint: 'On the card, and in the audit for good.',
        value: saying.reason,
        longest: 200,
      }),
      input({ id: TICKET, label: 'Ticket', hint: 'Such as CHG-1042.', value: saying.ticket, longest: 40 }),
      ...(isAdded
        ? [
            input({
              id: DURATION,
              label: 'For how long',
              hint: 'Such as 8h or 2d; empty: for good.',
              value: saying.for,
              longest: 20,
            }),
            context([
              plainText('✎ When the time is over, what this adds goes from msDS-AllowedToDelegateTo again.'),
            ]),
          ]
        : []),
      typedLine(ask),
    ],
  };
}

const TRUST_ALONE =
  'Only the trust mode is set, “Use any authentication protocol”: it holds for the whole list below. Handover never takes it away again.';

/** Whether nothing is added that the computer does not hold. */
function isTrustAlone({ added, typed }: FillState, { verb }: ChangeAsk): boolean {
  return verb === 'delegate' && added.length === 0 && typed.trim() === '';
}

/** The same as it could have been typed. */
export function typedLine(ask: ChangeAsk): KnownBlock {
  return context([plainText(clip(`Typed, this is: ${GENERAL_COMMAND} ${printAsk(ask)}`, 600))]);
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly longest: number;
}

function input({ id, label, hint, value, longest }: Field): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: longest,
      ...(value !== '' && { initial_value: clip(value, longest) }),
    },
  };
}

/** Service type and computer, as the tab lists them. */
function reviewLines({ holds, trust }: FillState, ask: ChangeAsk): readonly string[] {
  const stays = trust === 'none' ? [] : holds.ticked;
  const goes = holds.offered.filter((tick) => !stays.includes(tick));
  const held = new Set(stays.map((tick) => tickLine('+', tick)));
  const lines = [
    // What the computer holds already is named only for the sake of its trust mode.
    ...(ask.verb === 'delegate' ? addedLines(ask).filter((line) => !held.has(line)) : []),
    ...goes.map((tick) => tickLine('−', tick)),
    ...stays.map((tick) => tickLine('=', tick)),
  ];
  const shown = lines.slice(0, MOST_LINES);
  return [...shown, ...(lines.length > shown.length ? [`… and ${lines.length - shown.length} more`] : [])];
}

function addedLines({ destinations, services }: Extract<ChangeAsk, { verb: 'delegate' }>): readonly string[] {
  const { names, all } = namesOf(destinations);
  const hosts = [...names.map(({ text }) => text), ...(all ? ['every Hyper-V host'] : [])];
  return hosts.flatMap((host) => services.map((service) => rowLine('+', service, host)));
}

function tickLine(sign: string, tick: string): string {
  const [service = '', host = ''] = tick.split('|');
  return rowLine(sign, service, host);
}

function rowLine(sign: string, service: string, host: string): string {
  const serviceClass = SERVICE_CLASSES.find((each) => each.service === service)?.serviceClass ?? service;
  return `${sign}  ${serviceClass} · ${host}`;
}
