import type { WindowsFailure } from '../../core/hyperv-port';
import { Fault } from '../../core/problem';
import type { Call, CallAnswer } from './powershell/call';

/**
 * The connection broke, so that the host may do what it was told: RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, RPC_S_CALL_FAILED_DNE,
 * ERROR_WINHTTP_TIMEOUT, all of WinRM's own (facility 0x33), and what has no code.
 */
const BROKEN = /^(?:|0x800706B[AEF]|0x80072EE2|0x8033[0-9A-F]{4})$/;

/** What the end of a call says; where it broke off nobody knows what was done. */
export function refusalOf(answer: Exclude<CallAnswer, { kind: 'data' }>, call: Call['call']): WindowsFailure {
  if (answer.kind === 'unknown' || BROKEN.test(answer.code)) throw notAnswered(call);
  return { code: answer.code, message: answer.message };
}

/** What a read or a setting was refused with. */
export function faultOf({ message }: { message: string }): Fault {
  const remedy =
    'Check that the host is up, that WinRM answers and that the worker’s account may use Hyper-V.';
  return new Fault({ code: 'hyperv.refused', retry: 'later', message, remedy });
}

/** Whether it was carried out is not known. */
export function notAnswered(call: string): Fault {
  return new Fault({
    code: 'hyperv.no-answer',
    retry: 'unknown',
    message: `PowerShell did not answer ${call}; whether it was carried out is not known.`,
    remedy: 'The hosts are read again before anything else.',
  });
}

/** There is no process to ask. */
export function unavailable(): Fault {
  return new Fault({
    code: 'hyperv.no-shell',
    retry: 'later',
    message: 'PowerShell could not be started.',
    remedy: 'Check that the worker’s machine has PowerShell and the Hyper-V module.',
  });
}
