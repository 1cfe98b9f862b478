import { LogLevel, type Logger } from '@slack/bolt';

/** What the bot reports of itself; texts are constant, what varies is in the fields. */
export interface BotLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

/** Tokens, socket tickets and response addresses: who has one of them can speak as the bot. */
const SECRETS = [
  /\bx(?:ox[a-z]|app)-[\w-]+/g,
  /(?<=ticket=)[^&\s"']+/g,
  /(?<=https:\/\/hooks\.slack\.com\/)\S+/g,
];

/** A text without the secrets that Slack's libraries may put into it. */
export function redacted(text: string): string {
  return SECRETS.reduce((kept, secret) => kept.replaceAll(secret, '[secret]'), text);
}

/** An error as fields of a log line; only a log ever shows a stack. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { error: redacted(String(error)) };
  const { name, message, stack, cause } = error;
  return {
    error: redacted(`${name}: ${message}`),
    ...(stack !== undefined && { stack: redacted(stack) }),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}

/** Bolt's own lines in the bot's log. Debug lines are dropped: they hold whole payloads. */
export function boltLogger(log: BotLog): Logger {
  const line = (parts: unknown[]): object => ({ slack: redacted(parts.map(String).join(' ')) });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn(line(parts), 'from Bolt'),
    error: (...parts: unknown[]) => log.error(line(parts), 'from Bolt'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
