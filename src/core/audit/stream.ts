import { createHash } from 'node:crypto';
import { once } from '../once';
import { readAuditText } from './record-text';

/** One record as it stands in the stream of all chains. */
export interface StreamRecord {
  /** Milliseconds since 1970 by the ledger's clock and a number within them, `1764000000000-0`: grows with every record. */
  readonly position: string;
  /** The label of the record's request, '' for the system's chain. */
  readonly label: string;
  /** The record's text as it was written. */
  readonly text: string;
}

/** The audit record that stands there, or null when it is none. One that is walked and sealed is asked for it three times. */
export const linkOf = once(({ text }: StreamRecord) => readAuditText(text));

/** Before every record. */
export const STREAM_START = '0-0';

const position = /^(\d{1,15})-(\d{1,15})$/;

/** Whether a text is a position at all. */
export function isPosition(text: string): boolean {
  return position.test(text);
}

/** Less than zero when `a` comes before `b`. What is no position comes first. */
export function comparePositions(a: string, b: string): number {
  const [aTime, aNumber] = partsOf(a);
  const [bTime, bNumber] = partsOf(b);
  return aTime - bTime || aNumber - bNumber;
}

/** When the record was written, milliseconds since 1970 by the ledger's clock. */
export function timeOfPosition(text: string): number {
  return partsOf(text)[0];
}

/** SHA-256 over all that stands in the stream about one record, 64 hex digits. */
export function streamDigest({ position: at, label, text }: StreamRecord): string {
  return createHash('sha256')
    .update(JSON.stringify([at, label, text]), 'utf8')
    .digest('hex');
}

function partsOf(text: string): readonly [number, number] {
  const [, time, number] = position.exec(text) ?? [];
  return [Number(time ?? -1), Number(number ?? -1)];
}
