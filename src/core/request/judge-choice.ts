import type { DrainAsk } from '../commands/ask';
import { askedMoves } from '../moves/asked-moves';
import type { AllowedMachine } from '../moves/envelope';
import { presentRound } from '../moves/rounds';
import type { Policy } from '../policy/schema';
import type { RecordChange } from '../ports';
import type { Problem } from '../problem';
import { AFRESH } from './afresh';
import { choicesSaid, chosenOf, refuseChooser } from './choices';
import { refuseInRounds } from './choose-in-rounds';
import { awaitsChoice } from './nothing-yet';
import type { RequestRecord } from './record';
import type { ChoiceWord, Person } from './statement';

/** What somebody wants for a machine of a drain, which is named by its id or its name. */
export interface WantedChoice {
  readonly machine: string;
  readonly choice: ChoiceWord['choice'];
  readonly by: Person;
}

/** That a choice stands: the machine that it is about, and what the request goes on with. */
export interface JudgedChoice {
  readonly machine: string;
  readonly name: string;
  readonly change: RecordChange;
}

/** More choices than this are too many for one record. */
const MOST_CHOICES = 200;

/**
 * Whether a choice may be made now. Before anything was approved it makes a new plan, and the votes are void; later it is an instruction, and only
 * what was approved of the machine may be chosen, or that it is left.
 */
export function judgeChoice(
  record: RequestRecord,
  wanted: WantedChoice,
  { policy, now }: { readonly policy: Policy; readonly now: number },
): JudgedChoice | { readonly problem: Problem } {
  const { label, intake, plan, ending, instructions } = record;
  const ask = drainOf(record);
  if (!ask)
    return problem('choice.no-drain', `${label} empties no hosts, so there is nothing to choose.`, '');
  if (ending)
    return problem('request.ended', `${label} is over: ${record.state}.`, 'Ask again if it is still needed.');
  const asked = { ask, choice: wanted.choice };
  const refused = refuseChooser(policy, { ...asked, by: wanted.by });
  if (refused) return { problem: refused };
  // The plan is refused otherwise: whoever has asked for it answers for all of it.
  if (refuseChooser(policy, { ...asked, by: intake.statement.by }))
    return problem(
      'choice.requester',
      `Who asked for ${label} may not ask for that.`,
      'Ask to empty the host yourself, and choose then.',
    );
  if (instructions.length >= MOST_CHOICES)
    return problem(
      'choice.many',
      `${label} has had ${MOST_CHOICES} words already.`,
      'Withdraw it and ask again.',
    );
  const found = plan && findMachine(plan, wanted.machine);
  if (!plan || !found) return unknownMachine(record, wanted);
  if (found === 'several')
    return problem(
      'choice.several',
      `Several machines of ${label} are called “${wanted.machine}”.`,
      'Name the one that is meant by its id.',
    );
  const inRounds =
    ask.returns !== null && 'allowed' in found ? refuseInRounds(record, found.allowed, wanted.choice) : null;
  if (inRounds) return { problem: inRounds };
  if (record.state === 'waiting' || record.state === 'planning')
    return choosePlanned(record, { found, wanted, now });
  return chooseRunning(record, { found, wanted });
}

/** Of one for which something was chosen already nothing is told before there is something for all that wait for it. */
function unknownMachine(
  record: RequestRecord,
  { machine }: Pick<WantedChoice, 'machine'>,
): { readonly problem: Problem } {
  const { label } = record;
  return awaitsChoice(record)
    ? problem(
        'choice.unknown',
        `No machine that ${label} waits for a choice for is called “${machine}”.`,
        `Choose for those on its card first: what was chosen before can be changed then. Or withdraw ${label}.`,
      )
    : problem(
        'choice.unknown',
        `${label} is about no machine “${machine}”.`,
        `Look at its card, or /hv show ${label}.`,
      );
}

/** A machine as the plan has it: it moves, or it stays and these are its choices. */
type Found =
  | { readonly id: string; readonly name: string; readonly allowed: AllowedMachine }
  | { readonly id: string; readonly name: string; readonly choices: readonly string[] };

