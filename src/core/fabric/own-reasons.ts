import { bad, type MoveCheck } from '../hyperv/check';
import { checkDisks, checkDrive } from '../hyperv/machine-checks';
import { quoted } from '../hyperv/quoted';
import type { Fleet, PlanMachine } from './fleet';
import { reasonOf, type OwnCode, type Reason } from './reasons';

interface Obstacle {
  readonly code: OwnCode;
  readonly stands: (machine: PlanMachine, fleet: Fleet) => boolean;
  readonly tell: (machine: PlanMachine, fleet: Fleet) => MoveCheck;
}

/** Whether a machine can be moved at all, as far as it is about the machine itself. */
export function mayMove(machine: PlanMachine, fleet: Fleet): boolean {
  return !OBSTACLES.some(({ stands }) => stands(machine, fleet));
}

/** Everything about a machine itself that keeps it where it is. */
export function ownReasons(machine: PlanMachine, fleet: Fleet): readonly Reason[] {
  return OBSTACLES.filter(({ stands }) => stands(machine, fleet)).map(({ code, tell }) =>
    reasonOf(code, null, tell(machine, fleet)),
  );
}

const OBSTACLES: readonly Obstacle[] = [
  {
    code: 'envelope',
    stands: ({ id, choice }, { approved }) => {
      const isStopped = choice === 'shut-down' || choice === 'save';
      return approved !== null && (!approved.machines.has(id) || (isStopped && !approved.shutDown));
    },
    tell: ({ name, id }, { approved }) =>
      approved?.machines.has(id) === true
        ? found(`It was not approved that ${name} is shut down or saved.`, 'Ask for that anew.')
        : found(`${name} is not among the machines whose move was approved.`, 'Ask for it anew.'),
  },
  {
    code: 'held',
    stands: ({ id }, { input }) => input.held[id] !== undefined,
    tell: ({ id, name }, { input }) =>
      found(`${name} stays: ${input.held[id] ?? ''}.`, 'Ask for it anew when that is no longer so.'),
  },
  {
    code: 'left',
    stands: ({ choice }) => choice === 'leave',
    tell: ({ name }) => found(`It was chosen that ${name} stays.`, 'Choose otherwise to move it.'),
  },
  {
    code: 'twice',
    stands: ({ id }, { twice }) => twice.has(id),
    tell: ({ name, id }) =>
      found(
        `${name} is shown by more than one host: a move of it has broken, or goes on.`,
        `Look at the hosts by its id; remove the one that is off: Get-VM -Id ${id} -ComputerName … | Remove-VM.`,
      ),
  },
  {
    code: 'busy',
    stands: ({ reading, id }, { input }) =>
      reading.isBusy || input.underWay.some(({ machine }) => machine === id),
    tell: ({ name }) => found(`A move or a backup of ${name} is under way.`, 'Wait until that is over.'),
  },
  {
    code: 'state',
    stands: ({ reading: { state }, choice }) =>
      (state === 'paused' && choice !== 'save') || state === 'other',
    tell: ({ name, reading: { state } }) =>
      state === 'paused'
        ? found(`${name} is paused.`, 'Resume it, or save it, then move it.')
        : found(`${name} is neither running nor off nor saved.`, 'Wait until its state has settled.'),
  },
  {
    code: 'clustered',
    stands: ({ reading }) => reading.isClustered,
    tell: ({ name }) => {
      const command = `Move-ClusterVirtualMachineRole -Name ${quoted(name)}`;
      return found(
        `${name} belongs to a failover cluster, which moves it by itself.`,
        `Move it on a node of the cluster: ${command}.`,
      );
    },
  },
  {
    code: 'pinned',
    stands: ({ ruling }) => ruling.pinned !== null,
    tell: ({ name, ruling }) =>
      found(`${name} is not moved: ${ruling.pinned ?? ''}.`, 'Leave it, or take the pin away first.'),
  },
  {
    code: 'notes',
    stands: ({ ruling }) => ruling.unread.length > 0,
    tell: ({ name, ruling }) =>
      found(
        `The line handover: in the notes of ${name} has ${ruling.unread.map((word) => `“${word}”`).join(', ')}.`,
        'Write pin, no-shutdown, only=HOST,HOST or apart=GROUP there; until then it stays.',
      ),
  },
  {
    code: 'drive',
    stands: ({ reading, choice }) => reading.dvd !== null && choice !== 'eject',
    tell: ({ reading }) => checkDrive(reading),
  },
  {
    code: 'disk',
    stands: ({ reading }) => reading.disks.some(({ kind }) => kind === 'physical'),
    tell: ({ reading }) => checkDisks(reading),
  },
  {
    code: 'storage',
    stands: ({ diskBytes, folder }, { input }) => {
      const isApproved = (input.envelope?.folders ?? null) === null || folder !== null;
      return diskBytes > 0 && (input.noStorage || !isApproved);
    },
    tell: ({ name }, { input }) =>
      input.noStorage
        ? found(
            `${name} has disks on its host, and no storage is to be copied.`,
            'Ask anew, without --no-storage.',
          )
        : found(`${name} has disks on its host, and it was not approved to copy them.`, 'Ask for it anew.'),
  },
];

function found(evidence: string, fix: string): MoveCheck {
  return bad('The machine', evidence, { headline: '', fix });
}
