import type { ChangeAsk } from '../core/commands/ask';
import type { Problem } from '../core/problem';
import type { RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';

/** An ask with who asked, where, and where its card is to stand. `parent`: the request that it is a child of. */
export interface Submission {
  readonly ask: ChangeAsk;
  readonly by: Person;
  readonly channel: string;
  /** Idempotency key. */
  readonly key: string;
  readonly card: { readonly channel: string };
  readonly parent?: Pick<RequestRecord, 'id' | 'label' | 'intake' | 'parent'>;
}

/** What came of an ask. */
export type Submitted =
  | { readonly kind: 'received'; readonly record: RequestRecord; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly problem: Problem };
