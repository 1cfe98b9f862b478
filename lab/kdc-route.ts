import { isAmong } from '../src/core/delegation/values';
import type { DomainAccess } from './directory/domain';
import { askKdc, readMigration } from './directory/kdc';
import { fqdnOf, migrationService } from './directory/names';
import type { PracticeDirectory } from './directory/practice-directory';
import type { Fields } from './slack/fields';
import type { ExtraRoute } from './slack/options';

/** `GET /_lab/kdc?from=&to=`: the KDC's word on cifs, and whether the directory holds both migration values. */
export function kdcRoute(domain: DomainAccess): ExtraRoute {
  return onPair(async (from, to) => {
    try {
      const [{ cifs }, migration] = await Promise.all([
        askKdc(domain, from, to),
        readMigration(domain, from, to),
      ]);
      return { ok: true, cifs, migration };
    } catch (error) {
      return noVerdict(error instanceof Error ? error.message : String(error));
    }
  });
}

/** The same where the directory is simulated: never a verdict, but what the directory holds. */
export function noKdcRoute(directory: PracticeDirectory): ExtraRoute {
  return onPair(async (from, to) => {
    const held = (await directory.readDelegations()).get(from) ?? [];
    const wanted = [to, fqdnOf(to)].map((name) => `${migrationService}/${name}`);
    const migration = wanted.every((value) => isAmong(held, value)) ? 'present' : 'absent';
    return { ...noVerdict('The directory is simulated: there is no KDC to ask.'), migration };
  });
}

function onPair(answer: (from: string, to: string) => Promise<Fields>): ExtraRoute {
  return async ({ query }) => {
    const from = query.get('from') ?? '';
    const to = query.get('to') ?? '';
    const isName = /^[a-z0-9-]{1,15}$/;
    if (!isName.test(from) || !isName.test(to)) return { ok: false, error: 'invalid_arguments' };
    return answer(from, to);
  };
}

function noVerdict(detail: string): Fields {
  return { ok: false, error: 'no_verdict', detail };
}
