import type { Redis } from 'ioredis';

/** A command as Redis got it from a client, by Redis' own clock. */
export interface Seen {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Address of the client. */
  readonly client: string;
  readonly args: readonly string[];
}

/** What Redis is asked while a watch is on. */
export interface Watch {
  /** Everything since the start or the last `take`. */
  take(): readonly Seen[];
  stop(): void;
}

/** Watches every command that clients send, those within scripts left out. Slows Redis down: never on while something is timed. */
export async function watchCommands(redis: Redis): Promise<Watch> {
  const monitor = await redis.monitor();
  let seen: Seen[] = [];
  monitor.on('monitor', (time: string, args: string[], client: string) => {
    if (client !== 'lua') seen.push({ at: Number(time) * 1000, client, args: args.map(unquoted) });
  });
  return {
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop: () => monitor.disconnect(),
  };
}

const CONTROL: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  '\\': '\\',
};

/**
 * An argument as it was sent. MONITOR writes bytes that cannot be printed as `\xNN` and some by a letter (sdscatrepr in Redis' sds.c);
 * ioredis has taken the backslash of quotes away already.
 */
function unquoted(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replaceAll(/\\(?:x([0-9a-f]{2})|([nrtab\\]))/g, (_, hex?: string, letter?: string) =>
    hex === undefined ? (CONTROL[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
