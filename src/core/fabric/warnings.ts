import type { Step } from './sequence';

/** What nobody can read from a host, and somebody should know before these machines move; each as one sentence. */
export function warningsOf(steps: readonly Step[]): readonly string[] {
  const moved = new Map(steps.map(({ machine }) => [machine.id, machine]));
  const sealed = [...moved.values()].filter(({ reading }) => reading.tpm).map(({ name }) => name);
  if (sealed.length === 0) return [];
  const [has, its] = sealed.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return [
    `${sealed.join(', ')} ${has} a virtual TPM: ${its} guardian certificates must be at the destination, which nobody can see from here.`,
  ];
}
