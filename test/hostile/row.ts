import { containers } from '../../lab/directory/names';

/** One wrong target, and what the person who names it is told. */
export interface Row {
  /** What is wrong, in plain words. */
  readonly target: string;
  /** The command as it is typed. */
  readonly typed: string;
  /** The first check that refuses, or the parser's code. */
  readonly code: string;
  /** What the sentence says, and no other row's. */
  readonly says: string;
  /** What the remedy says, where it matters which. */
  readonly remedy?: string;
  /** Further ways to type the same: they are told the very same. */
  readonly also?: readonly string[];
  /** Who asks; absent: somebody who may. */
  readonly by?: 'stranger';
}

/** A host below OU=Hyper-V by its distinguished name. */
export function dnOf(name: string): string {
  return `CN=${name},${containers.hyperV}`;
}

/** An ordinary host asks for power over this one. */
export function onto(destination: string): string {
  return `/delegate hyper-v01 -> ${destination}`;
}

/** This one asks for power over an ordinary host. */
export function from(source: string): string {
  return `/delegate ${source} -> hyper-v02`;
}
