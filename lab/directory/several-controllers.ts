import { controllerFiles } from './controller';
import { controllerNamed } from './controller-switches';
import type { DomainAccess } from './domain';
import { pullChanges } from './replication';

/**
 * Carries over to `to` what `from` has: all that it wrote itself and all that it has heard from others. One way, once; nothing in the
 * practice domain replicates unless this is called. Works from any process, in about half a second.
 */
export async function replicate(
  domain: DomainAccess,
  { from, to }: Record<'from' | 'to', string>,
): Promise<void> {
  const { controllers } = domain;
  await pullChanges({ from: controllerNamed(controllers, from), to: controllerNamed(controllers, to) });
}

/** The same domain, read, edited and asked for tickets (see kdc.ts) at another controller than the first. */
export function seenAt(domain: DomainAccess, controller: string): DomainAccess {
  const { home } = controllerNamed(domain.controllers, controller);
  const { krb5Config, keytabDir } = controllerFiles(home);
  const server = domain.directories.find(({ name }) => name === controller);
  return { ...domain, ...server, home, krb5Config, keytabDir };
}
