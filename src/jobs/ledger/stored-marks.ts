import type { Claim } from '../../core/ports';
import { malformed } from './ledger-fault';

/** One claim as COMMIT writes it: label, and the end in milliseconds or nothing. */
const claim = /^(R-\d{1,12})@(-?\d{1,16})?$/;
const write = /^(\d{1,15}) (.*)$/s;

/** The claims of a value from their text. Throws Fault `ledger.malformed`. */
export function readClaims(text: string | null): readonly Claim[] {
  if (text === null) return [];
  return text.split(' ').map((one): Claim => {
    const [, request, until] = claim.exec(one) ?? [];
    if (request === undefined) throw malformed('The index of claims');
    return { request, until: until === undefined ? null : Number(until) };
  });
}

/** The last write of an object from its text. Throws Fault `ledger.malformed`. */
export function readWrite(text: string | null): { server: string; at: number } | null {
  if (text === null) return null;
  const [, at, server] = write.exec(text) ?? [];
  if (at === undefined || server === undefined) throw malformed('The index of writes');
  return { server, at: Number(at) };
}
