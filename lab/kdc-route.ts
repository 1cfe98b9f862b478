import type { DomainAccess } from './directory/domain';
import { askKdc, readMigration } from './directory/kdc';
import type { ExtraRoute } from './slack/options';

/** `GET /_lab/kdc?from=&to=`: the KDC's word on cifs, and whether the directory holds both migration values. */
export function kdcRoute(domain: DomainAccess): ExtraRoute {
  return async ({ query }) => {
    const from = query.get('from') ?? '';
    const to = query.get('to') ?? '';
    const isName = /^[a-z0-9-]{1,15}$/;
    if (!isName.test(from) || !isName.test(to)) return { ok: false, error: 'invalid_arguments' };
    try {
      const [{ cifs }, migration] = await Promise.all([
        askKdc(domain, from, to),
        readMigration(domain, from, to),
      ]);
      return { ok: true, cifs, migration };
    } catch (error) {
      return {
        ok: false,
        error: 'no_verdict',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  };
}
