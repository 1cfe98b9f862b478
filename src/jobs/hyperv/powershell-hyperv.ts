import { z } from 'zod';
import type { HyperV, MoveOrder, MoveReading, WindowsFailure } from '../../core/hyperv-port';
import { mustBeMove } from '../../core/hyperv/move-order';
import { Fault } from '../../core/problem';
import { readHost } from './host-answer';
import { readMoves } from './move-answer';
import { faultOf, notAnswered, refusalOf, unavailable } from './hyperv-faults';
import { readPulse } from './pulse-answer';
import type { Call, CallAnswer } from './powershell/call';
import { openPool, type Pool, type PoolOptions } from './powershell/pool';
import { openShell } from './powershell/shell';
import { tellMachine } from './tell-machine';

/** How long a call waits at most, in milliseconds. */
const READ_MS = 60_000;
const WRITE_MS = 120_000;

/** How long a move may take to show itself after it was asked for. */
const BEGIN_MS = 60_000;
const LOOK_EVERY_MS = 250;

/** The longest that the process of a move is waited for: nobody waits for it, and nothing ends it before. */
const A_WEEK_MS = 7 * 24 * 3600_000;

const Failures = z.array(z.object({ code: z.string(), message: z.string() }));
/** Asks over the pool: data, or a fault. */
type Ask = (call: Call, deadlineMs: number) => Promise<unknown>;

/** Hyper-V by PowerShell: reads and settings over a pool of shells, each move by a process of its own. */
export function openPowerShellHyperV(options: PoolOptions): HyperV {
  const pool = openPool(options);
  const { clock } = options;
  const ask: Ask = async (call, deadlineMs) => {
    const answer = await pool.call(call, deadlineMs);
    if (answer.kind === 'data') return answer.data;
    throw answer.kind === 'error' ? faultOf(answer) : notAnswered(call.call);
  };
  const hear = hearing(pool, clock);
  return {
    inventory: (hosts) =>
      Promise.all(
        hosts.map(async (host) => {
          const { said: facts, at, silent } = await hear('Inventory', host, readHost);
          return facts ? { host, at, facts, silent: null } : { host, at, facts: null, silent };
        }),
      ),
    pulse: (hosts) =>
      Promise.all(
        hosts.map(async (host) => {
          const { said: pulse, at, silent } = await hear('Pulse', host, readPulse);
          return pulse ? { host, at, pulse, silent: null } : { host, at, pulse: null, silent };
        }),
      ),
    async configure(host, change) {
      await ask({ call: 'Configure', arguments: { ComputerName: host, ...settingsOf(change) } }, WRITE_MS);
    },
    async compare(order) {
      mustBeMove(order);
      const answer = await pool.call({ call: 'Compare', arguments: argumentsOf(order) }, READ_MS);
      if (answer.kind === 'unknown') throw notAnswered('Compare');
      if (answer.kind === 'error') {
        if (answer.code === '') throw faultOf(answer);
        return [{ code: answer.code, message: answer.message }];
      }
      return read(Failures, answer.data, 'Compare');
    },
    start: (order) => start(options, ask, order),
    tell: (order) => tellMachine(options, order),
    moves: (hosts) =>
      Promise.all(
        hosts.map(async (host) => {
          const { said: moves, at, silent } = await hear('Moves', host, (data) => readMoves(data, host));
          return moves ? { host, at, moves, silent: null } : { host, at, moves: null, silent };
        }),
      ),
    async purge(host) {
      await ask({ call: 'Purge', arguments: { ComputerName: host } }, READ_MS);
    },
    close() {
      // Processes of moves go on: a move is never ended because Handover is.
      pool.close();
      return Promise.resolve();
    },
  };
}

/** What a host says that keeps nobody waiting when it is silent. */
function hearing(pool: Pool, clock: PoolOptions['clock']) {
  return async <T>(
    call: Call['call'],
    host: string,
    readSaid: (data: unknown) => T | null,
  ): Promise<{ said: T | null; at: number; silent: WindowsFailure }> => {
    const at = clock.now();
    const answer = await pool.call({ call, arguments: { ComputerName: host } }, READ_MS);
    return { said: answer.kind === 'data' ? readSaid(answer.data) : null, at, silent: silenceOf(answer) };
  };
}

