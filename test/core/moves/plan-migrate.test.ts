import type { MigrateAsk } from '../../../src/core/commands/ask';
import { planMigrate } from '../../../src/core/moves/plan-migrate';
import { facts, GB, heard, machine, unprepared } from '../../support/plan-world';

const ask = (change: Partial<MigrateAsk> = {}): MigrateAsk => ({
  verb: 'migrate',
  machines: ['web-01'],
  to: 'hyper-v02',
  storageOnly: null,
  noDelegate: false,
  window: null,
  reason: null,
  ticket: null,
  planOnly: false,
  ...change,
});
const web = machine('web-01');
const refusedOf = ({ kind, verdicts }: ReturnType<typeof planMigrate>) => [
  kind,
  verdicts.flatMap(({ verdict, sentence }) => (verdict === 'refuse' ? [sentence] : [])),
];
const NEEDED = { before: { enabled: false, auth: 'credssp' }, after: { enabled: true, auth: 'kerberos' } };

describe('what hosts are set to before named machines move', () => {
  it('is what moves need of the hosts that they leave and go to, and nothing of others', () => {
    const there = unprepared('hyper-v03', [machine('web-03')]);
    const hosts = [unprepared('hyper-v02', [machine('web-02')]), unprepared('hyper-v01', [web]), there];
    const plan = planMigrate(hosts, ask({ machines: ['web-01', 'web-02'] }));
    expect(plan).toMatchObject({
      kind: 'plan',
      settings: [
        { host: 'hyper-v01', by: 'worker', ...NEEDED },
        { host: 'hyper-v02', by: 'worker', ...NEEDED },
      ],
      envelope: { machines: [{ name: 'web-01' }], destinations: ['hyper-v02'] },
    });
  });

  it('is nothing where all of them are set up, or none of them moves', () => {
    const ready = [heard('hyper-v01', facts('hyper-v01', [web])), heard('hyper-v02', facts('hyper-v02', []))];
    expect(planMigrate(ready, ask())).toMatchObject({ kind: 'plan', settings: [] });
    expect(planMigrate([unprepared('hyper-v02', [web])], ask()).kind).toBe('already-so');
  });

  it('is nothing where only disks move within a host', () => {
    const local = machine('web-01', { disks: [{ path: 'C:\\vms\\a.vhdx', bytes: 80 * GB, kind: 'local' }] });
    const plan = planMigrate([unprepared('hyper-v02', [local])], ask({ storageOnly: 'D:\\x' }));
    expect(plan).toMatchObject({ kind: 'plan', settings: [] });
  });

  it('is nothing where nothing is to be set up first: the move is refused', () => {
    const hosts = [heard('hyper-v01', facts('hyper-v01', [web])), unprepared('hyper-v02')];
    const plan = planMigrate(hosts, ask({ noDelegate: true }));
    expect(refusedOf(plan)).toEqual([
      'refused',
      ['web-01: hyper-v01 uses Kerberos, hyper-v02 CredSSP.', 'web-01: It is off at hyper-v02.'],
    ]);
  });

  it('makes up for nothing else that hosts lack', () => {
    const { migration, ...other } = facts('hyper-v02', []);
    const apart = { ...migration, enabled: false, networks: ['10.0.9.0/24'] };
    const hosts = [unprepared('hyper-v01', [web]), heard('hyper-v02', { ...other, migration: apart })];
    expect(refusedOf(planMigrate(hosts, ask()))).toEqual([
      'refused',
      ['web-01: hyper-v01 has 10.0.5.0/24, hyper-v02 10.0.9.0/24.'],
    ]);
  });

  it('is refused of more hosts than a card can show', () => {
    const names = Array.from({ length: 16 }, (_, at) => `vm-${at + 10}`);
    const sources = names.map((name) => unprepared(`h-${name}`, [machine(name, { gb: 1 })]));
    const hosts = [...sources, unprepared('hyper-v02')];
    const tooMany = '17 hosts would have to be set up first: one request sets 16 at most.';
    expect(refusedOf(planMigrate(hosts, ask({ machines: names })))).toEqual(['refused', [tooMany]]);
    const [, others] = refusedOf(planMigrate(hosts, ask({ machines: names, noDelegate: true })));
    expect(others).not.toContain(tooMany);
  });
});
