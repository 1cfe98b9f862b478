import { readFileSync } from 'node:fs';
import type { Verifier } from '../core/ports';
import type { Settings } from '../core/settings';
import { openVerifier } from '../jobs/ports/ed25519-keys';

/** The public keys of the settings. Throws what the file system says of their files. */
export function openKeys(settings: Settings): Verifier {
  const entries = Object.entries(settings.keys.publicKeys);
  return openVerifier(Object.fromEntries(entries.map(([id, file]) => [id, readFileSync(file, 'utf8')])));
}
