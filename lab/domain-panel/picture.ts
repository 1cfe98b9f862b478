import { fqdnOf, migrationService } from '../directory/names';
import type { LabelledHost, PracticeDirectory } from '../directory/practice-directory';
import type { AskedPair } from './kdc-words';

/** How much of what a service needs the source's list holds: both names, one, none. */
type HeldPart = 'present' | 'partly' | 'absent';

/** What the Domain panel shows. Times are ISO 8601. */
interface Picture {
  readonly kind: PracticeDirectory['kind'];
  readonly readAt: string;
  readonly hosts: readonly (LabelledHost & { readonly values: readonly string[] })[];
  readonly pairs: readonly {
    readonly from: string;
    readonly to: string;
    readonly cifs: {
      readonly kdc: AskedPair['kdc'];
      readonly askedAt: string;
      readonly before?: { readonly kdc: AskedPair['kdc']; readonly askedAt: string };
      readonly held: HeldPart;
    };
    readonly migration: { readonly held: HeldPart };
  }[];
}

/** Joins what the directory holds with what the KDC said. */
export function pictureOf(given: {
  readonly directory: Pick<PracticeDirectory, 'kind' | 'hosts'>;
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly asked: readonly AskedPair[];
  readonly readAt: Date;
}): Picture {
  const { directory, held, asked, readAt } = given;
  const valuesOf = (name: string) => held.get(name) ?? [];
  return {
    kind: directory.kind,
    readAt: readAt.toISOString(),
    hosts: directory.hosts.map((host) => ({ ...host, values: valuesOf(host.name) })),
    pairs: asked.map(({ from, to, kdc, askedAt, before }) => ({
      from,
      to,
      cifs: {
        kdc,
        askedAt: askedAt.toISOString(),
        ...(before && { before: { ...before, askedAt: before.askedAt.toISOString() } }),
        held: heldPart(valuesOf(from), 'cifs', to),
      },
      migration: { held: heldPart(valuesOf(from), migrationService, to) },
    })),
  };
}

/** Service principal names compare without case (MS-ADTS 3.1.1.2.2.4.1). */
function heldPart(values: readonly string[], service: string, to: string): HeldPart {
  const stored = new Set(values.map((value) => value.toLowerCase()));
  const wanted = [to, fqdnOf(to)].map((name) => `${service}/${name}`.toLowerCase());
  const found = wanted.filter((value) => stored.has(value)).length;
  return found === wanted.length ? 'present' : found === 0 ? 'absent' : 'partly';
}
