import { digest } from '../canonical';
import type { DirectoryPart, HostsPart } from './plan';

const known = new WeakMap<object, string>();

/** A part's digest. Parts are never changed, and those of the ledger are frozen: each is digested once. */
export function partDigest(part: DirectoryPart | HostsPart): string {
  if (!Object.isFrozen(part)) return digest(part);
  const found = known.get(part) ?? digest(part);
  known.set(part, found);
  return found;
}
