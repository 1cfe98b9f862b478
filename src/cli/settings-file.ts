import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { readSettings, type Settings } from '../core/settings';

/** A settings file that cannot be used; every error names its path in the file. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads `handover.yaml`. File names in it are relative to its folder. Throws SettingsError. */
export function loadSettings(file: string): Settings {
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SettingsError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  const read = readSettings(raw);
  if ('errors' in read) throw new SettingsError([`${file} is not usable:`, ...read.errors].join('\n  '));
  return absolutePaths(read.settings, dirname(resolve(file)));
}

/** The text of a secret's file, without the line end. Throws SettingsError when it is empty. */
export function readSecret(file: string): string {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '') throw new SettingsError(`${file} is empty`);
  return text;
}

function absolutePaths(settings: Settings, folder: string): Settings {
  const { slack, redis, keys, directory, audit } = settings;
  const at = (file: string) => resolve(folder, file);
  const publicKeys = Object.fromEntries(Object.entries(keys.publicKeys).map(([id, file]) => [id, at(file)]));
  return {
    ...settings,
    slack: {
      ...(slack.receive === 'socket'
        ? { ...slack, appTokenFile: at(slack.appTokenFile) }
        : { ...slack, signingSecretFile: at(slack.signingSecretFile) }),
      botTokenFile: at(slack.botTokenFile),
    },
    redis: { ...redis, urlFile: at(redis.urlFile) },
    keys: { ...keys, signingKeyFile: at(keys.signingKeyFile), publicKeys },
    directory: { ...directory, caFile: at(directory.caFile), passwordFile: at(directory.passwordFile) },
    audit: { ...audit, mirrorDirectory: audit.mirrorDirectory && at(audit.mirrorDirectory) },
  };
}
