import type { HostName } from '../../../core/commands/ask';
import { isAmong } from '../../../core/delegation/values';
import type { NamesAnswer } from '../../../core/survey/names';
import type { DirectoryParts } from './parts';

/** No object has this objectGUID, and a name that is not found makes an observation read the names there are. */
const NOBODY: HostName = { kind: 'guid', text: '00000000-0000-0000-0000-000000000000' };

/** Names for suggestions and Check Names; nothing is judged by them. Throws Fault. */
export async function answerNames(
  { directory }: DirectoryParts,
  typed: readonly HostName[],
): Promise<NamesAnswer> {
  const nothing = { destinations: [], all: false, delegating: false, services: [] };
  const { hosts, knownNames } = await directory.observe({ ...nothing, sources: [...typed, NOBODY] });
  const named = hosts.filter(({ asked }) => asked.kind !== 'guid');
  return {
    names: knownNames,
    typed: named.map(({ asked, found }) => ({
      asked,
      found: found.filter(({ objectClasses }) => isAmong(objectClasses, 'computer')).map(({ name }) => name),
    })),
  };
}
