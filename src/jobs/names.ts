import type { HostName } from '../core/commands/ask';
import { mayRead, refuseReader } from '../core/policy/read';
import type { Clock, Queue } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { Policy } from '../core/settings';
import { checkNames, matchNames, type CheckedName, type NamesAnswer } from '../core/survey/names';
import { askDirectory } from './ask-directory';

/** The names of computers, as far as a person may see them. Methods throw Fault when no worker answers. */
export interface NameClient {
  /** Names like the text, for a menu that fills while one types; they may be 15 s old. */
  suggestNames(text: string, by: Person): Promise<readonly string[]>;
  /** What typed names mean, as a worker reads it now; or why this person is not told. */
  checkNames(names: readonly HostName[], by: Person): Promise<readonly CheckedName[] | Problem>;
}

/** Every key that is typed asks anew; what was read stays good for so long, in milliseconds. */
const BELIEVED_MS = 15_000;
const ANSWER_MS = 5_000;

/** The client of names. Who may see no names asks no worker. */
export function createNameClient(parts: { queue: Queue; clock: Clock; policy: Policy }): NameClient {
  const { queue, clock, policy } = parts;
  const sees = (by: Person) => (host: string) => mayRead(policy, by, { surface: 'suggestions', host });
  const read = (typed: readonly HostName[]): Promise<NamesAnswer> =>
    askDirectory<NamesAnswer>(queue, { about: 'names', typed }, ANSWER_MS);
  let known: { readonly names: Promise<NamesAnswer>; readonly until: number } | null = null;
  const believed = (): Promise<NamesAnswer> => {
    if (known && known.until > clock.now()) return known.names;
    const names = read([]);
    known = { names, until: clock.now() + BELIEVED_MS };
    names.catch(() => {
      known = null;
    });
    return names;
  };
  return {
    async suggestNames(text, by) {
      if (!mayRead(policy, by, { surface: 'suggestions' })) return [];
      const { names } = await believed();
      return matchNames(names.filter(sees(by)), text);
    },
    async checkNames(names, by) {
      const problem = refuseReader(policy, by, { surface: 'suggestions' });
      return problem ?? checkNames(await read(names), sees(by));
    },
  };
}
