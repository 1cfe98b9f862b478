import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Queue } from '../../core/ports';
import type { BotLog } from '../log';
import { describeError } from '../log';
import { ClosedChannelError } from './bring';
import { deliver, type Delivery, type DeliveryParts } from './deliver';
import { remindUntil } from './remind';

/** How often what nobody has reported is looked for, in milliseconds. */
const SWEEP_EVERY_MS = 2_000;

/** A request that somebody else delivers right now is asked for again after this. */
const BUSY_MS = 1_000;

/** The deliverer of reports at work. */
export interface Reports {
  /** Asks for a delivery now, without waiting for it; never throws. */
  poke(id: string): void;
  /** Delivers now and waits for it; what fails is tried again by itself. */
  bring(id: string): Promise<void>;
  stop(): Promise<void>;
}

/** Serves the reports queue, and sweeps what is unreported: a lost job, a crash or an outage of Slack only delays. */
export async function serveReports(parts: DeliveryParts & { queue: Queue; log: BotLog }): Promise<Reports> {
  const { queue, clock, log } = parts;
  const flights = new Flights(parts);
  const attempt = async (id: string): Promise<Attempt> => {
    try {
      return { delivery: await flights.deliver(id) };
    } catch (error) {
      log.warn({ ...describeError(error), request: id }, 'report delayed');
      return { error };
    }
  };
  const consumer = await queue.handle('reports', async ({ request }) => {
    const attempted = await attempt(request);
    const isBusy = 'delivery' in attempted && attempted.delivery === 'busy';
    return isBusy ? { kind: 'hold', until: clock.now() + BUSY_MS } : { kind: 'over' };
  });
  const end = new AbortController();
  const sweeping = sweepUntil(end.signal, parts, attempt);
  const reminding = remindUntil(end.signal, parts, attempt);
  return {
    poke: (id) => void attempt(id),
    async bring(id) {
      await attempt(id);
    },
    async stop() {
      end.abort();
      await consumer.stop();
      await Promise.all([sweeping, reminding]);
      await flights.landed();
    },
  };
}

/** What one try at a delivery came to. */
type Attempt = { readonly delivery: Delivery } | { readonly error: unknown };

/** Deliveries in progress within this bot: one per request, and asking again during it is answered by one more after it. */
class Flights {
  readonly #parts: DeliveryParts;
  readonly #flying = new Map<string, { again: boolean; landing: Promise<Delivery> }>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  deliver(id: string): Promise<Delivery> {
    const known = this.#flying.get(id);
    if (known) {
      known.again = true;
      return known.landing;
    }
    const flight = { again: true, landing: Promise.resolve<Delivery>('reported') };
    this.#flying.set(id, flight);
    flight.landing = this.#fly(id, flight);
    return flight.landing;
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
    return delivery;
  }
}

/**
 * At the start everything unreported is delivered, later only what was unreported at the look before too, since its job is
 * probably on its way. A round ends at the first sign that Slack is out, so that the next one comes soon after it is back.
 */
async function sweepUntil(
  signal: AbortSignal,
  { ledger, clock, log }: DeliveryParts & { log: BotLog },
  attempt: (id: string) => Promise<Attempt>,
): Promise<void> {
  let seen: readonly string[] | null = null;
  while (!signal.aborted) {
    const waiting: readonly string[] = await ledger.unreported().catch((error: unknown) => {
      log.warn(describeError(error), 'reports could not be swept');
      return [];
    });
    const before: readonly string[] = seen ?? waiting;
    seen = waiting;
    let pause = SWEEP_EVERY_MS;
    for (const id of waiting.filter((each) => before.includes(each))) {
      const attempted = await attempt(id);
      const error = 'error' in attempted ? attempted.error : null;
      if (error instanceof WebAPIRateLimitedError) pause = Math.max(pause, error.retryAfter * 1_000);
      const isOutage = error !== null && !(error instanceof ClosedChannelError);
      if (isOutage || signal.aborted) break;
    }
    await clock.wait(pause, signal);
  }
}
