import type { Queue } from '../../core/ports';
import type { BotLog } from '../log';
import { describeError } from '../log';
import { ClosedChannelError } from './bring';
import type { Delivery, DeliveryParts } from './deliver';
import { Flights } from './flights';
import { remindUntil } from './remind';
import { waiveUntil } from './waive';
import type { HookCall } from '../webhook/call';
import { createHook } from '../webhook/sender';

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
export async function serveReports(given: ReportsParts): Promise<Reports> {
  const { queue, clock, log, hookCall, waive, keepHosts } = given;
  const end = new AbortController();
  const hook = hookCall && createHook({ ...given, call: hookCall }, (id) => void attempt(id));
  const parts = { ...given, ...(hook && { hook }) };
  const flights = new Flights(parts, end.signal);
  const attempt = async (id: string): Promise<Attempt> => {
    try {
      // Before its card: nobody is called to what needs nobody.
      await waive(id);
      // Before anything is told of it, so that what keeps machines off does not wait for Slack.
      await keepHosts(id);
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
  const sweeping = sweepUntil(end.signal, parts, async (id) => (flights.isPut(id) ? null : attempt(id)));
  const reminding = remindUntil(end.signal, parts, attempt);
  const waiving = waiveUntil(end.signal, parts);
  return {
    poke: (id) => void attempt(id),
    async bring(id) {
      await attempt(id);
    },
    async stop() {
      end.abort();
      await hook?.stop();
      await consumer.stop();
      await Promise.all([sweeping, reminding, waiving]);
      await flights.landed();
    },
  };
}

/** What reports are served with. `hookCall`: absent when there is no webhook. */
export interface ReportsParts extends Omit<DeliveryParts, 'hook'> {
  readonly queue: Queue;
  readonly log: BotLog;
  readonly hookCall?: HookCall;
  /** Has maintenance windows decide what they waive of a request. */
  readonly waive: (id: string) => Promise<void>;
  /** Cordons what a drain keeps empty, and ends that. */
  readonly keepHosts: (id: string) => Promise<void>;
}

/** What one try at a delivery came to. */
type Attempt = { readonly delivery: Delivery } | { readonly error: unknown };

/**
 * At the start everything unreported is delivered, later only what was unreported at the look before too, since its job is
 * probably on its way. A round ends at the first sign that Slack is out, so that the next one comes soon after it is back.
 */
async function sweepUntil(
  signal: AbortSignal,
  { ledger, clock, log }: DeliveryParts & { log: BotLog },
  attempt: (id: string) => Promise<Attempt | null>,
): Promise<void> {
  let seen: readonly string[] | null = null;
  while (!signal.aborted) {
    const waiting: readonly string[] = await ledger.unreported().catch((error: unknown) => {
      log.warn(describeError(error), 'reports could not be swept');
      return [];
    });
    const before: readonly string[] = seen ?? waiting;
    seen = waiting;
    for (const id of waiting.filter((each) => before.includes(each))) {
      const attempted = await attempt(id);
      const error = attempted && 'error' in attempted ? attempted.error : null;
      const isOutage = error !== null && !(error instanceof ClosedChannelError);
      if (isOutage || signal.aborted) break;
    }
    await clock.wait(SWEEP_EVERY_MS, signal);
  }
}
