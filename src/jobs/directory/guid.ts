import { invariant } from '../../core/problem';

const TEXT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** objectGUID as text, lower-case. The first three fields are stored little-endian (MS-DTYP 2.3.4.2). Needs 16 bytes. */
export function guidText(bytes: Buffer): string {
  invariant(bytes.length === 16, 'an objectGUID has 16 bytes');
  const inOrder = [
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8, 10),
    bytes.subarray(10),
  ];
  return inOrder.map((field) => field.toString('hex')).join('-');
}

/** Whether a text is a GUID as `guidText` writes it: nothing else ever goes into a name that is sent. */
export function isGuid(text: string): boolean {
  return TEXT.test(text);
}

/** The name that finds an object wherever it was moved and whatever it is called now (MS-ADTS 3.1.1.3.1.2.4). */
export function guidDn(guid: string): string {
  invariant(isGuid(guid), 'an object is addressed by a GUID');
  return `<GUID=${guid}>`;
}
