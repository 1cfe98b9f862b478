import { InvalidArgumentError, type Command } from 'commander';
import { appManifest } from '../core/commands/manifest';

/** Where the bot listens for Slack's requests when the address that is given names no path. */
const PATH = '/slack/events';

/** `handover manifest`: prints the Slack app's manifest as JSON; needs neither settings nor secrets. */
export function addManifest(program: Command): void {
  program
    .command('manifest')
    .description('print the manifest of the Slack app, to be pasted at api.slack.com/apps')
    .option('--http <url>', 'signed requests to this address instead of Socket Mode', readAddress)
    .option('--all-aliases', 'also a slash command for each verb, such as /hv-show')
    .action(({ http = null, allAliases = false }: { http?: string | null; allAliases?: boolean }) => {
      process.stdout.write(`${JSON.stringify(appManifest({ url: http, allAliases }), null, 2)}\n`);
    });
}

/** Slack sends to https only. */
function readAddress(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') {
    throw new InvalidArgumentError('An address that begins with https:// is wanted; nothing was printed.');
  }
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = PATH;
  return url.href;
}
