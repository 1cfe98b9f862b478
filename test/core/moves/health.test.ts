import fc from 'fast-check';
import type { MoveFault } from '../../../lab/hyperv/model';
import { openFabricClock } from '../../../lab/hyperv/fabric-clock';
import type { MachineReading } from '../../../src/core/hyperv-port';
import { healthAfter, isWell } from '../../../src/core/moves/health';
import type { MachineBefore } from '../../../src/core/moves/move-step';
import { fabricAt } from '../../support/fabric';
import { machine } from '../../support/plan-world';

const HOUR = 3600_000;
const MINUTE = 60_000;

const before: MachineBefore = {
  state: 'running',
  uptimeMs: HOUR,
  heartbeat: 'ok',
  switches: ['LAN', null, 'DMZ'],
  addresses: ['10.0.1.50', 'fe80::1'],
  at: 10 * HOUR,
  jobs: [],
};

/** What is wrong ten minutes later, by the names of the checks. */
function illOf(change: Partial<MachineReading>, was: Partial<MachineBefore> = {}): readonly string[] {
  const earlier = { ...before, ...was };
  const { switches, addresses, heartbeat, state } = earlier;
  const same = { state, heartbeat, switches, addresses, uptimeMs: earlier.uptimeMs + 10 * MINUTE };
  const reading = { ...machine('web', same), ...change };
  const checks = healthAfter(earlier, {
    reading,
    host: 'hyper-v02',
    at: earlier.at + 10 * MINUTE,
    isRestarted: false,
  });
  return checks.filter(({ isWell: isIt }) => !isIt).map(({ name }) => name);
}

describe('a machine after its move', () => {
  it.each<[string, Partial<MachineReading>, Partial<MachineBefore>, string[]]>([
    ['is as it was', {}, {}, []],
    ['is paused', { state: 'paused' }, {}, ['State']],
    ['has no heartbeat', { heartbeat: 'lost' }, {}, ['Heartbeat']],
    ['had no heartbeat before', { heartbeat: 'none' }, { heartbeat: 'none' }, []],
    ['was started anew', { uptimeMs: 5_000 }, {}, ['Uptime']],
    ['was started anew soon after it had started', { uptimeMs: 9_000 }, { uptimeMs: 10_000 }, ['Uptime']],
    ['was held for a moment', { uptimeMs: HOUR + 9 * MINUTE }, {}, []],
    ['stood still for two minutes', { uptimeMs: HOUR + 8 * MINUTE - 1 }, {}, ['Uptime']],
    ['is at a switch of another name', { switches: ['WAN', null, 'DMZ'] }, {}, []],
    ['has lost an adapter', { switches: ['LAN', 'DMZ', null] }, {}, ['Network']],
    ['has lost all of them', { switches: [] }, {}, ['Network']],
    ['never had one that was connected', { switches: [null] }, { switches: [null] }, []],
    ['has lost its address', { addresses: ['fe80::1'] }, {}, ['Address']],
    ['has another address of IPv6', { addresses: ['10.0.1.50', 'fe80::2'] }, {}, []],
    [
      'has none of its addresses of IPv6',
      { addresses: ['fe80::2'] },
      { addresses: ['fe80::1'] },
      ['Address'],
    ],
    [
      'has one of its addresses of IPv6',
      { addresses: ['fe80::3', 'fe80::1'] },
      { addresses: ['fe80::1', 'fe80::2'] },
      [],
    ],
    ['was never seen on the network', { addresses: [] }, { addresses: [] }, []],
    [
      'was off, and is',
      { uptimeMs: 0, switches: [], addresses: [], heartbeat: 'none' },
      { state: 'off' },
      [],
    ],
    ['was off, and runs', { state: 'running' }, { state: 'off' }, ['State']],
  ])('%s', (_, change, was, expected) => {
    expect(illOf(change, was)).toEqual(expected);
  });

  it('says of all that is wrong what to do, and makes no command of what a host says', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('"; Remove-VM *', "'; iex x", '’; iex x', '$(x)'),
    );
    fc.assert(
      fc.property(name, (switchName) => {
        const reading = machine('web', { state: 'other', heartbeat: 'lost', switches: [], addresses: [] });
        const was = { ...before, switches: [switchName] };
        const checks = healthAfter(was, { reading, host: 'hyper-v02', at: before.at, isRestarted: false });
        expect(checks.map((each) => [each.name, each.isWell, each.fix !== ''])).toEqual(
          ['State', 'Heartbeat', 'Uptime', 'Network', 'Address'].map((each) => [each, false, true]),
        );
        const fix = checks[3]?.fix ?? '';
        // Between the outer quotes every kind of quote stands twice.
        const [, inner = ''] = /-SwitchName '([^]*)'\.$/.exec(fix) ?? [];
        expect(inner.replaceAll(/(['\u2018-\u201B])\1/g, '')).not.toMatch(/['\u2018-\u201B]/);
        expect(inner.replaceAll(/(['\u2018-\u201B])\1/g, '$1')).toBe(switchName);
      }),
    );
  });
});

describe('a machine of the practice fabric after its move', () => {
  /** Moves web-01 from hyper-v01 to hyper-v02, and looks a minute later. */
  async function moved(fault: MoveFault | null) {
    let now = 1_764_000_000_000;
    const clock = openFabricClock(1, () => now);
    const { fabric, hyperV } = fabricAt(() => clock.now());
    const [first] = await hyperV.inventory(['hyper-v01']);
    const was = first?.facts?.machines.find(({ name }) => name === 'web-01');
    if (!first || !was) throw new Error('the practice fabric has no web-01');
    if (fault) fabric.spoil(was.id, fault);
    const order = { machine: was.id, from: 'hyper-v01', to: 'hyper-v02', storage: null };
    await hyperV.start(order).catch(() => undefined);
    now += MINUTE;
    const [there] = await hyperV.inventory(['hyper-v02']);
    const reading = there?.facts?.machines.find(({ id }) => id === was.id);
    if (!there || !reading) throw new Error('web-01 did not arrive');
    const { state, uptimeMs, heartbeat, switches, addresses } = was;
    const seen = { state, uptimeMs, heartbeat, at: first.at, jobs: [] };
    const earlier = { ...seen, switches: [...switches], addresses: [...addresses] };
    return healthAfter(earlier, { reading, host: there.host, at: there.at, isRestarted: false });
  }

  it.each([null, 'reply-lost'] as const)('is well when nothing was wrong with it (%s)', async (fault) => {
    const checks = await moved(fault);
    expect(isWell(checks)).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(['State', 'Heartbeat', 'Uptime', 'Network', 'Address']);
  });

  it('is not well when nobody hears it, though it runs', async () => {
    const ill = (await moved('unreachable')).filter((each) => !each.isWell);
    expect(ill).toMatchObject([
      { name: 'Heartbeat', fix: expect.stringContaining('Restart-VM') },
      { name: 'Address', sentence: '10.0.1.50 was seen before the move and is not now.' },
    ]);
  });
});
