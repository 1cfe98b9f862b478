import { usingAlternates } from './directory-alternates';
import { findingHosts } from './directory-finding';
import { readingGroups } from './directory-groups';
import { findingManyHosts } from './directory-many';
import { holdersOfSpns } from './directory-holders';
import { surveying } from './directory-survey';
import { trusting } from './directory-trusting';
import type { DirectoryWorld, WorldHost } from './directory-world';
import { writingAndReading } from './directory-writing';

const hosts: readonly WorldHost[] = [
  { name: 'hv01', delegatesTo: ['cifs/Zoo', 'cifs/ape', 'CIFS/Bee'] },
  { name: 'hv02' },
  { name: 'odd', disabled: true, unconstrained: true, anyProtocol: false, adminCount: true },
  { name: 'own', explicitSpns: ['cifs/own'] },
  { name: 'taken' },
  { name: 'thief', explicitSpns: ['cifs/taken'] },
  { name: 'bare', migrationSpn: false },
  { name: 'writ' },
  { name: 'moved' },
  { name: 'reborn' },
  { name: 'gone' },
  { name: 'blank', migrationSpn: false },
  { name: 'spacer', migrationSpn: false, explicitSpns: [' cifs/blank'] },
  { name: 'alt', migrationSpn: false },
  ...['kerb', 'kerb2', 'kerb3', 'kerb4', 'kerb5'].map((name) => ({
    name,
    anyProtocol: false,
    migrationSpn: false,
  })),
];

/** What every directory does, on a world with these hosts. */
export function directorySuite(
  name: string,
  open: (hosts: readonly WorldHost[]) => Promise<DirectoryWorld>,
): void {
  describe(`the directory on ${name}`, () => {
    let opened: DirectoryWorld;
    const world = (): DirectoryWorld => opened;
    beforeAll(async () => {
      opened = await open(hosts);
    });
    afterAll(() => opened.close());

    findingHosts(world);
    findingManyHosts(world);
    readingGroups(world);
    holdersOfSpns(world);
    surveying(world);
    writingAndReading(world);
    trusting(world);
    usingAlternates(world);
  });
}
