import type { MachineCopy, Whereabouts } from './where-is';

/** What a person does about a copy of a machine. */
export interface CleanUp {
  readonly host: string;
  /** What is there, as one sentence. */
  readonly sentence: string;
  /** PowerShell that removes the copy and nothing else; null: it is not to be removed unseen. */
  readonly command: string | null;
}

/**
 * What to do about the copies of a machine: nothing while it is being moved, and no command unless it is known where the machine itself is.
 * The command looks again at the host: a copy that runs by then stays. Handover never runs it itself.
 */
export function cleanUp(found: Whereabouts): readonly CleanUp[] {
  if (found.isMoving) return [];
  const name = found.name ?? found.machine;
  if (found.where === 'doubled') {
    return found.hosts.map((host) => ({
      host,
      sentence: `${name} is at ${found.hosts.join(' and ')}, and which one is the machine cannot be told: look at both before anything is started or removed.`,
      command: null,
    }));
  }
  return found.copies.map((copy) => {
    const isPlain = PLAIN_ID.test(found.machine) && PLAIN_HOST.test(copy.host);
    const isKnown = found.where === 'here' && isPlain && copy.state !== 'saved';
    return {
      host: copy.host,
      sentence: sentenceOf(copy, found),
      command: isKnown ? COMMANDS[copy.kind](found.machine, copy.host) : null,
    };
  });
}

/** Whatever a host says, only an id and a name of a host become part of a command. */
const PLAIN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLAIN_HOST = /^[a-z0-9-]{1,15}$/i;

const COMMANDS: Readonly<Record<MachineCopy['kind'], (id: string, host: string) => string>> = {
  // Remove-VM takes the configuration away and leaves the files of disks.
  registered: (id, host) =>
    `Get-VM -ComputerName ${host} -Id ${id} | Where-Object State -eq Off | Remove-VM -Force`,
  // Get-VM does not show it; DestroySystem is documented with a planned machine as its example.
  planned: (id, host) => {
    const from = `Get-CimInstance -ComputerName ${host} -Namespace root/virtualization/v2 -ClassName`;
    const planned = `${from} Msvm_PlannedComputerSystem -Filter "Name = '${id.toUpperCase()}'"`;
    const service = `${from} Msvm_VirtualSystemManagementService`;
    return `${service} | Invoke-CimMethod -MethodName DestroySystem -Arguments @{ AffectedSystem = (${planned}) }`;
  },
};

function sentenceOf({ host, kind, state }: MachineCopy, found: Whereabouts): string {
  const name = found.name ?? found.machine;
  const itself =
    found.where === 'here' ? `${name} is at ${found.host}` : `Where ${name} itself is, is not known`;
  if (kind === 'planned') return `${itself}; a broken move left it half made at ${host}.`;
  const files = 'the files of its disks there, if any, stay';
  return state === 'saved'
    ? `${itself}; a second one with the same id is at ${host}, with a saved state: look at it before it goes.`
    : `${itself}; a second one with the same id is at ${host}, switched off. Removing it takes its configuration away; ${files}.`;
}
