import { z } from 'zod';

/** The one command that a shell is told. */
export const COMMAND = 'Invoke-Handover';

/** What is called: the name of one of the module's calls, and its arguments. */
export interface Call {
  readonly call: string;
  readonly arguments: { readonly [name: string]: unknown };
}

/** What came of a call. `unknown`: no answer of this call was found, so it may or may not have been carried out. */
export type CallAnswer =
  | { readonly kind: 'data'; readonly data: unknown }
  | { readonly kind: 'error'; readonly message: string; readonly id: string; readonly code: string }
  | { readonly kind: 'unknown' };

const Envelope = z.union([
  z.object({ nonce: z.string(), ok: z.literal(true), data: z.unknown() }),
  z.object({
    nonce: z.string(),
    ok: z.literal(false),
    error: z.object({ message: z.string(), id: z.string(), code: z.string() }),
  }),
]);

/**
 * The line that is sent: always the same command, with the data as base64 of JSON. The alphabet of base64 has nothing that could end a
 * quoted text of PowerShell, so whatever the data is, it stays data.
 */
export function lineOf(call: Call, nonce: string): string {
  const given = Object.entries(call.arguments).map(([name, value]) => [name, marked(value)] as const);
  const json = JSON.stringify({ nonce, call: call.call, arguments: Object.fromEntries(given) });
  return `${COMMAND} '${Buffer.from(json, 'utf8').toString('base64')}'`;
}

/**
 * A sign before every text, which the module takes off again: ConvertFrom-Json makes a date of what looks like one, and there is nothing in
 * Windows PowerShell, nor in pwsh before 7.5, that keeps it from doing so.
 */
function marked(value: unknown): unknown {
  if (typeof value === 'string') return `=${value}`;
  return Array.isArray(value) ? value.map(marked) : value;
}

/** The answer of the call with this nonce, if this line of what a shell has written is it; null when it is anything else. */
export function answerIn(line: string, nonce: string): CallAnswer | null {
  const read = readEnvelope(line.trim());
  if (read?.nonce !== nonce) return null;
  return read.ok ? { kind: 'data', data: read.data } : { kind: 'error', ...read.error };
}

function readEnvelope(line: string): z.infer<typeof Envelope> | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(line)) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(line, 'base64').toString('utf8'));
    const read = Envelope.safeParse(json);
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
