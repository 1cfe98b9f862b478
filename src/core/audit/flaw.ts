/** One thing that is wrong with an audit: where, as exactly as can be told, and what. */
export interface Flaw {
  /** A request's label and a record's number in its chain, a position in the stream, or a seal's number. */
  readonly place: string;
  readonly what: string;
}

/** How a chain is called: by its request's label if that is known. */
export function chainName(label: string, chain: string): string {
  if (label !== '') return label;
  return chain === 'system' ? 'the system’s chain' : `request ${chain.slice(0, 32)}`;
}
