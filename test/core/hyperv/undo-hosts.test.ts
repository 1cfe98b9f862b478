import fc from 'fast-check';
import type { HostReading } from '../../../src/core/hyperv-port';
import { settingsOf, type HostSettings } from '../../../src/core/hyperv/host-settings';
import { prepareHosts } from '../../../src/core/hyperv/prepare-hosts';
import { isBackOf, undoHosts } from '../../../src/core/hyperv/undo-hosts';
import { fabricAt } from '../../support/fabric';
import { NOW } from '../../support/request-record';

const HOST = 'hyper-v01';
const by = 'worker' as const;
const auth = fc.constantFrom('kerberos' as const, 'credssp' as const);
const migration = fc.record({
  enabled: fc.boolean(),
  auth,
  transport: fc.constant('compression' as const),
  most: fc.integer({ min: 1, max: 8 }),
  mostStorage: fc.constant(2),
  anyNetwork: fc.boolean(),
  networks: fc.constantFrom([], [{ subnet: '10.0.1.0/24', priority: 1 }]),
});
const wishes = fc.record({
  auth,
  networks: fc.constantFrom(null, 'any' as const, ['10.0.5.0/24'], ['10.0.5.0/24', '10.0.1.0/24']),
  most: fc.option(fc.integer({ min: 1, max: 64 })),
});
/** What somebody else sets between the request and its undo. */
const meddling: fc.Arbitrary<HostSettings> = fc.record(
  {
    enabled: fc.boolean(),
    auth,
    most: fc.integer({ min: 1, max: 8 }),
    anyNetwork: fc.boolean(),
    networks: fc.constantFrom([], ['10.0.1.0/24']),
  },
  { requiredKeys: [] },
);

const now = (readings: readonly HostReading[]) => {
  const [reading] = readings;
  if (!reading?.facts) throw new Error('silent');
  return settingsOf(reading.facts);
};

describe('undoing settings of a host', () => {
  it('gives back what is still as the request left it, and touches nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(migration, wishes, meddling, async (first, wish, meddled) => {
        const { hyperV } = fabricAt(() => NOW, { hosts: { [HOST]: { migration: first } } });
        const read = () => hyperV.inventory([HOST]);
        const before = now(await read());
        const prepared = prepareHosts(await read(), wish);
        if (prepared.kind === 'refused') throw new Error('refused');
        for (const { after } of prepared.settings) await hyperV.configure(HOST, after);
        await hyperV.configure(HOST, meddled);
        const left = now(await read());
        const undone = undoHosts(await read(), { label: 'R-1', settings: prepared.settings });
        if (undone.kind === 'refused') throw new Error('refused');
        for (const change of undone.settings) {
          expect(isBackOf(change, prepared.settings)).toBe(true);
          await hyperV.configure(HOST, change.after);
        }
        const set: HostSettings = prepared.settings[0]?.after ?? {};
        const end = now(await read());
        const names = Object.keys(end) as (keyof HostSettings)[];
        for (const name of names) {
          const isOurs = name in set && String(left[name]) === String(set[name]);
          expect([name, end[name]]).toEqual([name, isOurs ? before[name] : left[name]]);
        }
        const isLeft = undoHosts(await read(), { label: 'R-1', settings: prepared.settings });
        expect(isLeft.kind).toBe('already-so');
      }),
      { numRuns: 200 },
    );
  });

  const reading = async (changes: object = {}) =>
    fabricAt(() => NOW, { hosts: { [HOST]: changes } }).hyperV.inventory([HOST]);

  it.each<[string, HostSettings, HostSettings, string]>([
    ['live migration goes off', { enabled: false }, { enabled: true }, 'host.turned-off'],
    ['it is CredSSP again', { auth: 'credssp' }, { auth: 'kerberos' }, 'host.credssp'],
    ['any network is used again', { anyNetwork: true }, { anyNetwork: false }, 'host.any-network'],
  ])('warns that %s', async (_, before, after, check) => {
    const settings = [{ host: HOST, by, before, after }];
    const { verdicts, kind } = undoHosts(await reading(), { label: 'R-1', settings });
    expect([kind, verdicts.map((each) => each.check)]).toEqual(['plan', [check]]);
  });

  it('warns of CredSSP where Credential Guard runs, and gives it back all the same', async () => {
    const settings = [
      { host: HOST, by, before: { auth: 'credssp' as const }, after: { auth: 'kerberos' as const } },
    ];
    const { kind, verdicts } = undoHosts(await reading({ credentialGuard: true }), {
      label: 'R-1',
      settings,
    });
    expect([kind, verdicts.map(({ check }) => check)]).toEqual([
      'plan',
      ['host.credssp', 'host.credential-guard'],
    ]);
  });

  it('says what Windows would not take, and leaves it', async () => {
    const settings = [{ host: HOST, by, before: { most: 0 }, after: { most: 2 } }];
    const { kind, verdicts } = undoHosts(await reading(), { label: 'R-1', settings });
    expect([kind, verdicts.map(({ check }) => check)]).toEqual(['already-so', ['undo.not-given-back']]);
  });
});
