import { canonicalText } from '../../core/canonical';
import type { SignedSeal } from '../../core/audit/seal';
import { readSealText } from '../../core/audit/seal-schema';
import { isPosition, type StreamRecord } from '../../core/audit/stream';

/** The line of a record, without its end. The record's own text stands in it as it is, so that it can be had back to the byte. */
export function lineOfRecord(record: StreamRecord): string {
  const { text } = record;
  return isOneObject(text)
    ? `${head(record)}"record":${text}}`
    : `${head(record)}"text":${JSON.stringify(text)}}`;
}

/** The record of a line, or null. */
export function readRecordLine(line: string): StreamRecord | null {
  try {
    const { at, label, text } = JSON.parse(line) as Record<string, unknown>;
    if (typeof at !== 'string' || !isPosition(at) || typeof label !== 'string') return null;
    if (typeof text === 'string') return { position: at, label, text };
    const before = `${head({ position: at, label })}"record":`;
    return line.startsWith(before) ? { position: at, label, text: line.slice(before.length, -1) } : null;
  } catch {
    return null;
  }
}

/** The line of a seal, without its end. */
export function lineOfSeal(signed: SignedSeal): string {
  return canonicalText(signed);
}

/** The seal of a line, or null. */
export const readSealLine = readSealText;

function head({ position, label }: Pick<StreamRecord, 'position' | 'label'>): string {
  return `{"at":${JSON.stringify(position)},"label":${JSON.stringify(label)},`;
}

/** What somebody else wrote into Redis may be anything, and must not look like lines of its own. */
function isOneObject(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}') || text.includes('\n')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
