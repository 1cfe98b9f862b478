/**
 * Active Directory's equality of texts (MS-ADTS 3.1.1.3.1.4), roughly: case, width and accents do not count, nor spaces at the ends
 * and beside others (RFC 4518 2.6.1), so that look-alikes are one. Samba's is nearer to the letter, but for spaces; it even adds a value
 * beside itself in another case.
 */
export function isSameInDirectory(a: string, b: string): boolean {
  return equalityKey(a) === equalityKey(b);
}

/** One text for all texts that are the same in the directory. */
export function equalityKey(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/ +/g, ' ').trim().toLowerCase();
}
