import { createHash } from 'node:crypto';
import type { Plan } from '../../core/delegation/plan';
import { frozen } from '../../core/frozen';
import { PlanSchema } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';
import { requireReadable } from './readable';

/** How many plans a process remembers, and the most characters that their texts may have together: a mesh of 64 hosts has a million. */
const REMEMBERED = 64;
const REMEMBERED_CHARACTERS = 8_000_000;

interface KeptPlan {
  readonly plan: Plan;
  /** Of its text. */
  readonly characters: number;
}

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
  const kept = new Map<string, KeptPlan>();
  const known = new WeakMap<Plan, { readonly digest: string; readonly characters: number }>();
  let total = 0;
  const forget = (digest: string): void => {
    total -= kept.get(digest)?.characters ?? 0;
    kept.delete(digest);
  };
  const remember = (digest: string, { plan, characters }: KeptPlan): Plan => {
    forget(digest);
    kept.set(digest, { plan, characters });
    total += characters;
    known.set(plan, { digest, characters });
    for (const oldest of kept.keys()) {
      const isRoom = kept.size <= REMEMBERED && total <= REMEMBERED_CHARACTERS;
      if (isRoom || oldest === digest) break;
      forget(oldest);
    }
    return plan;
  };
  return {
    async find(digest) {
      const found = kept.get(digest);
      if (found) return remember(digest, found);
      const text = await fetch(digest);
      const read = { plan: readPlan(digest, text), characters: text?.length ?? 0 };
      // Somebody else may have fetched it meanwhile: there is one object.
      return remember(digest, kept.get(digest) ?? read);
    },
    shelve(plan) {
      const digestKnown = known.get(plan)?.digest;
      if (digestKnown !== undefined) return { digest: digestKnown, plan, text: null };
      const read = requireReadable(PlanSchema.safeParse(plan), ['plan']);
      const text = JSON.stringify(read);
      const digest = digestOf(text);
      const same = kept.get(digest);
      return same ? { digest, plan: same.plan, text: null } : { digest, plan: frozen(read), text };
    },
    keep({ digest, plan, text }) {
      remember(digest, { plan, characters: text?.length ?? known.get(plan)?.characters ?? 0 });
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
