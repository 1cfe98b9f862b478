import type { KnownBlock, Overflow } from '@slack/types';
import { First, MachineId } from '../../../core/moves/envelope';
import type { Forecast } from '../../../core/moves/forecast';
import { openMachines } from '../../../core/moves/open-machines';
import { choicesSaid, chosenOf } from '../../../core/request/choices';
import { drainOf } from '../../../core/request/judge-choice';
import { awaitsChoice } from '../../../core/request/nothing-yet';
import type { RequestRecord } from '../../../core/request/record';
import type { ChoiceWord } from '../../../core/request/statement';
import { COMMAND_ACTION } from '../../actions/command-button';
import { plain, plainText } from '../message';
import { namesSaid } from '../names';
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
  if (record.state !== 'waiting' || record.ending || drainOf(record) === null) return [];
  const chosen = chosenOf(choicesSaid(record));
  // Where nothing moves yet everything is left as it is.
  const closed = awaitsChoice(record) ? ['leave'] : [];
  const open = openMachines(
    (record.plan?.forecast?.staying ?? []).map((machine) => ({
      machine,
      choices: openTo(machine, [...closed, chosen[machine.machine] ?? '']),
    })),
  );
  const more = open.length - MOST_MENUS;
  return [
    ...open.slice(0, MOST_MENUS).map((each, at) => menu(record, { ...each, at })),
    ...(more > 0
      ? [plain(`… and ${more} more: /hv choose ${record.label} MACHINE eject|shut-down|save|leave`)]
      : []),
  ];
}

function openTo({ choices, machine }: Staying, closed: readonly string[]): readonly ChoiceWord['choice'][] {
  // Of an edited record: what is no machine has no menu.
  if (!MachineId.safeParse(machine).success) return [];
  return CHOICES.filter((choice) => choices.includes(choice) && !closed.includes(choice));
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

/** What a request waits for that has nothing to approve yet. Plain text. */
export function choiceNeeded({ label, plan }: Pick<RequestRecord, 'label' | 'plan'>): string {
  const names = openMachines(plan?.forecast?.staying ?? []).map(({ name }) => visible(name));
  return `Nothing moves yet, and nothing is to be approved. Whoever may ask for this drain chooses for ${namesSaid(names)}, here or by /hv choose ${label} MACHINE CHOICE; that makes the plan to be approved.`;
}

/** What whoever has chosen is told. */
export function chosenText({ label, state }: RequestRecord): string {
  return state === 'planning'
    ? `${label} is planned anew with that. Its card shows the new plan, which has to be approved; votes for the last one do not count.`
    : `${label}: noted. It holds within what was approved; the card tells what comes of it.`;
}
