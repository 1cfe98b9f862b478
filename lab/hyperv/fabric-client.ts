import type { HyperV } from '../../src/core/hyperv-port';
import { lockAddress } from '../../src/core/mode-lock';
import { Fault } from '../../src/core/problem';
import type { FabricCall } from './fabric-route';

/** Where the fabric of a lab is to be had, and what runs PowerShell there; null: nothing does. */
export interface FabricAccess {
  /** `http://127.x.y.z:port`. */
  readonly url: string;
  readonly labToken: string;
  readonly engine: string | null;
}

type Told =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly fault?: ConstructorParameters<typeof Fault>[0] };

/** The fabric of a lab, used from another process without PowerShell. Throws ModeLockError for an address outside loopback. */
export function openFabricClient({ url, labToken }: FabricAccess): HyperV {
  lockAddress('lab', 'the fabric', url);
  async function ask<T>(method: FabricCall['method'], ...args: readonly unknown[]): Promise<T> {
    const response = await fetch(new URL('/_lab/hyperv-port', url), {
      method: 'POST',
      headers: { 'x-lab-token': labToken, 'content-type': 'application/json' },
      body: JSON.stringify({ method, args }),
    }).catch((cause: unknown) => {
      throw new Fault({ ...UNREACHABLE, retry: 'unknown' }, { cause });
    });
    // SAFETY: the route of the same program answers so.
    const told = (await response.json()) as Told;
    if (told.ok) return told.result as T;
    throw new Fault(told.fault ?? { ...UNREACHABLE, retry: 'never' });
  }
  return {
    inventory: (hosts) => ask('inventory', hosts),
    pulse: (hosts) => ask('pulse', hosts),
    configure: (host, change) => ask('configure', host, change),
    compare: (order) => ask('compare', order),
    start: (order) => ask('start', order),
    tell: (order) => ask('tell', order),
    moves: (hosts) => ask('moves', hosts),
    purge: (host) => ask('purge', host),
    close: () => Promise.resolve(),
  };
}

const UNREACHABLE = {
  code: 'hyperv.unreachable',
  message: 'The practice fabric does not answer.',
  remedy: 'Check that the lab runs.',
} as const;
