import type { MachineRule } from '../../core/fabric/machine-rules';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { accountBlocks } from '../cards/card';
import { headlineOf } from '../cards/headline';
import { plain, words, type Message } from '../cards/message';
import { powerSentence } from '../cards/power';
import { inert, mention } from '../cards/text';
import { ownerNotices } from './owners';
import type { Wanted } from './wanted';

/** The ends that somebody has to look at, whoever asked. */
const ALARMING: readonly State[] = ['stuck', 'failed'];

/** What the account of a notice may take; the thread has all of it. */
const ACCOUNT_LENGTH = 2_000;

/** What says whose machines are whose; absent: nobody's. */
export interface OwnerRules {
  readonly machines?: readonly MachineRule[];
}

/**
 * What is told outside of the thread, which is `told`: owners of what moves; alarms and that a host is safe to service to everybody; and the result to
 * who asked from elsewhere.
 */
export function elsewhere(
  record: RequestRecord,
  told: readonly Wanted[],
  { machines = [] }: OwnerRules = {},
): readonly Wanted[] {
  const owners = ownerNotices(record, machines);
  const outcome = told.find(({ key }) => key === 'outcome' || key === 'reversal-outcome')?.message;
  if (!outcome) return owners;
  const { by, channel } = record.intake.statement;
  const isElsewhere = channel !== record.card.channel;
  return [
    ...(isAlarming(record) || isSafe(record)
      ? [{ key: 'notice', to: 'notices' as const, message: record.reverses ? outcome : alarm(record) }]
      : []),
    ...(isElsewhere ? [{ key: 'result', to: { person: by.user }, message: outcome }] : []),
    ...owners,
  ];
}

/** Whoever waits to open a host reads the channel, not the thread. */
function isSafe({ ending, remaining, reverses }: RequestRecord): boolean {
  return (
    !reverses &&
    ending !== null &&
    remaining !== null &&
    remaining.every(({ machines }) => machines.length === 0)
  );
}

function isAlarming({ state, reverses }: RequestRecord): boolean {
  // What was to go and has not gone is an alarm, however it ended.
  return reverses ? state !== 'done' && state !== 'already-so' : ALARMING.includes(state);
}

function alarm(record: RequestRecord): Message {
  const { badge, phrase } = headlineOf(record);
  const power = powerSentence(record);
  const asked = `asked by ${mention(record.intake.statement.by)}`;
  return {
    text: `${record.label} ${phrase}: ${inert(power)}.`,
    blocks: [
      plain(`${power}.`),
      words(`${badge} · ${record.label} · ${asked}`),
      ...accountBlocks(record, ACCOUNT_LENGTH),
    ],
  };
}
