/** One call of the Web API or one delivery to the app, as it went over the wire. */
export interface TrafficEntry {
  at: number;
  direction: 'to-slack' | 'to-app';
  /** The API method, the type of what was delivered, or `ack`. */
  name: string;
  /** `ok`, Slack's error code, or what happened to it. */
  result: string;
}

/** How many entries are kept. */
const keptEntries = 2_000;

/** The last calls and deliveries, for the page and for tests. */
export class Traffic {
  #entries: TrafficEntry[] = [];

  record(entry: Omit<TrafficEntry, 'at'>): void {
    this.#entries.push({ at: Date.now(), ...entry });
    if (this.#entries.length > 2 * keptEntries) this.#entries = this.#entries.slice(-keptEntries);
  }

  forget(): void {
    this.#entries = [];
  }

  entries(name?: string): TrafficEntry[] {
    return this.#entries.filter((entry) => name === undefined || entry.name === name);
  }
}
