import { invariant } from '../../core/problem';

const TEXT = /^S-1-(?:\d+|0x[0-9a-f]{12})(?:-\d+)+$/;

/** A SID as text (MS-DTYP 2.4.2.1) from its bytes (2.4.2.2): revision, count, authority big-endian, sub-authorities little-endian. */
export function sidText(bytes: Buffer): string {
  const [revision, count = 0] = bytes;
  invariant(
    revision === 1 && count > 0 && bytes.length === 8 + 4 * count,
    'a SID has the length that it says',
  );
  const authority = bytes.readUIntBE(2, 6);
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  const first = authority < 2 ** 32 ? String(authority) : `0x${authority.toString(16).padStart(12, '0')}`;
  return ['S-1', first, ...parts].join('-');
}

/** The name that finds the object of a SID (MS-ADTS 3.1.1.3.1.2.4). */
export function sidDn(sid: string): string {
  invariant(TEXT.test(sid), 'a principal is addressed by a SID');
  return `<SID=${sid}>`;
}
