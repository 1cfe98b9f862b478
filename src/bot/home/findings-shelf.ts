import type { ComparedFindings } from '../../core/findings/baseline';
import type { Clock } from '../../core/ports';
import { mayRead } from '../../core/policy/read';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import type { RequestClient } from '../../jobs/client';

interface ShelfParts {
  readonly client: Pick<RequestClient, 'findings'>;
  readonly policy: Policy;
  readonly clock: Clock;
}

/** Findings take a look at the whole domain: so long, in milliseconds, they are good enough for Home. */
const FINDINGS_MS = 5 * 60_000;

/** What was found lately, for each person who may see it. */
export class FindingsShelf {
  readonly #parts: ShelfParts;
  readonly #known = new Map<string, { readonly until: number; readonly found: ComparedFindings }>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** Undefined: this person may not see them. */
  of(by: Person): ComparedFindings | 'reading' | undefined {
    const { policy, clock } = this.#parts;
    if (!mayRead(policy, by, { surface: 'findings' })) return undefined;
    const known = this.#known.get(by.user);
    return known && known.until > clock.now() ? known.found : 'reading';
  }

  /** What was last found, however long ago: nothing is read for whoever only looks on. Undefined: this person may not see it. */
  lately(by: Person): ComparedFindings | 'unread' | undefined {
    const isReader = mayRead(this.#parts.policy, by, { surface: 'findings' });
    return isReader ? (this.#known.get(by.user)?.found ?? 'unread') : undefined;
  }

  async read(by: Person): Promise<ComparedFindings | 'unread'> {
    const { client, clock } = this.#parts;
    const listed = await client.findings(by).catch(() => null);
    if (listed?.kind !== 'listed') return 'unread';
    this.#known.set(by.user, { until: clock.now() + FINDINGS_MS, found: listed.answer });
    return listed.answer;
  }
}
