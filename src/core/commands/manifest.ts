import { aliasOf, commandOf, GENERAL_COMMAND, usageOf, VERBS } from './verbs';

/** The bot scopes that Handover needs, and no more. */
export const BOT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:write',
  'im:history',
  'users:read',
  'usergroups:read',
  'files:write',
];

/** The events that Handover listens to. */
const BOT_EVENTS: readonly string[] = ['app_home_opened', 'app_mention'];

/** Callback id of the shortcut that opens the form of a delegation, and action id of the buttons that do. */
export const FORM_SHORTCUT = 'form.delegate';

/** How the app is to be reached: `url` is where Slack's signed requests go, null for Socket Mode. */
export interface ManifestOptions {
  readonly url: string | null;
  /** Also a slash command for each verb, such as `/hv-show`. */
  readonly allAliases: boolean;
}

/**
 * The whole manifest of the Slack app, as api.slack.com/apps takes it: what an administrator pastes instead of clicking.
 * Its form: docs.slack.dev/reference/app-manifest.
 */
export function appManifest({ url, allAliases }: ManifestOptions): object {
  const address = url === null ? {} : { request_url: url };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Handover',
      description: 'Kerberos delegation for Hyper-V hosts: asked here, approved here, proved here.',
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'handover', always_online: false },
      shortcuts: [
        {
          name: 'Ask for a delegation',
          type: 'global',
          callback_id: FORM_SHORTCUT,
          description: 'Opens the form of /delegate.',
        },
      ],
      slash_commands: commandsOf(allAliases).map((each) => ({
        ...each,
        // Names are typed, never picked: with escaping, @names and #channels would arrive as ids.
        should_escape: false,
        ...(url !== null && { url }),
      })),
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { ...address, bot_events: BOT_EVENTS },
      // Menus that the bot fills while somebody types have an address of their own.
      interactivity: {
        is_enabled: true,
        ...address,
        ...(url !== null && { message_menu_options_url: url }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

interface SlashCommand {
  readonly command: string;
  readonly description: string;
  readonly usage_hint: string;
}

function commandsOf(allAliases: boolean): readonly SlashCommand[] {
  const own = VERBS.flatMap(({ slash, summary, usage }) =>
    slash ? [{ command: slash, description: summary, usage_hint: usage }] : [],
  );
  const general = {
    command: GENERAL_COMMAND,
    description: 'Everything that Handover does; help lists it.',
    usage_hint: VERBS.map(({ verb }) => verb).join(' | '),
  };
  const aliases = VERBS.filter(({ slash }) => slash === null).map((each) => ({
    command: aliasOf(each),
    description: each.summary,
    usage_hint: each.usage === '' ? `the same as ${commandOf(each)}` : each.usage,
  }));
  return [...own, general, ...(allAliases ? aliases : [])];
}

/** README's table of commands: how each is typed and what it does, one line of Markdown each. */
export function commandTable(): readonly string[] {
  return VERBS.map((each) => `| \`${usageOf(each).replaceAll('|', '\\|')}\` | ${each.summary} |`);
}
