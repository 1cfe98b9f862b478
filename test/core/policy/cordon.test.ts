import { mayCordon, refuseCordon } from '../../../src/core/policy/cordon';
import type { Policy } from '../../../src/core/settings';

const NIGHT = Date.UTC(2026, 10, 24, 23, 0);
const DAY = Date.UTC(2026, 10, 24, 12, 0);
const person = (user: string) => ({ enterprise: null, team: 'T1', user });
const moves = {
  requesters: ['U0MOVER'],
  approvers: ['U0APPROVER'],
  quorum: 1,
  groups: { lab: { requesters: ['U0LAB'], approvers: [], quorum: 1 } },
};
const policy: Policy = {
  hostGroups: { lab: ['hyper-v09'] },
  deny: ['U0DENIED'],
  cordon: ['U0ONCALL', 'U0DENIED'],
  'live-move': moves,
  maintenanceWindows: [
    {
      name: 'patch-night',
      waives: ['cordon'],
      days: ['tue'],
      from: '22:00',
      until: '23:30',
      timeZone: 'UTC',
    },
  ],
};

describe('who may cordon a host', () => {
  it.each([
    ['whom the policy names', 'U0ONCALL', 'hyper-v01', DAY, null],
    ['who may ask for moves to it', 'U0MOVER', 'hyper-v01', DAY, null],
    ['who may approve them', 'U0APPROVER', 'hyper-v01', DAY, null],
    ['nobody else', 'U0OTHER', 'hyper-v01', DAY, 'cordon.not-allowed'],
    ['who may ask for moves to its group', 'U0LAB', 'hyper-v09', DAY, null],
    ['not who may ask for others only', 'U0MOVER', 'hyper-v09', DAY, 'cordon.not-allowed'],
    ['anybody while a window waives it', 'U0OTHER', 'hyper-v01', NIGHT, null],
    ['nobody who is denied', 'U0DENIED', 'hyper-v01', NIGHT, 'person.denied'],
  ])('is %s', (_, user, host, at, code) => {
    expect(refuseCordon(policy, { host, by: person(user), at })?.code ?? null).toBe(code);
  });

  it('is nobody where nothing is said, nor in a window that waives something else', () => {
    const [window] = policy.maintenanceWindows ?? [];
    const other: Policy = window ? { maintenanceWindows: [{ ...window, waives: ['live-move'] }] } : {};
    for (const rules of [{}, other]) {
      expect(refuseCordon(rules, { host: 'hyper-v01', by: person('U0ONCALL'), at: NIGHT })?.code).toBe(
        'cordon.not-allowed',
      );
    }
  });

  it('is told to people in help as far as it can be said without a host', () => {
    const may = ['U0ONCALL', 'U0MOVER', 'U0APPROVER', 'U0OTHER', 'U0DENIED'].map((user) =>
      mayCordon(policy, person(user)),
    );
    expect(may).toEqual([true, true, true, false, false]);
  });
});
