import { connect } from 'node:net';
import { createInterface } from 'node:readline';

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

/**
 * Watches every command that clients send, those within scripts left out. Slows Redis down: never on while something is timed.
 * A plain socket: ioredis 6 loses its place when a command is reported in the packet that answers MONITOR.
 */
export async function watchCommands(redisUrl: string): Promise<Watch> {
  const { hostname, port, username, password } = new URL(redisUrl);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const lines = createInterface({ input: socket });
  let seen: Seen[] = [];
  const isOn = new Promise<void>((resolve, reject) => {
    let left = password === '' ? 1 : 2;
    socket.on('error', reject);
    lines.on('line', (line) => {
      if (line.startsWith('-')) reject(new Error(`Redis refused to be watched: ${line}`));
      else if (line === '+OK' && left > 0) {
        left -= 1;
        if (left === 0) resolve();
      } else seen.push(...read(line));
    });
  });
  const name = username === '' ? '' : `${decodeURIComponent(username)} `;
  if (password !== '') socket.write(`AUTH ${name}${decodeURIComponent(password)}\r\n`);
  socket.write('MONITOR\r\n');
  await isOn;
  return {
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop: () => socket.destroy(),
  };
}

/** `+1700000000.123456 [0 127.0.0.1:6379] "hset" "key"`; a command within a script has `lua` as its client. */
function read(line: string): readonly Seen[] {
  const [, time, client, args = ''] = /^\+(\d+\.\d+) \[\d+ ([^\]]+)\] (.*)$/.exec(line) ?? [];
  if (time === undefined || client === undefined || client === 'lua') return [];
  const texts = [...args.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, text = '']) => unquoted(text));
  return [{ at: Number(time) * 1000, client, args: texts }];
}

const CONTROL: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
};

/** An argument as it was sent. MONITOR writes bytes that cannot be printed as `\xNN` and some by a letter (sdscatrepr in Redis' sds.c). */
function unquoted(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replaceAll(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex?: string, letter = '') =>
    hex === undefined ? (CONTROL[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
