import { grouped } from '../delegation/grouped';
import { balancersSaid } from '../hyperv/balancers';
import { compare } from './fleet';
import type { Step } from './sequence';

/** What nobody can read from a host, and somebody should know before these machines move; each as one sentence. */
export function warningsOf(steps: readonly Step[]): readonly string[] {
  return [...sealedSaid(steps), ...balancedSaid(steps)];
}

/** Two that move machines do not know of each other, and one takes back what the other has done. */
function balancedSaid(steps: readonly Step[]): readonly string[] {
  const hosts = new Set(steps.flatMap(({ from, to }) => [from, to]));
  const balanced = [...hosts].flatMap(({ name, facts }) =>
    balancersSaid(facts).map((who) => ({ who, name })),
  );
  return grouped(balanced, ({ who }) => who).map((of) => {
    const names = of.map(({ name }) => name).toSorted(compare);
    return `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} balanced by ${of[0]?.who ?? ''}, too: it may move machines back, or others there meanwhile.`;
  });
}

function sealedSaid(steps: readonly Step[]): readonly string[] {
  const moved = new Map(steps.map(({ machine }) => [machine.id, machine]));
  const sealed = [...moved.values()].filter(({ reading }) => reading.tpm).map(({ name }) => name);
  if (sealed.length === 0) return [];
  const [has, its] = sealed.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return [
    `${sealed.join(', ')} ${has} a virtual TPM: ${its} guardian certificates must be at the destination, which nobody can see from here.`,
  ];
}
