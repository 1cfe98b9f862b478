import { entryOf, VERBS } from '../../../src/core/commands/verbs';
import { appManifest } from '../../../src/core/commands/manifest';

interface Manifest {
  readonly features: {
    readonly slash_commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage_hint: string;
      readonly url?: string;
    }[];
  };
  readonly settings: object;
}
const manifestOf = (url: string | null, allAliases = false): Manifest =>
  appManifest({ url, allAliases }) as Manifest;
const namesOf = (manifest: Manifest) => manifest.features.slash_commands.map(({ command }) => command);

test('Over Socket Mode it names no address, and the commands of the table', () => {
  const manifest = manifestOf(null);
  expect(namesOf(manifest)).toEqual(['/delegate', '/undelegate', '/drain', '/hv']);
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: true,
    interactivity: { is_enabled: true },
    event_subscriptions: { bot_events: expect.arrayContaining(['app_mention']) },
  });
  expect(JSON.stringify(manifest)).not.toContain('url');
});

test('Over HTTP every way in has the address: commands, events, clicks and menus that are filled while one types', () => {
  const url = 'https://handover.example/slack/events';
  const manifest = manifestOf(url);
  expect(manifest.features.slash_commands.map((each) => each.url)).toEqual([url, url, url, url]);
  expect(manifest.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: url, message_menu_options_url: url },
    event_subscriptions: { request_url: url },
  });
});

test('With all aliases every verb has one slash command, which the bot knows', () => {
  const names = namesOf(manifestOf(null, true));
  expect(names).toHaveLength(VERBS.length + 1);
  expect(new Set(names).size).toBe(names.length);
  expect(names.map((name) => entryOf(name.toUpperCase()))).toEqual(names);
});

test('It keeps Slack’s limits', () => {
  for (const { command, description, usage_hint: hint } of manifestOf(null, true).features.slash_commands) {
    expect(command).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(2_000);
    expect(hint.length).toBeGreaterThan(0);
    expect(hint.length).toBeLessThanOrEqual(1_000);
  }
});
