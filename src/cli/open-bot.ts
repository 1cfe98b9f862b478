import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { createBot } from '../bot/app';
import type { ReceptionWay } from '../bot/reception';
import type { Settings } from '../core/settings';
import { serveSeals } from '../jobs/audit/serve-seals';
import { createRequestClient } from '../jobs/client';
import { noteSettings } from '../jobs/note-settings';
import { showPresence } from '../jobs/presence';
import { openSigner } from '../jobs/ports/ed25519-keys';
import { systemClock } from '../jobs/ports/system-clock';
import { systemRandom } from '../jobs/ports/system-random';
import type { Mode } from '../core/mode-lock';
import { openKeys } from './open-keys';
import { openStores, type Around } from './open-stores';
import { readSecret } from './settings-file';

/** Opens the bot: Slack tokens and the signing key, no directory secret. */
export async function openBot(options: {
  settings: Settings;
  mode: Mode;
  log: Logger;
  around?: Around;
}): Promise<{ start(): Promise<void>; stop(): Promise<void> }> {
  const { settings, mode, log } = options;
  const stores = await openStores({ settings, mode, log, around: options.around });
  const { ledger, queue } = stores;
  await noteSettings({ ledger, clock: systemClock }, { program: 'bot', settings });
  const signer = openSigner({
    keyId: settings.keys.signWith,
    pem: readFileSync(settings.keys.signingKeyFile, 'utf8'),
  });
  const parts = { ledger, queue, clock: systemClock, random: systemRandom, settings };
  const presence = showPresence(parts, { program: 'bot', place: hostname() });
  const seals = await serveSeals({ ...parts, signer, verifier: openKeys(settings), log });
  const bot = createBot({
    ...parts,
    seals: { anchorHours: settings.audit.anchorHours, trouble: seals.trouble },
    mode,
    log,
    client: createRequestClient({ ...parts, signer }),
    botToken: readSecret(settings.slack.botTokenFile),
    receive: receptionWay(settings.slack),
    ...(settings.webhook && {
      webhook: { url: settings.webhook.url, secret: readSecret(settings.webhook.secretFile) },
    }),
  });
  return {
    start: () => bot.start(),
    async stop() {
      await bot.stop();
      await seals.stop();
      await presence.stop();
      await stores.close();
    },
  };
}

function receptionWay(slack: Settings['slack']): ReceptionWay {
  if (slack.receive === 'socket') return { kind: 'socket', appToken: readSecret(slack.appTokenFile) };
  return { kind: 'http', signingSecret: readSecret(slack.signingSecretFile), listen: slack.listen };
}