interface Chosen {
  readonly found: Found;
  readonly wanted: WantedChoice;
}

function choosePlanned(
  record: RequestRecord,
  { found, wanted: { choice }, now }: Chosen & { readonly now: number },
): JudgedChoice | { readonly problem: Problem } {
  const { plan, label, voided } = record;
  const { id, name } = found;
  // Clicked twice it would void the votes that the plan with it has got since.
  if (chosenOf(choicesSaid(record))[id] === choice)
    return problem(
      'choice.already',
      `That is chosen for ${name} already.`,
      `Look at the card of ${label} for the plan with it.`,
    );
  if (choice === 'leave' && awaitsChoice(record))
    return problem(
      'choice.stays',
      `Nothing of ${label} moves yet, so ${name} stays as it is.`,
      `Choose otherwise for it, or withdraw ${label}.`,
    );
  const isOpen =
    'choices' in found
      ? found.choices.includes(choice)
      : choice === 'leave' || choice === (found.allowed.first ?? null);
  if (!isOpen)
    return problem(
      'choice.no-help',
      `${name} would not move by that.`,
      `Look at the card of ${label} for what would help.`,
    );
  const sentence = `${chosenSaid(choice, name)}.`;
  const change = {
    ...AFRESH,
    voided: [...voided, { plan: plan?.number ?? 0, sentence, at: now }],
    trouble: null,
  };
  return { machine: id, name, change };
}

function chooseRunning(
  record: RequestRecord,
  { found, wanted: { choice } }: Chosen,
): JudgedChoice | { readonly problem: Problem } {
  const { label, state, moves } = record;
  const { id, name } = found;
  if (state !== 'approved' && state !== 'running')
    return problem(
      'choice.not-now',
      `${label} is ${state} right now.`,
      'Look at its card, then choose again.',
    );
  const step = moves.find(({ machine }) => machine === id);
  // Between the two ways all moves are over, and the next is the way back.
  const isBetween = presentRound(record)?.leg === 'service';
  if (step && !isBetween && (step.readied ?? step.intent ?? step.outcome))
    return problem(
      'choice.late',
      `${name} is being moved already, or its move is over.`,
      'Look at the card for how it stands.',
    );
  const isApproved = 'allowed' in found && (choice === 'leave' || choice === (found.allowed.first ?? null));
  if (isApproved) return { machine: id, name, change: {} };
  return choice === 'leave'
    ? problem('choice.stays', `${name} stays already.`, '')
    : problem(
        'choice.outside',
        `That was not approved for ${name}.`,
        `When ${label} is over, ask to empty its host once more, and choose before it is approved.`,
      );
}

/** What was chosen, as a clause. */
function chosenSaid(choice: ChoiceWord['choice'], name: string): string {
  switch (choice) {
    case 'eject':
      return `it was chosen to empty the drive of ${name} and move it`;
    case 'shut-down':
      return `it was chosen to shut ${name} down and move it cold`;
    case 'save':
      return `it was chosen to save ${name} and move it cold`;
    case 'leave':
      return `it was chosen that ${name} stays`;
  }
}

/** The drain that a request is; null: it is something else. Read from the command as it stands: an effector reads the signed one. */
export function drainOf(record: Pick<RequestRecord, 'intake'>): DrainAsk | null {
  const ask = askedMoves(record);
  return ask?.verb === 'drain' ? ask : null;
}

function findMachine(
  { hosts, forecast }: NonNullable<RequestRecord['plan']>,
  wanted: string,
): Found | 'several' | null {
  const all: readonly Found[] = [
    ...(hosts.envelope?.machines ?? []).map((allowed) => ({ id: allowed.id, name: allowed.name, allowed })),
    ...(forecast?.staying ?? []).map(({ machine: id, name, choices }) => ({ id, name, choices })),
  ];
  const word = wanted.toLowerCase();
  const named = all.filter(({ id, name }) => id === word || name.toLowerCase() === word);
  const [first = null, ...others] = named;
  return others.length > 0 ? 'several' : first;
}

function problem(code: string, summary: string, remedy: string): { readonly problem: Problem } {
  return { problem: { code, summary, remedy } };
}
