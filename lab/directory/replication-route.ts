import type { Fields } from '../slack/fields';
import type { ExtraRoute } from '../slack/options';

import type { DomainAccess } from './domain';
import { replicate } from './several-controllers';

/** Path of the route: a POST. */
export const replicationPath = '/_lab/replicate';

/** `{"from":"dc1","to":"dc2"}`: brings to one controller what the other has, once and one way. Nothing replicates by itself. */
export function replicationRoute(domain: DomainAccess): ExtraRoute {
  const names = domain.controllers.map(({ name }) => name);
  return async ({ body: { from, to } }): Promise<Fields> => {
    const isController = (name: unknown): name is string => names.some((each) => each === name);
    if (!isController(from) || !isController(to) || from === to)
      return { ok: false, error: 'invalid_arguments', detail: `from and to are two of: ${names.join(', ')}` };
    try {
      await replicate(domain, { from, to });
      return { ok: true };
    } catch (error) {
      return {
        ok: false,
        error: 'not_replicated',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  };
}
