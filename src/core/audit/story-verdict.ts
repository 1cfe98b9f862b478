/** What is known of a request's chain: how many records, the first that does not follow, how far it is sealed. */
export interface ChainState {
  readonly records: number;
  /** Index of the first record that does not follow from the one before it; null: all do. */
  readonly brokenAt: number | null;
  readonly sealed: { readonly seq: number; readonly seal: number } | 'archived' | null;
}

/** Whether the records of a story hold together, in one sentence. */
export function storyVerdict({ records, brokenAt, sealed }: ChainState): string {
  if (brokenAt !== null) {
    return `Record ${brokenAt + 1} does NOT follow from the one before it: somebody may have written to Redis. Run “handover audit verify”.`;
  }
  const count = `${records} ${records === 1 ? 'record' : 'records'}`;
  return `${count}, each follows from the one before; ${sealText(sealed)}.`;
}

function sealText(sealed: ChainState['sealed']): string {
  if (sealed === null) return 'not sealed yet';
  if (sealed === 'archived') return 'all of them sealed when it was archived';
  return `sealed up to record ${sealed.seq} by seal ${sealed.seal}`;
}
