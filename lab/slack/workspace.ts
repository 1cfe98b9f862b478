/** A person or bot of the practice workspace. `role` is what the lab calls the person by. */
export interface LabUser {
  id: string;
  name: string;
  role: string;
  realName?: string;
  /** Absent: the name at practice.example. */
  email?: string;
  teamId?: string;
  isBot?: boolean;
  deleted?: boolean;
  /** A multi-channel guest. */
  isRestricted?: boolean;
  /** A single-channel guest. */
  isUltraRestricted?: boolean;
}

/** A channel; `members` are user ids, the app's own bot user among them if it was invited. */
export interface LabChannel {
  id: string;
  name: string;
  members: string[];
  isPrivate?: boolean;
  isExtShared?: boolean;
  isArchived?: boolean;
  /** Set for a direct message between this user and the bot. */
  directWith?: string;
}

/** A Slack user group (the @team kind). */
export interface LabUserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

/** The installed app and its team, as Slack would name them. */
export const app = {
  appId: 'A0HANDOVER',
  botId: 'B0HANDOVER',
  botUser: 'U0HANDOVER',
  name: 'handover',
  teamId: 'T0PRACTICE',
  teamDomain: 'practice',
  teamName: 'Practice domain',
  verificationToken: 'not-a-secret',
} as const;

/** People named by their roles, and a guest and a foreign bot for refusals. */
export function defaultUsers(): LabUser[] {
  return [
    { id: 'U0REQUESTER', name: 'requester', role: 'requester', realName: 'Requester' },
    { id: 'U0APPROVER', name: 'approver', role: 'approver', realName: 'Approver' },
    { id: 'U0APPROVER2', name: 'second-approver', role: 'second-approver', realName: 'Second approver' },
    { id: 'U0ONCALL', name: 'on-call', role: 'oncall', realName: 'On-call' },
    { id: 'U0GUEST', name: 'guest', role: 'guest', realName: 'Guest', isRestricted: true },
    { id: 'U0OTHERBOT', name: 'other-bot', role: 'bot', realName: 'Other bot', isBot: true },
  ];
}

/** Four channels for these users: the bot is a member of all but `elsewhere`. */
export function defaultChannels(users: LabUser[]): LabChannel[] {
  const people = users.map((user) => user.id);
  const everyone = [app.botUser, ...people];
  return [
    { id: 'C0HYPERV', name: 'hyper-v', members: everyone },
    { id: 'C0APPROVALS', name: 'approvals', members: everyone },
    { id: 'C0NOTICES', name: 'notices', members: everyone },
    { id: 'C0ELSEWHERE', name: 'elsewhere', members: people },
  ];
}

/** Who and what exists in the practice workspace. Finds users by id, role or name, channels by id or name. */
export class Workspace {
  readonly users: LabUser[];
  readonly channels: LabChannel[];
  readonly userGroups: LabUserGroup[];

  constructor(content: { users: LabUser[]; channels: LabChannel[]; userGroups: LabUserGroup[] }) {
    const bot: LabUser = { id: app.botUser, name: app.name, role: 'app', realName: 'Handover', isBot: true };
    this.users = [...content.users.filter((user) => user.id !== bot.id), bot];
    this.channels = [...content.channels];
    this.userGroups = content.userGroups;
  }

  user(who: string): LabUser | undefined {
    const wanted = who.replace(/^@/, '').toLowerCase();
    const keys: ((user: LabUser) => string)[] = [
      (user) => user.id,
      (user) => user.role,
      (user) => user.name,
      (user) => user.realName ?? '',
    ];
    for (const key of keys) {
      const found = this.users.find((user) => key(user).toLowerCase() === wanted);
      if (found) return found;
    }
    return undefined;
  }

  /** A channel by id or name; `dm` is the named person's direct message with the bot. */
  channel(which: string, user?: LabUser): LabChannel | undefined {
    if (which === 'dm') return user && this.directMessage(user);
    const wanted = which.replace(/^#/, '');
    return (
      this.channels.find((channel) => channel.id === wanted) ??
      this.channels.find((channel) => channel.name === wanted && !channel.directWith)
    );
  }

  /** The direct message of this person with the bot; made when first asked for. */
  directMessage(user: LabUser): LabChannel {
    const known = this.channels.find((channel) => channel.directWith === user.id);
    if (known) return known;
    const made: LabChannel = {
      id: `D${user.id.slice(1)}`,
      name: 'directmessage',
      members: [app.botUser, user.id],
      isPrivate: true,
      directWith: user.id,
    };
    this.channels.push(made);
    return made;
  }

  isMember(channel: LabChannel, userId: string): boolean {
    return channel.members.includes(userId);
  }
}
