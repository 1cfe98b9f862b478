import { lockAddress, type Mode } from '../core/mode-lock';
import type { Ledger } from '../core/ports';
import type { Settings } from '../core/settings';
import { openRedisLedger } from '../jobs/ledger/redis-ledger';
import { readSecret } from './settings-file';

/** The ledger alone, for commands that look. Throws Fault when Redis does not answer. */
export function openLedger(settings: Settings, mode: Mode): Promise<Ledger> {
  const url = readSecret(settings.redis.urlFile);
  lockAddress(mode, 'Redis', url);
  return openRedisLedger({ url, prefix: settings.redis.prefix });
}
