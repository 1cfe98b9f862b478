import { z } from 'zod';
import type { MoveReading } from '../../core/hyperv-port';
import { labelOf } from '../../core/survey/delegated-spn';

/** What the module's `Moves` answers: instances of `Msvm_MigrationJob`. */
const Jobs = z.array(
  z.object({
    id: z.string(),
    machine: z.string(),
    to: z.string(),
    type: z.int(),
    startedAt: z.number(),
    percent: z.int(),
    state: z.int(),
    code: z.string(),
    message: z.string(),
  }),
);

/** MigrationType: 32768 a machine, 32769 its storage, 32770 a machine that is made ready, 32771 a machine and its storage. */
const STORAGE = 32_769;

/** Reads the jobs that a host shows; null when it is no such answer. */
export function readMoves(data: unknown, host: string): readonly MoveReading[] | null {
  const read = Jobs.safeParse(data ?? []);
  if (!read.success) return null;
  return read.data.map(({ id, machine, to, type, startedAt, percent, state, code, message }) => {
    const isWithin = type === STORAGE;
    const target = to === '' || isWithin ? host : shortName(to);
    return {
      id,
      machine,
      from: target === host && !isWithin ? null : host,
      to: target,
      startedAt: startedAt < 0 ? null : startedAt,
      percent,
      state: stateOf(state),
      failure: stateOf(state) === 'failed' ? { code: innerCode(code, message), message } : null,
    };
  });
}

/** CIM_ConcreteJob.JobState: 7 completed, Windows' own 32768 completed with warnings; 8, 9 and 10 terminated, killed and exception. */
function stateOf(state: number): MoveReading['state'] {
  if (state === 7 || state === 32_768) return 'done';
  return state >= 8 && state <= 10 ? 'failed' : 'running';
}

/** ErrorCode is 16 bits wide: of a failure from below there is only 32768, and the code stands in the text. */
function innerCode(code: string, message: string): string {
  if (!/^(?:0|32768)?$/.test(code)) return code;
  const inner = /\(0x([0-9a-f]{8})\)/i.exec(message)?.[1];
  return inner === undefined ? code : `0x${inner.toUpperCase()}`;
}

/** Windows shows a destination as it was given, short or in full. */
function shortName(host: string): string {
  return labelOf(host).toLowerCase();
}
