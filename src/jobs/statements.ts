import { canonicalText } from '../core/canonical';
import type { Signer } from '../core/ports';
import type { Problem } from '../core/problem';
import type { AuditEntry } from '../core/request/audit';
import type { RequestRecord } from '../core/request/record';
import type { Person, Signed, Statement } from '../core/request/statement';

/** What came of a person's word: it stands in the ledger, or why not. */
export type Answered =
  | { readonly kind: 'recorded'; readonly record: RequestRecord }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly record: RequestRecord | null };

/** A statement with the bot's signature. */
export function sign<S extends Statement>(signer: Signer, statement: S): Signed<S> {
  return { statement, keyId: signer.keyId, signature: signer.sign(canonicalText(statement)) };
}

/** An audit entry of a person. */
export function entry(what: string, by: Person, more: Pick<AuditEntry, 'at' | 'detail'>): AuditEntry {
  return { what, who: whoOf(by), ...more };
}

/** A person in the audit. */
export function whoOf({ enterprise, team, user }: Person): string {
  return `${enterprise ?? '-'}/${team}/${user}`;
}

/** Why a word does not stand. */
export function refusal(record: RequestRecord, problem: Problem): Answered {
  return { kind: 'refused', problem, record };
}
