import { join } from 'node:path';
import { simulatedHyperV } from '../../../../lab/hyperv/simulated-hyperv';
import { settingCommands } from '../../../../src/core/hyperv/by-hand';
import type { HostSettings, SettingChange } from '../../../../src/core/hyperv/host-settings';
import { lookAtHost } from '../../../../src/core/hyperv/look-at-host';
import type { HyperV } from '../../../../src/core/hyperv-port';
import { openShell, type Shell } from '../../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../../src/jobs/ports/system-random';
import { openFabric } from '../../../contract/hyperv-fabric';
import { serveFabric, type FabricServer } from '../../../support/fabric-server';
import { testEngine } from '../../../support/powershell';

const HOST = 'hyper-v01';

let server: FabricServer;
let shell: Shell | null;
let hyperV: HyperV;

beforeAll(async () => {
  const { fabric, clock } = openFabric();
  server = await serveFabric(fabric, clock);
  hyperV = simulatedHyperV(fabric, clock);
  const module = join(__dirname, 'typed.psm1');
  const ports = { clock: systemClock, random: systemRandom };
  shell = await openShell({ executable: testEngine(), module, env: server.env, ...ports });
});
afterAll(async () => {
  shell?.kill();
  await server.stop();
});

const prepared: HostSettings = {
  enabled: true,
  auth: 'kerberos',
  anyNetwork: false,
  networks: ['10.0.1.0/24', '10.0.5.0/24'],
  most: 4,
};
const bare: HostSettings = { enabled: false, auth: 'credssp', anyNetwork: true, networks: [], most: 2 };

describe('the lines of PowerShell that a person is given', () => {
  it.each<[string, HostSettings, HostSettings]>([
    ['set a host up', bare, prepared],
    ['set it back', prepared, bare],
    [
      'change the order of networks',
      { networks: ['10.0.5.0/24', '10.0.1.0/24'] },
      { networks: ['10.0.1.0/24', '10.0.5.0/24'] },
    ],
    ['change one thing', { most: 2 }, { most: 8 }],
  ])('%s: typed as they stand, the host is as planned', async (_, before, after) => {
    const change: SettingChange = { host: HOST, by: 'hand', before, after };
    await hyperV.configure(HOST, before);
    const answer = await shell?.call({ call: 'type', arguments: { Lines: settingCommands(change) } }, 30_000);
    expect(answer).toMatchObject({ kind: 'data' });
    const facts = (await hyperV.inventory([HOST]))[0]?.facts;
    expect(facts && lookAtHost(facts, change)).toBe('after');
  });
});
