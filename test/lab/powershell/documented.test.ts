import { join } from 'node:path';
import { openShell, type Shell } from '../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { openFabric } from '../../contract/hyperv-fabric';
import { serveFabric, type FabricServer } from '../../support/fabric-server';
import { testEngine } from '../../support/powershell';
import { PARAMETERS, PROPERTIES } from './documented';

interface Catalogue {
  readonly commands: readonly { name: string; parameters: readonly string[]; sets: readonly string[] }[];
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

let server: FabricServer;
let shell: Shell | null;
let found: Catalogue;

beforeAll(async () => {
  const { fabric, clock } = openFabric();
  server = await serveFabric(fabric, clock);
  const module = join(__dirname, 'catalogue.psm1');
  const ports = { clock: systemClock, random: systemRandom };
  shell = await openShell({ executable: testEngine(), module, env: server.env, ...ports });
  const answer = await shell?.call({ call: 'catalogue', arguments: {} }, 30_000);
  if (answer?.kind !== 'data') throw new Error(`The module said ${JSON.stringify(answer)}`);
  // SAFETY: the module beside this file answers in this shape.
  found = answer.data as Catalogue;
});
afterAll(async () => {
  shell?.kill();
  await server.stop();
});

const strangers = (names: readonly string[], documented: readonly string[] = []): readonly string[] =>
  names.filter((name) => !documented.includes(name));

describe('the practice module', () => {
  it('has documented commands only, and the traps that playbooks fall into are none of them', () => {
    const names = found.commands.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(PARAMETERS).toSorted());
    // There is no such command; -VirtualMachineMigrationEnabled, -Id and -Force are no parameters of those.
    expect(names).not.toContain('Get-VMSystemSwitch');
    const of = (wanted: string) => found.commands.find(({ name }) => name === wanted)?.parameters ?? [];
    expect(of('Set-VMHost')).not.toContain('VirtualMachineMigrationEnabled');
    expect(of('Move-VM')).not.toEqual(expect.arrayContaining(['Id']));
    expect(of('Move-VM')).not.toEqual(expect.arrayContaining(['Force']));
    expect(of('Move-VMStorage')).not.toContain('IncludeStorage');
  });

  it('takes documented parameters only', () => {
    const wrong = found.commands.map(({ name, parameters }) => [
      name,
      strangers(parameters, PARAMETERS[name]),
    ]);
    expect(wrong.filter(([, names]) => names?.length)).toEqual([]);
  });

  it('takes a machine by name or by id, and never by both', () => {
    const sets = found.commands.find(({ name }) => name === 'Get-VM')?.sets;
    expect(sets).toEqual(['Name', 'Id']);
  });

  it('moves all files to one path, or names them, and never both', () => {
    const move = found.commands.find(({ name }) => name === 'Move-VM');
    expect(move?.sets.toSorted()).toEqual(['VMMultiple', 'VMSingle']);
  });

  it.each(Object.entries(PROPERTIES))('gives documented properties only: %s', (name, documented) => {
    const given = found.properties[name] ?? [];
    expect(given.length).toBeGreaterThan(0);
    expect(strangers(given, documented)).toEqual([]);
  });
});
