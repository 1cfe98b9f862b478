import { z } from 'zod';

const count = z.int().min(1).max(10_000).default(1);
const method = z.string().default('*');
const type = z.enum(['slash_commands', 'interactive', 'events_api', '*']).default('*');

/**
 * A fault to come. `method` faults strike calls of the Web API (or `response_url`), `type` faults strike what is
 * delivered to the app; `*` is any. `count` says how often.
 */
export const MethodFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rate-limit'), method, count, retry_after: z.int().min(0).default(1) }),
  z.object({ kind: z.literal('http-error'), method, count, status: z.int().min(400).max(599).default(500) }),
  z.object({ kind: z.literal('api-error'), method, count, error: z.string().default('internal_error') }),
  z.object({ kind: z.literal('delay-reply'), method, count, delay_ms: z.int().min(0) }),
  z.object({ kind: z.literal('drop-reply'), method, count }),
]);
export type MethodFault = z.infer<typeof MethodFault>;

export const EnvelopeFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delay-envelope'), type, count, delay_ms: z.int().min(0) }),
  z.object({ kind: z.literal('duplicate'), type, count, new_envelope: z.boolean().default(false) }),
  z.object({ kind: z.literal('cut'), type, count }),
]);
export type EnvelopeFault = z.infer<typeof EnvelopeFault>;

/** The faults that are still to strike. */
export class Faults {
  #methods: MethodFault[] = [];
  #envelopes: EnvelopeFault[] = [];

  addMethodFault(fault: MethodFault): void {
    this.#methods.push({ ...fault });
  }

  addEnvelopeFault(fault: EnvelopeFault): void {
    this.#envelopes.push({ ...fault });
  }

  clear(): void {
    this.#methods = [];
    this.#envelopes = [];
  }

  list(): (MethodFault | EnvelopeFault)[] {
    return [...this.#methods, ...this.#envelopes];
  }

  /** The faults that strike this call now; of each kind the oldest, counted down. */
  strikeMethod(name: string): MethodFault[] {
    const struck = oldestOfEachKind(
      this.#methods.filter((fault) => fault.method === name || fault.method === '*'),
    );
    this.#methods = this.#methods.filter((fault) => fault.count > 0);
    return struck;
  }

  strikeEnvelope(name: string): EnvelopeFault[] {
    const struck = oldestOfEachKind(
      this.#envelopes.filter((fault) => fault.type === name || fault.type === '*'),
    );
    this.#envelopes = this.#envelopes.filter((fault) => fault.count > 0);
    return struck;
  }
}

function oldestOfEachKind<F extends { kind: string; count: number }>(faults: F[]): F[] {
  const struck = faults.filter((fault, at) => faults.findIndex((other) => other.kind === fault.kind) === at);
  for (const fault of struck) fault.count -= 1;
  return struck;
}
