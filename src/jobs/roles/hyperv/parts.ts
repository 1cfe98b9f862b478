import type { HyperV } from '../../../core/hyperv-port';
import type { HyperVSettings } from '../../../core/hyperv/hyperv-settings';
import type { Clock, Ledger } from '../../../core/ports';

/** What the role works with: hosts, and no secret. */
export interface HyperVParts {
  readonly hyperV: HyperV;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly worker: string;
  readonly settings: HyperVSettings;
}
