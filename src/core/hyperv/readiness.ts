import type { HostFacts } from '../hyperv-port';

/** What keeps a host from moving machines as it should, the worst first; empty: it is ready. */
export function unreadiness(facts: HostFacts): readonly string[] {
  const { migration, credentialGuard } = facts;
  const isCredssp = migration.auth === 'credssp';
  return [
    ...(migration.enabled ? [] : ['live migration is off']),
    ...(isCredssp && credentialGuard ? ['CredSSP and Credential Guard: every move fails'] : []),
    ...(isCredssp && !credentialGuard ? ['CredSSP: moves only by who is logged on there'] : []),
    ...(migration.anyNetwork ? ['any network: memory may cross in clear'] : []),
    ...(!migration.anyNetwork && migration.networks.length === 0 ? ['no migration network'] : []),
  ];
}

/** How many machines run on a host, and how many of its moves go on. */
export function busyOf({ machines }: HostFacts): { readonly running: number; readonly moving: number } {
  return {
    running: machines.filter(({ state }) => state === 'running').length,
    moving: machines.filter(({ isBusy }) => isBusy).length,
  };
}
