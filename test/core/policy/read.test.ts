import { mayRead, refuseReader } from '../../../src/core/policy/read';
import { Policy } from '../../../src/core/policy/schema';
import { visibleDelegations, visibleFindings } from '../../../src/core/policy/visible';

const rights = Policy.parse({
  hostGroups: { production: ['prod-*'], lab: ['lab-*'] },
  deny: ['U0DENIED'],
  read: {
    findings: ['U0AUDITOR', 'U0DENIED'],
    delegations: [{ people: 'anyone', hosts: ['lab'] }, { people: ['U0AUDITOR'] }],
    suggestions: 'anyone',
  },
});
const who = (user: string) => ({ enterprise: null, team: 'T1', user });
const auditor = who('U0AUDITOR');
const member = who('U0MEMBER');

describe('read rights', () => {
  it.each([
    [member, 'findings', undefined, false],
    [auditor, 'findings', undefined, true],
    [auditor, 'findings', 'prod-1', true],
    [who('U0DENIED'), 'findings', undefined, false],
    [who('U0DENIED'), 'suggestions', 'lab-1', false],
    [member, 'delegations', undefined, true],
    [member, 'delegations', 'lab-1.example.com', true],
    [member, 'delegations', 'prod-1', false],
    [member, 'delegations', 'elsewhere', false],
    [auditor, 'delegations', 'prod-1', true],
    [member, 'suggestions', 'prod-1', true],
    [auditor, 'hosts', undefined, false],
    [auditor, 'audit', undefined, false],
  ] as const)('let %j see %s of %s: %s', (person, surface, host, sees) => {
    const sight = host === undefined ? { surface } : { surface, host };
    expect(mayRead(rights, person, sight)).toBe(sees);
    expect(refuseReader(rights, person, sight) === null).toBe(sees);
  });

  it('let nobody see anything where nothing is granted', () => {
    for (const surface of ['findings', 'delegations', 'hosts', 'audit', 'suggestions'] as const) {
      expect([mayRead({}, auditor, { surface }), mayRead({ read: {} }, auditor, { surface })]).toEqual([
        false,
        false,
      ]);
      expect(mayRead({ read: { [surface]: [] } }, auditor, { surface })).toBe(false);
    }
  });

  it('leave out of a list what names a host that is not seen', () => {
    const sees = (host: string) => mayRead(rights, member, { surface: 'delegations', host });
    const source = (name: string) =>
      ({ name, trust: 'kerberos', isInBases: true, values: 1, notOurs: 0, ghosts: 0, raw: [] }) as never;
    const link = (from: string, to: string) =>
      ({ source: from, destination: to, cifs: 'both', migration: 'none' }) as const;
    const seen = visibleDelegations(
      {
        kind: 'overview',
        overview: {
          server: 'dc1',
          at: 0,
          unread: ['CN=PROD-9,OU=x', 'CN=LAB-9,OU=x'],
          sources: [source('prod-1'), source('lab-1')],
          hosts: ['prod-1', 'lab-1', 'lab-2'],
          links: [link('lab-1', 'prod-1'), link('lab-1', 'lab-2'), link('prod-1', 'lab-1')],
        },
        checks: ['lab-1', 'prod-1'].map((name) => ({
          source: name,
          servers: 1,
          agreeing: 1,
          differing: [],
          silent: [],
        })),
      },
      { sees, suggests: sees },
    );
    expect(JSON.stringify(seen)).not.toMatch(/prod/i);
    expect(seen).toMatchObject({
      overview: { hosts: ['lab-1', 'lab-2'], links: [{ source: 'lab-1', destination: 'lab-2' }] },
    });
  });

  it('suggest no name that is not seen', () => {
    const answer = { kind: 'unknown-host', name: 'prod-x', nearest: 'prod-1' } as const;
    const rest = { sees: () => true };
    expect(visibleDelegations(answer, { ...rest, suggests: () => false })).toEqual({
      ...answer,
      nearest: null,
    });
    expect(visibleDelegations(answer, { ...rest, suggests: () => true })).toEqual(answer);
  });

  it('show a finding only to who may see every host of it', () => {
    const found = [{ hosts: ['lab-1', 'prod-1'] }, { hosts: ['lab-1'] }, { hosts: [] }];
    expect(visibleFindings(found, (host) => host.startsWith('lab'))).toEqual([
      { hosts: ['lab-1'] },
      { hosts: [] },
    ]);
  });
});
