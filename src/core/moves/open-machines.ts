/** Of machines that stay those that need not: somebody may choose what is done to them. */
export function openMachines<M extends { readonly choices: readonly string[] }>(
  staying: readonly M[],
): readonly M[] {
  return staying.filter(({ choices }) => choices.some((choice) => choice !== 'leave'));
}
