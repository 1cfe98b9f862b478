import type { KdcWord, PracticeDirectory } from '../directory/practice-directory';

/** What the KDC said about cifs of one ordered pair, and when. */
export interface AskedPair {
  readonly from: string;
  readonly to: string;
  readonly kdc: KdcWord;
  readonly askedAt: Date;
  /** What the KDC had said before its word changed. */
  readonly before?: { readonly kdc: KdcWord; readonly askedAt: Date };
}

/** What the KDC makes its answers from, by host name. */
interface Held {
  /** msDS-AllowedToDelegateTo. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** userAccountControl. */
  readonly controls: ReadonlyMap<string, number>;
}

/** How many questions are under way at once: each is two processes. */
const atOnce = 4;

/**
 * Asks the KDC about every ordered pair of ordinary hosts. A source is asked about again only when its list in the directory or the
 * account control of any of these hosts has changed since, because the KDC's answer is made from them; or after `forget`.
 */
export function kdcWords(directory: PracticeDirectory): {
  ask(held: Held): Promise<readonly AskedPair[]>;
  forget(): void;
} {
  const names = directory.hosts.filter(({ role }) => role === 'ordinary').map(({ name }) => name);
  /** `seen`: what the answers were made from. */
  const known = new Map<string, { seen: string | undefined; pairs: readonly AskedPair[] }>();
  let last: Promise<unknown> = Promise.resolve();

  async function askAbout(from: string): Promise<readonly AskedPair[]> {
    return Promise.all(
      names
        .filter((to) => to !== from)
        .map(async (to) => {
          const kdc = await directory.askKdc(from, to);
          const asked = { from, to, kdc, askedAt: new Date() };
          const last = known.get(from)?.pairs.find((pair) => pair.to === to);
          if (!last) return asked;
          const { kdc: said, askedAt } = last;
          const before = said === kdc ? last.before : { kdc: said, askedAt };
          return before ? { ...asked, before } : asked;
        }),
    );
  }

  async function ask({ lists, controls }: Held): Promise<readonly AskedPair[]> {
    const trust = names.map((name) => controls.get(name));
    const sources = names.map((from) => ({
      from,
      seen: [...trust, ...(lists.get(from) ?? []).toSorted()].join('\n'),
    }));
    const changed = sources.filter(({ from, seen }) => known.get(from)?.seen !== seen);
    const perStep = Math.max(1, Math.floor(atOnce / (names.length - 1)));
    for (let at = 0; at < changed.length; at += perStep) {
      const step = changed.slice(at, at + perStep);
      const answers = await Promise.all(step.map(({ from }) => askAbout(from)));
      for (const [index, { from, seen }] of step.entries())
        known.set(from, { seen, pairs: answers[index] ?? [] });
    }
    return sources.flatMap(({ from }) => known.get(from)?.pairs ?? []);
  }

  return {
    /** Several tabs ask at once: one after the other, so that the later ones find what the first has learnt. */
    ask(held) {
      const next = last.then(() => ask(held));
      last = next.catch(() => undefined);
      return next;
    },
    forget() {
      for (const [from, { pairs }] of known) known.set(from, { seen: undefined, pairs });
    },
  };
}
