import fc from 'fast-check';
import { holds, isSubnet } from '../../../src/core/hyperv/host-settings';
import { prepareHosts, wantedOf, type Preparation } from '../../../src/core/hyperv/prepare-hosts';
import type { FabricHost } from '../../../lab/hyperv/model';
import { fabricAt, UNPREPARED } from '../../support/fabric';
import { NOW } from '../../support/request-record';

const read = (hosts: Record<string, Partial<FabricHost>>, names = ['hyper-v02', 'hyper-v01']) =>
  fabricAt(() => NOW, { hosts }).hyperV.inventory(names);
const asked = (change: Partial<Preparation> = {}): Preparation => ({
  auth: 'kerberos',
  networks: ['10.0.5.0/24'],
  most: null,
  ...change,
});

describe('preparing hosts', () => {
  it('sets what differs and nothing else, host by host', async () => {
    const readings = await read({ 'hyper-v02': { migration: UNPREPARED } });
    const prepared = prepareHosts(readings, asked({ most: 4 }));
    if (prepared.kind === 'refused') throw new Error('refused');
    expect(prepared.settings).toEqual([
      { host: 'hyper-v01', by: 'worker', before: { most: 2 }, after: { most: 4 } },
      {
        host: 'hyper-v02',
        by: 'worker',
        before: { enabled: false, auth: 'credssp', most: 2, anyNetwork: true, networks: [] },
        after: { enabled: true, auth: 'kerberos', most: 4, anyNetwork: false, networks: ['10.0.5.0/24'] },
      },
    ]);
  });

  it('is already so where nothing differs', async () => {
    expect(prepareHosts(await read({}), asked()).kind).toBe('already-so');
  });

  it.each<[string, Record<string, Partial<FabricHost>>, Partial<Preparation>, string]>([
    ['a host that does not answer', { 'hyper-v02': { isUp: false } }, {}, 'host.answers'],
    [
      'CredSSP where Credential Guard runs',
      { 'hyper-v01': { credentialGuard: true } },
      { auth: 'credssp' },
      'host.credential-guard',
    ],
    ['a subnet that a host has no address in', {}, { networks: ['10.9.0.0/24'] }, 'host.subnet'],
  ])('is refused for %s', async (_, hosts, change, check) => {
    const prepared = prepareHosts(await read(hosts), asked(change));
    expect(prepared.kind).toBe('refused');
    expect(
      prepared.verdicts.filter(({ verdict }) => verdict === 'refuse').map((each) => each.check),
    ).toContain(check);
  });

  it.each<[Partial<Preparation>, string]>([
    [{ auth: 'credssp' }, 'host.credssp'],
    [{ networks: 'any' }, 'host.any-network'],
  ])('warns of %j', async (change, check) => {
    const { verdicts } = prepareHosts(await read({}), asked(change));
    expect(verdicts.find((each) => each.verdict === 'warn')?.check).toBe(check);
  });

  it('leaves a host as it was asked for: carried out and read again, nothing is left to do', async () => {
    const migration = fc.record({
      enabled: fc.boolean(),
      auth: fc.constantFrom('kerberos' as const, 'credssp' as const),
      transport: fc.constant('compression' as const),
      most: fc.integer({ min: 1, max: 8 }),
      mostStorage: fc.constant(2),
      anyNetwork: fc.boolean(),
      networks: fc.constantFrom([], [{ subnet: '10.0.1.0/24', priority: 1 }]),
    });
    const wishes = fc.record({
      auth: fc.constantFrom('kerberos' as const, 'credssp' as const),
      networks: fc.constantFrom(null, 'any' as const, ['10.0.5.0/24'], ['10.0.5.0/24', '10.0.1.0/24']),
      most: fc.option(fc.integer({ min: 1, max: 64 })),
    });
    await fc.assert(
      fc.asyncProperty(migration, wishes, async (before, wish) => {
        const { hyperV } = fabricAt(() => NOW, { hosts: { 'hyper-v01': { migration: before } } });
        const first = prepareHosts(await hyperV.inventory(['hyper-v01']), wish);
        if (first.kind === 'refused') throw new Error('refused');
        for (const { host, after } of first.settings) await hyperV.configure(host, after);
        const [now] = await hyperV.inventory(['hyper-v01']);
        expect(prepareHosts(now ? [now] : [], wish).kind).toBe('already-so');
        const migrationNow = now?.facts?.migration;
        expect(
          migrationNow && holds(wantedOf(wish), { ...migrationNow, networks: [...migrationNow.networks] }),
        ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a subnet', () => {
  it.each(['10.0.5.0/24', '10.0.0.0/8', '192.168.1.128/25', '10.0.5.4/30'])('is %s', (text) => {
    expect(isSubnet(text)).toBe(true);
  });
  it.each(['10.0.5.7/24', '10.0.5.0', '10.0.5.0/33', '256.0.0.0/8', '0.0.0.0/0', '10.0.5.0/24;x', '::/64'])(
    'is never %s',
    (text) => {
      expect(isSubnet(text)).toBe(false);
    },
  );
});
