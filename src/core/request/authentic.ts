import { canonicalText } from '../canonical';
import type { Signed, Statement } from './statement';

/** Checks the bot's signatures, as the port does. */
export interface Signatures {
  verify(text: string, keyId: string, signature: string): boolean;
}

/** Whether a statement carries the bot's signature. What it is about, and whether its person may say it, is judged beside. */
export function isAuthentic(
  verifier: Signatures,
  { statement, keyId, signature }: Signed<Statement>,
): boolean {
  return verifier.verify(canonicalText(statement), keyId, signature);
}
