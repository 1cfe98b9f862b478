import { isIPv4 } from 'node:net';
import type { Fields } from './fields';
import type { RequestUrls } from './http-mode';
import type { RateMode } from './rates';
import { installedScopes } from './scopes';
import type { LabChannel, LabUser, LabUserGroup } from './workspace';
import { defaultChannels, defaultUsers } from './workspace';

/** Slack's waiting times in milliseconds; tests shorten them. */
interface SlackTimes {
  /** How long a command, click or submission waits for its ack. */
  ackTimeoutMs: number;
  /** How long a trigger id may be exchanged for a view. */
  triggerLifeMs: number;
  /** The waits before the further tries of an unacked event. */
  eventRetriesMs: number[];
  responseUrlLifeMs: number;
}

/** A route that the lab adds: gets the query and, for a POST, the JSON body; what it returns is answered as JSON. */
export type ExtraRoute = (request: { query: URLSearchParams; body: Fields }) => Promise<Fields> | Fields;

/** How the app is reached; its request URLs must be loopback addresses. */
type DeliveryOption = { kind: 'socket' } | ({ kind: 'http' } & RequestUrls);

/** What the composer suggests for a slash command. `usage` is what may follow it. */
export interface CommandHint {
  command: string;
  usage: string;
  description: string;
  /** What may follow the command, filled in. */
  example?: string;
}

/** What `startSlack` is given. Tokens are this lab's own random ones. */
export interface SlackOptions {
  /** An address of 127.0.0.0/8. */
  address: string;
  /** 0 or absent: any free port. */
  port?: number;
  labToken: string;
  botToken: string;
  appToken: string;
  /** Signs requests when the app is reached by HTTP. */
  signingSecret: string;
  users?: LabUser[];
  channels?: LabChannel[];
  userGroups?: LabUserGroup[];
  /** The bot scopes that were granted; absent: those that README names. */
  scopes?: readonly string[];
  /** Slash commands of the installed app, with slash; absent: every command is the app's. */
  commands?: string[];
  /** The same commands with a line for the composer; they count as installed. */
  commandHints?: CommandHint[];
  /** Absent: Socket Mode. */
  delivery?: DeliveryOption;
  /** Absent: off. */
  rates?: RateMode;
  times?: Partial<SlackTimes>;
  /** Further control routes by `GET /_lab/name` or `POST /_lab/name`; they stand behind the same gate. */
  extraRoutes?: Record<string, ExtraRoute>;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  address: string;
  port: number;
  labToken: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  users: LabUser[];
  channels: LabChannel[];
  userGroups: LabUserGroup[];
  scopes: readonly string[];
  commands: string[] | undefined;
  commandHints: CommandHint[];
  delivery: DeliveryOption;
  rates: RateMode;
  times: SlackTimes;
  extraRoutes: Record<string, ExtraRoute>;
}

const slackTimes: SlackTimes = {
  ackTimeoutMs: 3_000,
  triggerLifeMs: 3_000,
  eventRetriesMs: [0, 60_000, 300_000],
  responseUrlLifeMs: 30 * 60_000,
};

/** Fills in the defaults. Throws for addresses outside loopback, in production, and for missing or equal tokens. */
export function resolveOptions(options: SlackOptions): ResolvedOptions {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('The Slack stand-in does not start with NODE_ENV=production.');
  if (!isIPv4(options.address) || !options.address.startsWith('127.'))
    throw new Error(`The Slack stand-in listens on 127.x.y.z only, not on ${options.address}.`);
  refuseWeakTokens([options.labToken, options.botToken, options.appToken, options.signingSecret]);
  const delivery = options.delivery ?? { kind: 'socket' };
  if (delivery.kind === 'http') refuseForeignUrls(delivery);
  const users = options.users ?? defaultUsers();
  const commandHints = options.commandHints ?? [];
  return {
    ...options,
    port: options.port ?? 0,
    users,
    channels: options.channels ?? defaultChannels(users),
    userGroups: options.userGroups ?? [],
    scopes: options.scopes ?? installedScopes,
    commands: installedCommands(options.commands, commandHints),
    commandHints,
    delivery,
    rates: options.rates ?? 'off',
    times: { ...slackTimes, ...options.times },
    extraRoutes: options.extraRoutes ?? {},
  };
}

function refuseWeakTokens(tokens: string[]): void {
  if (tokens.some((token) => token.length < 8) || new Set(tokens).size < tokens.length)
    throw new Error('The Slack stand-in wants four different tokens of at least 8 characters.');
}

function installedCommands(commands: string[] | undefined, hints: CommandHint[]): string[] | undefined {
  if (!commands && hints.length === 0) return undefined;
  return [...new Set([...(commands ?? []), ...hints.map((hint) => hint.command)])];
}

function refuseForeignUrls({ url, urls = {} }: RequestUrls): void {
  for (const one of [url, ...Object.values(urls)]) {
    const { protocol, hostname } = new URL(one);
    if (protocol !== 'http:' || !isIPv4(hostname) || !hostname.startsWith('127.'))
      throw new Error(`The Slack stand-in sends to http://127.x.y.z only, not to ${one}.`);
  }
}
