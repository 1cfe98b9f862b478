/** One call of the Web API or one envelope, as it went over the wire. */
export interface TrafficEntry {
  at: number;
  direction: 'to-slack' | 'to-app';
  /** The API method, the envelope type, or `ack`. */
  name: string;
  /** `ok`, Slack's error code, or what happened to it. */
  result: string;
}

/** How many entries are kept. */
const keptEntries = 2_000;

/** The last calls and envelopes, for the page and for tests. */
export class Traffic {
  #entries: TrafficEntry[] = [];

  record(entry: Omit<TrafficEntry, 'at'>): void {
    this.#entries.push({ at: Date.now(), ...entry });
    if (this.#entries.length > 2 * keptEntries) this.#entries = this.#entries.slice(-keptEntries);
  }

  entries(name?: string): TrafficEntry[] {
    return this.#entries.filter((entry) => name === undefined || entry.name === name);
  }
}
