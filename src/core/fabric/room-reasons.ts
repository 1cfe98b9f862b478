import { bad, type MoveCheck } from '../hyperv/check';
import { checkMemory, gigabytes } from '../hyperv/machine-checks';
import { volumeOf } from '../hyperv/volume';
import type { PlanHost, PlanMachine } from './fleet';
import { lacks, loadAt } from './occupancy';
import { reasonOf, type Reason, type RoomCode } from './reasons';

/** Everything that a host has too little of for a machine as things stand now in the plan. */
export function roomReasons(machine: PlanMachine, host: PlanHost): readonly Reason[] {
  return lacks(machine, host).map((code) => reasonOf(code, host.name, TELL[code](machine, host)));
}

const TELL: Readonly<Record<RoomCode, (machine: PlanMachine, host: PlanHost) => MoveCheck>> = {
  memory: (machine, host) =>
    checkMemory({
      host: host.name,
      free: Math.max(0, host.room.memory - host.used.memory),
      wanted: loadAt(machine, host).memory,
    }),
  cpu: (machine, host) =>
    bad(
      'Processors',
      `${rounded(host.room.cpu - host.used.cpu)} processors are idle on ${host.name}, ${rounded(loadAt(machine, host).cpu)} wanted.`,
      { headline: '', fix: `Choose another host, or wait until ${host.name} has less to do.` },
    ),
  space: (machine, host) => (machine.folder === null ? noSpace : noFolder)(machine, host),
  apart: ({ name, ruling }, host) => {
    const group = ruling.groups.find((each) => (host.groups.get(each) ?? 0) > 0) ?? '';
    return bad('The rules', `A machine that ${name} is kept apart from (${group}) is on ${host.name}.`, {
      headline: '',
      fix: 'Choose another host.',
    });
  },
};

function noSpace({ diskBytes }: PlanMachine, { name, volumes }: PlanHost): MoveCheck {
  const most = Math.max(0, ...volumes.map(({ free }) => free));
  return bad('Disks', `${gigabytes(most)} free on one disk of ${name}, ${gigabytes(diskBytes)} wanted.`, {
    headline: '',
    fix: `Make room on a disk of ${name}, or choose another host.`,
  });
}

/** The disks may be copied to one folder alone, whatever room other disks have. */
function noFolder({ diskBytes, folder }: PlanMachine, { name, volumes }: PlanHost): MoveCheck {
  const approved = folder ?? '';
  const volume = volumeOf(approved, volumes);
  const evidence = volume
    ? `${gigabytes(Math.max(0, volume.free))} free on ${volume.path} of ${name}, ${gigabytes(diskBytes)} wanted in ${approved}, which was approved.`
    : `${name} has no disk for ${approved}, the folder that was approved.`;
  return bad('Disks', evidence, { headline: '', fix: 'Ask for it anew, for another folder.' });
}

function rounded(processors: number): number {
  return Math.max(0, Math.round(processors * 10) / 10);
}
