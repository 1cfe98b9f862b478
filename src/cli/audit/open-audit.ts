import { readFileSync } from 'node:fs';
import { lockAddress, type Mode } from '../../core/mode-lock';
import type { Ledger, Verifier } from '../../core/ports';
import type { Settings } from '../../core/settings';
import { openRedisLedger } from '../../jobs/ledger/redis-ledger';
import { openVerifier } from '../../jobs/ports/ed25519-keys';
import { readSecret } from '../settings-file';

/** The ledger alone, for commands that look. Throws Fault when Redis does not answer. */
export function openLedger(settings: Settings, mode: Mode): Promise<Ledger> {
  const url = readSecret(settings.redis.urlFile);
  lockAddress(mode, 'Redis', url);
  return openRedisLedger({ url, prefix: settings.redis.prefix });
}

/** The public keys of the settings. */
export function openKeys(settings: Settings): Verifier {
  const entries = Object.entries(settings.keys.publicKeys);
  return openVerifier(Object.fromEntries(entries.map(([id, file]) => [id, readFileSync(file, 'utf8')])));
}
