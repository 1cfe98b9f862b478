import type { PrepareAsk } from './ask';
import type { CommandCursor } from './cursor';
import { readHostList, type PlacedTerm } from './host-list';
import { namesOf } from './host-terms';
import { SAYING_OPTIONS, sayingOf } from './options';
import { quoteFound } from './problem';
import { readRest } from './rest';
import { usageOfVerb } from './verbs';
import { labelOf } from '../survey/delegated-spn';

/** Reads `HOSTS` and options: without any, live migration is turned on and Kerberos set, and all else stays as it is. */
export function readPrepare(cursor: CommandCursor): PrepareAsk {
  cursor.skipSpaces();
  if (cursor.atEnd) {
    const expected = usageOfVerb('prepare');
    throw cursor.refuse('command.empty', 'The hosts are missing.', { expected });
  }
  const hosts = readHostList(cursor, 'only').flatMap((placed) => shortNames(cursor, placed));
  const names = ['auth', 'networks', 'max', ...SAYING_OPTIONS] as const;
  const options = readRest(cursor, { verb: 'prepare', names });
  const { auth = 'kerberos', networks = null, max = null } = options;
  return { verb: 'prepare', hosts, auth, networks, most: max, ...sayingOf(options) };
}

/** Hosts are asked by their short names, so a full one is cut, and a distinguished name says nothing to Hyper-V. */
function shortNames(cursor: CommandCursor, { term, position }: PlacedTerm): readonly string[] {
  const { names, all } = namesOf([term]);
  const odd = names.find(({ kind }) => kind !== 'short' && kind !== 'fqdn');
  if (all || odd) {
    const summary = `${all ? 'All hosts' : quoteFound(odd?.text ?? '')} cannot be prepared at once: each is named.`;
    throw cursor.refuse('command.host', summary, {
      position,
      expected: 'hosts such as hyper-v01,hyper-v02 or hyper-v0[1-4]',
    });
  }
  return names.map(({ text }) => labelOf(text));
}
