import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fabric } from '../../../../lab/hyperv/fabric';
import { openFabricClock } from '../../../../lab/hyperv/fabric-clock';
import { practiceFabric } from '../../../../lab/hyperv/practice-fabric';
import { repositoryRoot } from '../../../../lab/repository';
import { openPowerShellHyperV } from '../../../../src/jobs/hyperv/powershell-hyperv';
import { openPool } from '../../../../src/jobs/hyperv/powershell/pool';
import { systemClock } from '../../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../../src/jobs/ports/system-random';
import { serveFabric } from '../../../support/fabric-server';
import { testEngine } from '../../../support/powershell';
import { scratchDirectory } from '../../../support/scratch';
import { codeThatWrites } from './campaign';
import { waysOut } from './texts';

const MACHINE = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const move = { Machine: MACHINE, From: 'hyper-v01', To: 'hyper-v02', Storage: '' };

/** Every place of a call that holds what somebody else has said. */
const PLACES: readonly (readonly [string, (text: string) => { call: string; arguments: object }])[] = [
  ['the call', (text) => ({ call: text, arguments: {} })],
  ['the name of an argument', (text) => ({ call: 'Inventory', arguments: { [text]: 'hyper-v01' } })],
  ['a host to read', (text) => ({ call: 'Inventory', arguments: { ComputerName: text } })],
  ['a host to set', (text) => ({ call: 'Configure', arguments: { ComputerName: text, Enabled: false } })],
  [
    'a way to sign in',
    (text) => ({ call: 'Configure', arguments: { ComputerName: 'hyper-v01', Auth: text } }),
  ],
  [
    'a network',
    (text) => ({ call: 'Configure', arguments: { ComputerName: 'hyper-v01', Networks: [text] } }),
  ],
  ['a number', (text) => ({ call: 'Configure', arguments: { ComputerName: 'hyper-v01', Most: text } })],
  ['a machine', (text) => ({ call: 'Move', arguments: { ...move, Machine: text } })],
  ['a source', (text) => ({ call: 'Move', arguments: { ...move, From: text } })],
  ['a destination', (text) => ({ call: 'Move', arguments: { ...move, To: text } })],
  ['a host whose tickets go', (text) => ({ call: 'Purge', arguments: { ComputerName: text } })],
];

let home = '';
beforeAll(async () => void (home = await scratchDirectory()));
afterAll(() => rm(home, { recursive: true }));

async function open(change: (given: ReturnType<typeof practiceFabric>) => ReturnType<typeof practiceFabric>) {
  const clock = openFabricClock(1, Date.now);
  const fabric = new Fabric({ ...change(practiceFabric(clock.now())), now: clock.now() }, () =>
    Promise.resolve(true),
  );
  const server = await serveFabric(fabric, clock);
  const module = join(repositoryRoot, 'lab/powershell/practice-handover.psm1');
  const ports = { clock: systemClock, random: systemRandom };
  const options = { executable: testEngine(), module, size: 1, env: server.env, ...ports };
  return { fabric, clock, server, options };
}

it('whatever stands in a call is refused as data, and the hosts are as they were', async () => {
  const { fabric, clock, server, options } = await open((given) => given);
  const canary = join(home, 'asked');
  const before = fabric.at(clock.now());
  const pool = openPool(options);
  for (const [place, callOf] of PLACES) {
    for (const text of waysOut(codeThatWrites(canary))) {
      const { call, arguments: given } = callOf(text);
      const answer = await pool.call({ call, arguments: { ...given } }, 30_000);
      expect({ place, text, kind: answer.kind }).toEqual({ place, text, kind: 'error' });
    }
  }
  // A path is any text: what becomes of it is the host's matter.
  for (const text of waysOut(codeThatWrites(canary))) {
    const answer = await pool.call({ call: 'Compare', arguments: { ...move, Storage: text } }, 30_000);
    expect(answer.kind).toBe('data');
  }
  expect({ ...fabric.at(clock.now()), now: 0 }).toEqual({ ...before, now: 0 });
  expect(existsSync(canary)).toBe(false);
  pool.close();
  await server.stop();
}, 120_000);

it('whatever a host says of its machines is told as it is', async () => {
  const canary = join(home, 'told');
  const texts = waysOut(codeThatWrites(canary));
  const { server, options } = await open(({ hosts, machines }) => ({
    hosts: hosts.map((host) => ({ ...host, switches: [...host.switches, ...texts] })),
    machines: texts.flatMap((text, at) => {
      const [like] = machines;
      const id = `${String(at).padStart(8, '0')}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`;
      const disks = [{ path: text, bytes: 1, kind: 'local' as const }];
      return like ? [{ ...like, id, name: text, notes: text, iso: text, switch: text, disks }] : [];
    }),
  }));
  const hyperV = openPowerShellHyperV(options);
  const [reading] = await hyperV.inventory(['hyper-v01']);
  expect(reading?.silent).toBeNull();
  expect(reading?.facts?.switches).toEqual(['LAN', ...texts]);
  expect(
    reading?.facts?.machines.map(({ name, notes, dvd, switches, disks }) => [
      name,
      notes,
      dvd,
      switches,
      disks[0]?.path,
    ]),
  ).toEqual(texts.map((text) => [text, text, text, [text], text]));
  expect(existsSync(canary)).toBe(false);
  await hyperV.close();
  await server.stop();
}, 120_000);
