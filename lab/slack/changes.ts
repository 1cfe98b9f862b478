import type { Message } from './message';

/** Something that a person at a screen would see change. */
export type Change =
  | { what: 'posted' | 'updated' | 'deleted'; message: Message }
  | { what: 'ephemeral'; user: string; message: Message }
  | { what: 'view' | 'read'; user: string }
  | { what: 'workspace' | 'reset' };

/** How many changes are kept; an interaction looks back over three seconds only. */
const keptChanges = 5_000;

/** What happened lately, in order, so that an interaction can tell what appeared while it ran. */
export class Changes {
  readonly #listeners = new Set<() => void>();
  #recent: Change[] = [];
  #forgotten = 0;

  record(change: Change): void {
    this.#recent.push(change);
    if (this.#recent.length > 2 * keptChanges) {
      this.#forgotten += this.#recent.length - keptChanges;
      this.#recent = this.#recent.slice(-keptChanges);
    }
    for (const listener of this.#listeners) listener();
  }

  /** Drops what happened before, and tells the listeners of it; places in the order stay what they were. */
  forget(): void {
    this.#forgotten += this.#recent.length;
    this.#recent = [];
    this.record({ what: 'reset' });
  }

  /** A place in the order, for `since`. */
  mark(): number {
    return this.#forgotten + this.#recent.length;
  }

  since(mark: number): Change[] {
    return this.#recent.slice(Math.max(0, mark - this.#forgotten));
  }

  /** Calls `listener` after each change until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
