import type { Clock, Handled, Job, Role } from '../../core/ports';
import { CONCURRENCY } from './options';

/** A job in a line. */
interface Entry {
  readonly job: Job;
  readonly role: Role;
  state: 'held' | 'queued' | 'running';
  until: number;
  /** The run that holds the lock; an earlier one has lost it. */
  run: number;
  stalls: number;
}

/** Whoever serves a role. */
export interface Consumer {
  readonly role: Role;
  readonly handler: (job: Job) => Promise<Handled>;
  readonly running: Set<Promise<void>>;
}

/** The lines of all roles: entries in the order of coming in, and who serves them. */
export interface Lines {
  readonly entries: Map<string, Entry>;
  readonly consumers: Set<Consumer>;
  /** Puts the entry at the end of its line, held if its time has not come. */
  enter: (entry: Entry) => void;
  /** Starts whatever may run. */
  serve: () => void;
}

/** Names an entry. */
export function keyOf(role: Role, id: string): string {
  return `${role}/${id}`;
}

/** Lines without entries. Held ones fire by the clock until `end` aborts. */
export function memoryLines(clock: Clock, end: AbortSignal): Lines {
  const entries = new Map<string, Entry>();
  const consumers = new Set<Consumer>();
  let runs = 0;

  function enter(entry: Entry): void {
    const key = keyOf(entry.role, entry.job.id);
    entry.state = entry.until > clock.now() ? 'held' : 'queued';
    entries.delete(key);
    entries.set(key, entry);
    if (entry.state === 'held') void fire(entry);
    serve();
  }

  async function fire(entry: Entry): Promise<void> {
    // A real timer may come a moment early.
    while (entry.state === 'held' && entry.until > clock.now() && !end.aborted) {
      await clock.wait(entry.until - clock.now(), end);
    }
    serve();
  }

  function serve(): void {
    for (const entry of entries.values()) {
      const isDue = entry.state === 'queued' || (entry.state === 'held' && entry.until <= clock.now());
      const consumer = isDue && [...consumers].find((one) => one.role === entry.role && hasRoom(one));
      if (consumer) start(entry, consumer);
    }
  }

  function start(entry: Entry, consumer: Consumer): void {
    const run = (runs += 1);
    Object.assign(entry, { state: 'running', run });
    const ended: Promise<void> = carryOut(consumer, entry.job).then((handled) => {
      consumer.running.delete(ended);
      finish(entry, run, handled);
      return serve();
    });
    consumer.running.add(ended);
  }

  function finish(entry: Entry, run: number, handled: Handled): void {
    const key = keyOf(entry.role, entry.job.id);
    if (entries.get(key) !== entry || entry.run !== run) return;
    if (handled.kind === 'hold') enter(Object.assign(entry, { until: handled.until }));
    else entries.delete(key);
  }

  return { entries, consumers, enter, serve };
}

function hasRoom({ role, running }: Consumer): boolean {
  return running.size < CONCURRENCY[role];
}

/** A handler that throws, at once or later, ends its job. */
async function carryOut({ handler }: Consumer, job: Job): Promise<Handled> {
  try {
    // Never within the call that put the job.
    await Promise.resolve();
    return await handler({ ...job });
  } catch {
    return { kind: 'over' };
  }
}
