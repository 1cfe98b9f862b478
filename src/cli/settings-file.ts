import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { readSettings } from '../core/read-settings';
import type { Settings } from '../core/settings';
import { flawLine, type SettingsFlaw } from '../core/settings-errors';

/** A settings file that cannot be used; every error names its path in the file. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads `handover.yaml`. File names in it are relative to its folder. `onWarning` is told what can be used and looks strange. Throws SettingsError. */
export function loadSettings(file: string, onWarning: (line: string) => void = () => undefined): Settings {
  const { raw, locate } = readYaml(file);
  const read = readSettings(raw);
  if ('flaws' in read) {
    throw new SettingsError([`${file} is not usable:`, ...read.flaws.map(locate)].join('\n  '));
  }
  for (const warning of read.warnings) onWarning(locate(warning));
  return absolutePaths(read.settings, dirname(resolve(file)));
}

/** What is wrong with a settings file, and what is strange, line by line; `isUsable`: the programs would start with it. */
export function checkSettings(file: string): {
  readonly isUsable: boolean;
  readonly lines: readonly string[];
} {
  const warnings: string[] = [];
  try {
    loadSettings(file, (line) => warnings.push(`⚠ ${line}`));
    const told = warnings.length === 0 ? 'nothing is wrong with it' : 'it can be used, but look at this';
    return { isUsable: true, lines: [`✅ ${file}: ${told}.`, ...warnings] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { isUsable: false, lines: [`🚫 ${error.message}`, 'Nothing was started or changed.'] };
  }
}

/** The content of a file, and how a flaw of it is told with its line. */
function readYaml(file: string): { raw: unknown; locate: (flaw: SettingsFlaw) => string } {
  try {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
    const [error] = document.errors;
    if (error) throw error;
    return {
      raw: document.toJS() as unknown,
      locate: (flaw) => `line ${lineOf(document, lines, flaw.path)}: ${flawLine(flaw)}`,
    };
  } catch (cause) {
    throw new SettingsError(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** The line of a place in a file, or of the nearest one above it that stands there. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: SettingsFlaw['path']): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = isRanged(node) ? node.range : undefined;
    if (range) return lines.linePos(range[0]).line;
  }
  return 1;
}

function isRanged(node: unknown): node is { readonly range?: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node;
}

/** The text of a secret's file, without the line end. Throws SettingsError when it is empty. */
export function readSecret(file: string): string {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '') throw new SettingsError(`${file} is empty`);
  return text;
}

function absolutePaths(settings: Settings, folder: string): Settings {
  const { slack, redis, keys, directory, audit, webhook } = settings;
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
    ...(webhook && { webhook: { ...webhook, secretFile: at(webhook.secretFile) } }),
    directory: { ...directory, caFile: at(directory.caFile), passwordFile: at(directory.passwordFile) },
    audit: { ...audit, mirrorDirectory: audit.mirrorDirectory && at(audit.mirrorDirectory) },
  };
}
