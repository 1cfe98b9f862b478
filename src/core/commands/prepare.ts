import type { PrepareAsk } from './ask';
import type { CommandCursor } from './cursor';
import { SAYING_OPTIONS, sayingOf } from './options';
import { readRest } from './rest';
import { readShortHosts } from './short-hosts';
import { usageOfVerb } from './verbs';

/** Reads `HOSTS` and options: without any, live migration is turned on and Kerberos set, and all else stays as it is. */
export function readPrepare(cursor: CommandCursor): PrepareAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const expected = usageOfVerb('prepare');
    throw cursor.refuse('command.empty', 'The hosts are missing.', { expected });
  }
  const hosts = readShortHosts(cursor, 'cannot be prepared at once: each is named.');
  const names = ['auth', 'networks', 'max', ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'prepare', names });
  const { auth = 'kerberos', networks = null, max = null } = options;
  return { verb: 'prepare', hosts, auth, networks, most: max, ...sayingOf(options) };
}
