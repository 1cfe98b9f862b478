import { describeError, type BotLog } from '../log';
import { deliver, type Delivery, type DeliveryParts } from './deliver';

/**
 * Deliveries in progress within this bot: one per request, and asking again during it is answered by one more after it. What Slack
 * does not want yet is put off, and goes at once when it is asked for meanwhile: then it tells all that has happened.
 */
export class Flights {
  readonly #parts: DeliveryParts & { log: BotLog };
  readonly #end: AbortSignal;
  readonly #flying = new Map<string, { again: boolean; landing: Promise<Delivery> }>();
  readonly #put = new Map<string, AbortController>();

  /** Once `end` aborts, nothing that was put off begins any more. */
  constructor(parts: DeliveryParts & { log: BotLog }, end: AbortSignal) {
    this.#parts = parts;
    this.#end = end;
  }

  deliver(id: string): Promise<Delivery> {
    const known = this.#flying.get(id);
    if (known) {
      known.again = true;
      return known.landing;
    }
    this.#put.get(id)?.abort();
    const flight = { again: true, landing: Promise.resolve<Delivery>('reported') };
    this.#flying.set(id, flight);
    flight.landing = this.#fly(id, flight);
    return flight.landing;
  }

  /** Whether the request is put off: it comes by itself. */
  isPut(id: string): boolean {
    return this.#put.has(id);
  }

  async landed(): Promise<void> {
    await Promise.allSettled([...this.#flying.values()].map(({ landing }) => landing));
  }

  async #fly(id: string, flight: { again: boolean }): Promise<Delivery> {
    let delivery: Delivery = 'reported';
    try {
      while (flight.again) {
        flight.again = false;
        delivery = await deliver(this.#parts, id);
      }
    } finally {
      this.#flying.delete(id);
    }
    if (typeof delivery === 'object') void this.#putOff(id, delivery.later);
    return delivery;
  }

  async #putOff(id: string, ms: number): Promise<void> {
    const { clock, log } = this.#parts;
    const sooner = new AbortController();
    this.#put.set(id, sooner);
    await clock.wait(ms, AbortSignal.any([this.#end, sooner.signal]));
    if (this.#put.get(id) === sooner) this.#put.delete(id);
    if (this.#end.aborted || sooner.signal.aborted) return;
    // The sweeper finds what fails here.
    await this.deliver(id).catch((error: unknown) =>
      log.warn({ ...describeError(error), request: id }, 'report delayed'),
    );
  }
}
