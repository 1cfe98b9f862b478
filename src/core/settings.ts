import { z } from 'zod';
import { Channels, PaceSetting, Reminders, Webhook } from './delivery-settings';
import { MachineRules } from './fabric/machine-rules';
import { PlanningSettings } from './fabric/planning-settings';
import { HyperVSettings } from './hyperv/hyperv-settings';
import { AuditSettings } from './audit/audit-settings';
import { dnParts } from './delegation/distinguished-name';
import { Policy } from './policy/schema';

export { Policy } from './policy/schema';

const Minutes = z.number().int().positive();

/**
 * Who carries a change out. `observe`: nobody, plans are only shown. `advise`: a person, whom the thread tells how; the
 * worker looks. `act`: the worker.
 */
const HowFar = z.enum(['observe', 'advise', 'act']);
const ShownOrDone = HowFar.exclude(['advise']);

/** Per change kind. Writing userAccountControl takes a right that can do much more, so it is a person's by default. */
export const Modes = z.strictObject({
  'delegation-add': HowFar.default('act'),
  'delegation-remove': HowFar.default('act'),
  'trust-mode': HowFar.default('advise'),
  'host-setting': HowFar.default('act'),
  // Not by hand: what a person begins no plan, slot or envelope holds.
  'live-move': ShownOrDone.default('act'),
  'storage-move': ShownOrDone.default('act'),
  shutdown: ShownOrDone.default('act'),
});
export type Modes = z.infer<typeof Modes>;

/** What is out of reach for every plan, beside what the directory itself marks. Lower-case names, whole DNs. */
export const Tier0 = z.strictObject({
  hosts: z.array(z.string().toLowerCase()).default([]),
  groups: z
    .array(z.string().refine((text) => dnParts(text) !== null, 'a distinguished name such as CN=…,DC=…'))
    .default([]),
});
export type Tier0 = z.infer<typeof Tier0>;

/** All times that bound a request. */
export const Times = z.strictObject({
  /** How long a request waits for decisions, in seconds. */
  decideSeconds: z
    .number()
    .int()
    .positive()
    .default(8 * 3600),
  /** How long after the decision the first effect may come. */
  startMinutes: Minutes.default(15),
  /** How long after the decision the last effect may come. */
  endMinutes: Minutes.default(12 * 60),
  /** The same for a plan with a step by hand. */
  handMinutes: Minutes.default(7 * 24 * 60),
  /** How often a step by hand, and replication, is looked at, in seconds. */
  lookSeconds: z.number().int().positive().default(30),
  /** How often a move that goes on is looked at, in seconds. */
  moveLookSeconds: z.number().int().positive().default(3),
  /** How long a move waits for Windows to notice a delegation that is there, in seconds; it remembers a refusal for 15 minutes. */
  noticeSeconds: z.number().int().positive().default(1_200),
  /** How long a host may take to be well after it has come up from its service, in seconds. */
  wellSeconds: z.number().int().positive().default(600),
  /** How long replication to every domain controller takes at most, in seconds: so long a result is watched, and an object stays with its writer. */
  convergenceSeconds: z.number().int().positive().default(900),
  /** How long before a temporary value goes people are warned, in seconds; a tenth of its time if that is shorter. */
  warnSeconds: z.number().int().positive().default(900),
});
export type Times = z.infer<typeof Times>;

const slackCommon = {
  team: z.string(),
  enterprise: z.string().nullable().default(null),
  apiUrl: z.url().default('https://slack.com/api/'),
  botTokenFile: z.string(),
  channels: Channels,
  pace: PaceSetting.default('slack'),
};

/** How Slack's events, commands and clicks come in: over Socket Mode, or as signed requests to an address of the bot. */
const SlackSettings = z.discriminatedUnion('receive', [
  z.strictObject({ receive: z.literal('socket'), ...slackCommon, appTokenFile: z.string() }),
  z.strictObject({
    receive: z.literal('http'),
    ...slackCommon,
    signingSecretFile: z.string(),
    /** Requests come to /slack/events here, through whatever ends TLS. */
    listen: z.strictObject({
      address: z.union([z.ipv4(), z.ipv6()], 'an IP address such as 127.0.0.1'),
      port: z.number().int().min(1).max(65_535),
    }),
  }),
]);

/** Socket Mode when nothing is said. */
function withReceive(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && !('receive' in raw) ? { receive: 'socket', ...raw } : raw;
}

/** `handover.yaml`, read by bot and workers, each its part. Secrets are never in it: `…File` names a file that holds one. */
export const Settings = z.strictObject({
  slack: z.preprocess(withReceive, SlackSettings),
  redis: z.strictObject({
    urlFile: z.string(),
    prefix: z
      .string()
      .regex(/^\{[a-z0-9-]+\}$/)
      .default('{handover}'),
  }),
  keys: z.strictObject({
    /** PEM, PKCS#8, Ed25519; only the bot reads it. */
    signingKeyFile: z.string(),
    /** Key id → PEM file of the public key; all that workers need. */
    publicKeys: z.record(z.string(), z.string()),
    signWith: z.string(),
  }),
  directory: z.strictObject({
    /** The first is the one that is written to. */
    servers: z.array(z.strictObject({ name: z.string(), url: z.url(), tlsName: z.string() })).min(1),
    caFile: z.string(),
    bindDn: z.string().min(1),
    passwordFile: z.string(),
    baseDn: z.string(),
    searchBases: z.array(z.string()).min(1),
    /** Below these a computer may be a destination too, for cifs alone: SMB file servers. */
    fileServerBases: z.array(z.string()).default([]),
  }),
  /** Absent: there is no Windows worker, and nothing can be asked about hosts. */
  hyperv: HyperVSettings.optional(),
  /** What holds for machines wherever they are. */
  machines: MachineRules.default([]),
  planning: PlanningSettings.prefault({}),
  tier0: Tier0.prefault({}),
  policy: Policy,
  modes: Modes.prefault({}),
  times: Times.prefault({}),
  reminders: Reminders.prefault({}),
  webhook: Webhook.optional(),
  audit: AuditSettings.prefault({}),
});
export type { Reminders } from './delivery-settings';
export type Settings = z.infer<typeof Settings>;