function movesCall(host: string): Call {
  return { call: 'Moves', arguments: { ComputerName: host } };
}

/**
 * In a process of its own, which nobody ends. Begun when Windows shows a job that was not there before; refused when the call ends and
 * none is shown. Nothing is ordered while the source cannot be read: then nobody could tell what came of it.
 */
async function start(options: PoolOptions, ask: Ask, order: MoveOrder): Promise<'begun' | WindowsFailure> {
  mustBeMove(order);
  const { clock } = options;
  const known = new Set((await jobsOf(ask, order).catch(sourceUnread)).map(({ id }) => id));
  const shell = await openShell(options);
  if (!shell) throw unavailable();
  const over = shell.call({ call: 'Move', arguments: argumentsOf(order) }, A_WEEK_MS);
  void over.then(() => shell.kill());
  const end = clock.monotonic() + BEGIN_MS;
  while (clock.monotonic() < end) {
    const first = await Promise.race([over, clock.wait(LOOK_EVERY_MS).then(() => null)]);
    if (first?.kind === 'data') return 'begun';
    const shown = await jobsOf(ask, order).catch(() => null);
    // One that has failed already had begun: nobody may take it for one that was refused, since it may have left something behind.
    if (shown?.some(({ id }) => !known.has(id))) return 'begun';
    if (first) {
      // If it shows nothing at all, nobody knows whether there is a job of it.
      if (shown === null) throw notAnswered('Move');
      return refusalOf(first, 'Move');
    }
  }
  throw notAnswered('Move');
}

/** As `Set-VMHost` spells them. */
function settingsOf({
  enabled,
  auth,
  transport,
  most,
  mostStorage,
  anyNetwork,
  networks,
}: Parameters<HyperV['configure']>[1]): Call['arguments'] {
  return {
    ...(enabled !== undefined && { Enabled: enabled }),
    ...(auth && { Auth: auth === 'kerberos' ? 'Kerberos' : 'CredSSP' }),
    ...(transport && {
      Performance: { tcpip: 'TCPIP', compression: 'Compression', smb: 'SMB' }[transport],
    }),
    ...(most !== undefined && { Most: most }),
    ...(mostStorage !== undefined && { MostStorage: mostStorage }),
    ...(anyNetwork !== undefined && { AnyNetwork: anyNetwork }),
    ...(networks && { Networks: [...networks] }),
  };
}

/** What the source shows of moves of the machine to there. A move of it to elsewhere is another one. */
async function jobsOf(ask: Ask, { machine, from, to }: MoveOrder): Promise<readonly MoveReading[]> {
  const moves = readMoves(await ask(movesCall(from), READ_MS), from);
  if (!moves) throw unreadable('Moves');
  return moves.filter((move) => move.machine === machine && move.to === to);
}

function sourceUnread(cause: unknown): never {
  throw new Fault(
    {
      code: 'hyperv.source-unread',
      retry: 'later',
      message: 'What the source moves could not be read, so nothing was ordered there.',
      remedy: 'Check that it is up and that WinRM answers there.',
    },
    { cause },
  );
}

function argumentsOf({ machine, from, to, storage }: MoveOrder): Call['arguments'] {
  return { Machine: machine, From: from, To: to, Storage: storage ?? '' };
}

function silenceOf(answer: CallAnswer): WindowsFailure {
  if (answer.kind === 'error') return { code: answer.code, message: answer.message };
  return { code: '', message: 'PowerShell gave no answer that can be read.' };
}

function read<T>(schema: z.ZodType<T>, data: unknown, call: string): T {
  const parsed = schema.safeParse(data ?? []);
  if (parsed.success) return parsed.data;
  throw unreadable(call);
}

function unreadable(call: string): Fault {
  return new Fault({
    code: 'hyperv.unreadable',
    retry: 'never',
    message: `PowerShell’s answer to ${call} has a form that is not known.`,
    remedy: 'Check that Handover.psm1 is the one that came with this version.',
  });
}
