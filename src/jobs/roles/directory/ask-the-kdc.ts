import { once } from '../../../core/once';
import type { ListChange, Plan, Power } from '../../../core/delegation/plan';
import { listChanges, ownersOf, powersOf } from '../../../core/delegation/powers';
import { keepsPower } from '../../../core/delegation/removal';
import { isSameText } from '../../../core/delegation/values';
import type { Proof } from '../../../core/request/record';
import type { DirectoryParts } from './parts';

/** How many powers are asked about at once: each question costs the KDC two tickets. */
const AT_ONCE = 4;

/** More powers than this are not all asked about: every host is, at least once. */
const MOST_ASKED = 64;

type Check = Proof['checks'][number];

/** What the KDC says of a plan's powers, and what was read of the rest; `asked` tells when not all powers were asked about. */
export async function askTheKdc(
  parts: DirectoryParts,
  plan: Plan,
): Promise<{ readonly checks: readonly Check[]; readonly asked: string }> {
  const powers = powersToProve(plan);
  const chosen = powers.length <= MOST_ASKED ? powers : coverEveryHost(powers);
  const checks = [...readBackChecks(plan), ...(await ask(parts, chosen))];
  const asked =
    chosen.length < powers.length
      ? `The KDC was asked about ${chosen.length} of ${powers.length} pairs, every host among them.`
      : '';
  return { checks, asked };
}

async function ask(parts: DirectoryParts, powers: readonly Power[]): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (let at = 0; at < powers.length; at += AT_ONCE) {
    const answers = powers
      .slice(at, at + AT_ONCE)
      .map((power) => parts.proof.prove(power).catch(() => 'untestable' as const));
    for (const result of await Promise.all(answers)) checks.push({ what: 'cifs', result });
  }
  return checks;
}

/** Powers such that each source and each destination is in one of them. */
function coverEveryHost(powers: readonly Power[]): readonly Power[] {
  const sources = new Set<string>();
  const destinations = new Set<string>();
  const both = powers.filter((power) => {
    const isNew = !sources.has(power.source) && !destinations.has(power.destination);
    if (isNew) {
      sources.add(power.source);
      destinations.add(power.destination);
    }
    return isNew;
  });
  const rest = powers.filter((power) => {
    const isNew = !sources.has(power.source) || !destinations.has(power.destination);
    sources.add(power.source);
    destinations.add(power.destination);
    return isNew;
  });
  return [...both, ...rest];
}

/** Values that no KDC can be asked about here: there, or gone, and that is all that is known. */
function readBackChecks({ directory }: Plan): readonly Check[] {
  const isOther = listChanges(directory).some(({ add, keep, remove }) =>
    [...add, ...keep, ...remove].some((value) => !isCifs(value)),
  );
  return isOther ? [{ what: 'migration', result: 'read-back' }] : [];
}

/** The powers that cifs values of the plan give, or take away for good. */
function powersToProve({ directory }: Plan): readonly Power[] {
  const changes = new Map(listChanges(directory).map((change) => [change.name, change]));
  const gainedBy = once(({ add, keep }: ListChange) => {
    const owners = ownersOf(directory, { add: [...add, ...keep].filter(isCifs) });
    return new Set(owners.map(({ name }) => name));
  });
  return powersOf(directory).filter(({ source, destination }) => {
    const change = changes.get(source);
    if (change?.kind === 'delegation-add') return gainedBy(change).has(destination);
    return change?.remove.some(isCifs) === true && !keepsPower(change, destination);
  });
}

function isCifs(value: string): boolean {
  return isSameText(value.slice(0, 'cifs/'.length), 'cifs/');
}
