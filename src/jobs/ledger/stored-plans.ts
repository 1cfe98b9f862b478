import { createHash } from 'node:crypto';
import type { Plan } from '../../core/delegation/plan';
import { PlanSchema } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';
import { requireReadable } from './readable';

/** How many plans a process remembers. The largest takes a few megabytes. */
const REMEMBERED = 64;

/** A plan on its way into the ledger. */
export interface ShelvedPlan {
  /** SHA-256 of its text, 64 hex digits. */
  readonly digest: string;
  /** The one frozen object that stands for it in this process. */
  readonly plan: Plan;
  /** Null when the ledger is known to hold it: a plan is written once. */
  readonly text: string | null;
}

/**
 * The plans of one ledger, each under the digest of its text. A plan is up to a megabyte and goes with every revision of its record, so
 * it is read, checked and frozen once per process; while it is remembered, all who ask get the same object.
 */
export interface StoredPlans {
  /** The plan of that digest. Throws Fault `ledger.malformed` when the ledger has none, or one that does not hash to its name. */
  find(digest: string): Promise<Plan>;
  /** The plan as it is to be kept. Throws when it could not be read back. */
  shelve(plan: Plan): ShelvedPlan;
  /** Tells that the ledger holds it now. */
  keep(shelved: ShelvedPlan): void;
}

/** `fetch` gives what the ledger holds under a digest: any text, or null. */
export function storedPlans(fetch: (digest: string) => Promise<string | null>): StoredPlans {
  /** Only of what the ledger was seen to hold; the one that was wanted last is last. */
  const plans = new Map<string, Plan>();
  const digests = new WeakMap<Plan, string>();
  const remember = (digest: string, plan: Plan): Plan => {
    plans.delete(digest);
    plans.set(digest, plan);
    digests.set(plan, digest);
    const [oldest] = plans.keys();
    if (plans.size > REMEMBERED && oldest !== undefined) plans.delete(oldest);
    return plan;
  };
  return {
    async find(digest) {
      const known = plans.get(digest);
      if (known) return remember(digest, known);
      const plan = readPlan(digest, await fetch(digest));
      // Somebody else may have fetched it meanwhile: there is one object.
      return remember(digest, plans.get(digest) ?? plan);
    },
    shelve(plan) {
      const known = digests.get(plan);
      if (known !== undefined) return { digest: known, plan, text: null };
      const read = requireReadable(PlanSchema.safeParse(plan), ['plan']);
      const text = JSON.stringify(read);
      const digest = digestOf(text);
      const same = plans.get(digest);
      return same ? { digest, plan: same, text: null } : { digest, plan: frozen(read), text };
    },
    keep({ digest, plan }) {
      remember(digest, plan);
    },
  };
}

/** Nothing in Redis is trusted: what does not hash to its name is somebody else's, whatever it says. */
function readPlan(digest: string, text: string | null): Plan {
  const what = `The plan ${digest.slice(0, 12)}`;
  if (text === null || digestOf(text) !== digest) throw malformed(what);
  try {
    return frozen(PlanSchema.parse(JSON.parse(text)));
  } catch (cause) {
    throw malformed(what, cause);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
