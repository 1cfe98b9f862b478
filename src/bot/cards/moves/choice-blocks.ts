import type { KnownBlock, Overflow } from '@slack/types';
import { First, MachineId } from '../../../core/moves/envelope';
import type { Forecast } from '../../../core/moves/forecast';
import { choicesSaid, chosenOf } from '../../../core/request/choices';
import { drainOf } from '../../../core/request/judge-choice';
import type { RequestRecord } from '../../../core/request/record';
import type { ChoiceWord } from '../../../core/request/statement';
import { COMMAND_ACTION } from '../../actions/command-button';
import { plain, plainText } from '../message';
import { clip, visible } from '../text';

/** So many machines have a menu on a card; for others there is the command. */
const MOST_MENUS = 5;

type Staying = Forecast['staying'][number];

const CHOICES: readonly ChoiceWord['choice'][] = [...First.options, 'leave'];

const LABELS: Readonly<Record<ChoiceWord['choice'], string>> = {
  eject: 'Empty its drive, then move it',
  'shut-down': 'Shut it down and move it cold',
  save: 'Save it and move it cold',
  leave: 'Leave it where it is',
};

/** Of a drain that waits: each machine that stays and need not, with a menu of what would help. A choice stands for its command. */
export function choiceBlocks(record: RequestRecord): readonly KnownBlock[] {
  if (record.state !== 'waiting' || record.ending || drainOf(record)?.returns !== null) return [];
  const chosen = chosenOf(choicesSaid(record));
  const open = (record.plan?.forecast?.staying ?? [])
    .map((machine) => ({ machine, choices: openTo(machine, chosen[machine.machine]) }))
    .filter(({ choices }) => choices.some((choice) => choice !== 'leave'));
  const more = open.length - MOST_MENUS;
  return [
    ...open.slice(0, MOST_MENUS).map((each, at) => menu(record, { ...each, at })),
    ...(more > 0
      ? [plain(`… and ${more} more: /hv choose ${record.label} MACHINE eject|shut-down|save|leave`)]
      : []),
  ];
}

function openTo({ choices, machine }: Staying, chosen: string | undefined): readonly ChoiceWord['choice'][] {
  // Of an edited record: what is no machine has no menu.
  if (!MachineId.safeParse(machine).success) return [];
  return CHOICES.filter((choice) => choices.includes(choice) && choice !== chosen);
}

function menu(
  { label }: RequestRecord,
  { machine, choices, at }: { machine: Staying; choices: readonly ChoiceWord['choice'][]; at: number },
): KnownBlock {
  const accessory: Overflow = {
    type: 'overflow',
    action_id: `${COMMAND_ACTION}.choose-${at}`,
    options: choices.map((choice) => ({
      text: plainText(LABELS[choice]),
      value: `/hv choose ${label} ${machine.machine} ${choice}`,
    })),
  };
  const said = `${clip(visible(machine.name), 60)}: ${machine.short}. It need not stay: choose →`;
  return { ...plain(said), accessory };
}

/** What whoever has chosen is told. */
export function chosenText({ label, state }: RequestRecord): string {
  return state === 'planning'
    ? `${label} is planned anew with that. Its card shows the new plan, which has to be approved; votes for the last one do not count.`
    : `${label}: noted. It holds within what was approved; the card tells what comes of it.`;
}
