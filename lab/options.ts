import { parseArgs } from 'node:util';

/** What the command line of `npm run lab` asks for. */
export interface LabOptions {
  /** The story to play, or null to stay up until Ctrl-C. */
  readonly tour: string | null;
  /** Provision the domain anew instead of taking the cached one. */
  readonly fresh: boolean;
  /** Take a directory in memory although Samba may be there. */
  readonly simulatedDirectory: boolean;
  /** Domain controllers, 1 or 2. Two replicate only when told to. */
  readonly controllers: number;
  /** How long requests wait for a decision, in seconds. */
  readonly decideSeconds: number;
  readonly port: number;
  /** How many seconds pass on the fabric of hosts in one. */
  readonly timeScale: number;
}

/** So that a refusal which a host remembers for a quarter of an hour is over in 45 s. */
export const defaultTimeScale = 20;

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads `--tour [story]`, `--fresh`, `--simulated-directory`, `--controllers 2`, `--expiry 5s`, `--port N`, `--time-scale N`. Throws UsageError. */
export function readOptions(args: readonly string[]): LabOptions {
  const options = {
    tour: { type: 'boolean' },
    fresh: { type: 'boolean' },
    'simulated-directory': { type: 'boolean' },
    controllers: { type: 'string' },
    expiry: { type: 'string' },
    port: { type: 'string' },
    'time-scale': { type: 'string' },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const { values, positionals } = parsed;
  if (positionals.length > (values.tour ? 1 : 0))
    throw new UsageError(`Not understood: ${positionals.join(' ')}`);
  return {
    tour: values.tour ? (positionals[0] ?? 'delegate') : null,
    fresh: values.fresh ?? false,
    simulatedDirectory: values['simulated-directory'] ?? false,
    controllers: controllerCount(values.controllers ?? '1'),
    decideSeconds: seconds(values.expiry ?? '8h'),
    port: portNumber(values.port ?? '0'),
    timeScale: scaleNumber(values['time-scale'] ?? `${defaultTimeScale}`),
  };
}

function seconds(text: string): number {
  const match = /^(\d{1,6})(s|m|h)$/.exec(text);
  if (!match) throw new UsageError(`--expiry takes a time such as 5s, 10m or 8h, not ${text}`);
  return Number(match[1]) * { s: 1, m: 60, h: 3600 }[match[2] as 's' | 'm' | 'h'];
}

function controllerCount(text: string): number {
  if (text !== '1' && text !== '2') throw new UsageError(`--controllers takes 1 or 2, not ${text}`);
  return Number(text);
}

function scaleNumber(text: string): number {
  const scale = Number(text);
  if (text === '' || !(scale >= 1 && scale <= 10_000))
    throw new UsageError(`--time-scale takes a number from 1 to 10000, not ${text}`);
  return scale;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a port number, not ${text}`);
  return port;
}
