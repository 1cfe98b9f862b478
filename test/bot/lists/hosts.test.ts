import { hostsMessage } from '../../../src/bot/lists/hosts';
import { hostsInFull } from '../../../src/bot/lists/hosts-in-full';
import { errorMessage, whyMessage } from '../../../src/bot/lists/why';
import { COLUMNS } from '../../../src/bot/lists/table';
import { bad, ok, unknown } from '../../../src/core/hyperv/check';
import type { ListedHost } from '../../../src/jobs/client';
import { expectSlackTakes } from '../../support/blocks';
import { fabricAt } from '../../support/fabric';
import { NOW } from '../../support/request-record';
import { lintMessage } from '../support/lint';
import { rendered } from '../support/rendered';

const delegates = {
  to: { names: ['hyper-v02', 'hyper-v03'], others: 1 },
  from: { names: ['hyper-v04'], others: 0 },
};
const load = { average: 12, most: 40, leastFree: 20 * 1024 ** 3, samples: 360 };
async function listed(changes: Parameters<typeof fabricAt>[1] = {}): Promise<ListedHost[]> {
  const names = ['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04'];
  const readings = await fabricAt(() => NOW, changes).hyperV.inventory(names);
  return readings.map((reading) => ({ reading, load, delegates, cordon: null }));
}

describe('/hv hosts', () => {
  it('shows two lines of each host that fit a phone, and in words what is odd', async () => {
    const off = { 'hyper-v02': { isUp: false }, 'hyper-v03': { credentialGuard: true } };
    const hosts = await listed({ hosts: off });
    const message = hostsMessage({ kind: 'listed', hosts, unknown: ['hyper-v77'] });
    const text = rendered(message);
    expect(text).toContain('# 3 of 4 hosts ready to move machines');
    expect(text).toContain('hyper-v01        ✔ 28/64 GB  4 VMs\n  CPU 13/12/40 %  0 of 2  Kerberos');
    expect(text).toContain('| ✖ hyper-v02 does not answer: The RPC server is unavailable');
    expect(text).toContain('| ✖ hyper-v77: the Windows worker is not set up for it.');
    const table = text.slice(text.indexOf('```') + 4, text.lastIndexOf('```')).split('\n');
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(COLUMNS);
    expect(lintMessage(message)).toEqual([]);
  });

  it('shows one host in full', async () => {
    const [host] = await listed();
    const message = hostsMessage({ kind: 'listed', hosts: host ? [host] : [], unknown: [] });
    const text = rendered(message);
    expect(text).toContain('# hyper-v01 is ready to move machines');
    for (const part of [
      'Memory: 28 GB free of 64 GB, never less than 20 GB in 6 hours',
      '13 % now, in 6 hours 12 % on average and 40 % at most (360 samples)',
      'Windows: Windows Server 2022, build 20348; machines up to version 10.0',
      'Live migration: on, Kerberos, 10.0.5.0/24',
      'Machines: 4 running of 4; moves: 0 of 2 slots used, 2 storage moves at a time',
      'May act as any user on: hyper-v02 and hyper-v03 and 1 host that you may not see',
      'May act as any user on it: hyper-v04',
      'sql-01               16 GB',
    ])
      expect(text).toContain(part);
    expect(lintMessage(message)).toEqual([]);
  });

  it('tells what else balances a host', async () => {
    const [host] = await listed({ hosts: { 'hyper-v01': { balancers: ['SCVMMAgent'] } } });
    const text = rendered(hostsMessage({ kind: 'listed', hosts: host ? [host] : [], unknown: [] }));
    expect(text).toContain('Balanced by System Center VMM (its service SCVMMAgent runs), too');
  });

  it('says who has cordoned which host, and why, in text that means nothing to Slack', async () => {
    const [first, ...others] = await listed();
    const why = 'New *memory* <!channel>';
    const cordon = {
      id: 'c',
      host: 'hyper-v01',
      by: { enterprise: null, team: 'T1', user: 'U0ONCALL' },
      why,
      at: NOW,
    };
    const hosts = first ? [{ ...first, cordon }, ...others] : [];
    const said =
      /⛔ \*hyper-v01\* is cordoned by <@U0ONCALL> since .*: New \u2060\*\u2060memory\u2060\*\u2060 &lt;!channel&gt;/;
    const messages = [
      hostsMessage({ kind: 'listed', hosts, unknown: [] }),
      ...hostsInFull({ kind: 'listed', hosts, unknown: [] }),
      ...hostsInFull({ kind: 'listed', hosts: hosts.slice(0, 1), unknown: [] }),
    ];
    for (const message of messages) {
      expect(rendered(message)).toMatch(said);
      expect(lintMessage(message)).toEqual([]);
    }
    expect(rendered(hostsMessage({ kind: 'listed', hosts, unknown: [] }))).toContain(
      'hyper-v01        ⛔ 28/64 GB',
    );
  });

  it('says which drain keeps a host empty, and what ends that', async () => {
    const [first] = await listed();
    const by = { enterprise: null, team: 'T1', user: 'U0ONCALL' };
    const cordon = { id: 'c', host: 'hyper-v01', by, why: 'R-1042 empties it', at: NOW, drain: 'd' };
    const message = hostsMessage({
      kind: 'listed',
      hosts: first ? [{ ...first, cordon }] : [],
      unknown: [],
    });
    expect(rendered(message)).toMatch(
      /⛔ \*hyper-v01\* takes no machines since .*: R-1042 empties it, asked by <@U0ONCALL>\. It ends with `\/hv return hyper-v01` or/,
    );
    expect(lintMessage(message)).toEqual([]);
  });

  it('has a button for all of it, which asks for it as if it were typed', async () => {
    const { blocks } = hostsMessage({ kind: 'listed', hosts: await listed(), unknown: [] });
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(buttons).toMatchObject([{ action_id: 'command.hosts-in-full', value: '/hv hosts --full' }]);
  });

  it('shows several hosts in full, and says which do not answer', async () => {
    const hosts = await listed({ hosts: { 'hyper-v02': { isUp: false } } });
    const [message, ...more] = hostsInFull({ kind: 'listed', hosts, unknown: ['hyper-v77'] });
    if (!message) throw new Error('nothing');
    const text = rendered(message);
    expect(more).toEqual([]);
    for (const part of [
      '# 4 hosts in full',
      '| ✔ hyper-v01 is ready to move machines',
      'Disks: D:\\ ',
      'moves: 0 of 2 slots used',
      'May act as any user on it: hyper-v04',
      '| ✖ hyper-v02 does not answer: The RPC server',
      '| ✖ hyper-v77: the Windows worker is not set up for it.',
    ])
      expect(text).toContain(part);
    expect(lintMessage(message)).toEqual([]);
  });

  it('shows many hosts in full in messages that Slack takes, each host once, and counts the others', async () => {
    const four = await listed();
    const hosts = Array.from({ length: 64 }, (_, at): ListedHost => {
      const like = four[at % 4];
      if (!like?.reading.facts) throw new Error('silent');
      return { ...like, reading: { ...like.reading, host: `hyper-v${String(at + 1).padStart(2, '0')}` } };
    });
    const messages = hostsInFull({ kind: 'listed', hosts, unknown: [] });
    expect(messages.length).toBeLessThanOrEqual(4);
    for (const message of messages) {
      expect(lintMessage(message)).toEqual([]);
      expectSlackTakes(message, 'message');
    }
    const text = messages.map(rendered).join('\n');
    const shown = hosts.slice(0, 56);
    for (const { reading } of shown) expect(text.split(`✔ ${reading.host} is ready`)).toHaveLength(2);
    const left = Number(/… and (\d+) hosts more: \/hv hosts HOST/.exec(text)?.[1]);
    expect(text.split(' is ready to move machines').length - 1 + left).toBe(64);
  });

  it('warns of CredSSP, of any network and of live migration that is off', async () => {
    const migration = {
      enabled: false,
      auth: 'credssp',
      transport: 'tcpip',
      most: 2,
      mostStorage: 2,
      anyNetwork: true,
      networks: [],
    } as const;
    const hosts = await listed({ hosts: { 'hyper-v01': { migration, credentialGuard: true } } });
    const text = rendered(hostsMessage({ kind: 'listed', hosts, unknown: [] }));
    expect(text).toContain(
      '⚠ hyper-v01: live migration is off; CredSSP and Credential Guard: every move fails; any network: memory may cross in clear',
    );
  });

  it('says so when there is nothing that the person may see', () => {
    expect(rendered(hostsMessage({ kind: 'listed', hosts: [], unknown: [] }))).toContain('# No host to show');
  });
});

describe('/hv why', () => {
  const cause = bad('Delegation', 'hyper-v01 may not delegate to cifs/hyper-v02.', {
    headline: 'delegation is missing',
    fix: 'Ask for it.',
    command: '/delegate hyper-v01 -> hyper-v02',
  });

  it('has the first cause on top, with a button that asks for the fix, then every check', () => {
    const checks = [ok('Names', 'All is well.'), cause, unknown('Log on', 'Nobody knows.')];
    const message = whyMessage({ checks, cause }, { from: 'hyper-v01', to: 'hyper-v02' });
    expect(rendered(message).split('\n').slice(1)).toEqual([
      '# hyper-v01 → hyper-v02: delegation is missing',
      '| hyper-v01 may not delegate to cifs/hyper-v02.',
      '| To do: Ask for it.',
      '[Ask for this delegation]',
      '| ✔ Names: All is well.',
      '| ✖ Delegation: hyper-v01 may not delegate to cifs/hyper-v02.',
      '| ？ Log on: Nobody knows.',
      '| Nothing was changed by looking.',
    ]);
    expect(lintMessage(message)).toEqual([]);
  });

  it('never says that all is well where something could not be looked at', () => {
    const checks = [ok('Names', 'All is well.'), unknown('Log on', 'Nobody knows.')];
    const text = rendered(whyMessage({ checks, cause: null }, { from: 'a', to: 'b' }));
    expect(text).toContain('nothing is wrong with what was seen; 1 thing could not be looked at');
  });

  it('says what the errors in a pasted text mean, and that it does not know others', () => {
    const text = rendered(errorMessage('Event 21502: failed (0x80070569), see 0x8009030E'));
    expect(text).toContain('0x80070569: A group policy took “Log on as a service”');
    expect(text).toContain('0x8009030E: The source has no credentials');
    expect(rendered(errorMessage('it is broken'))).toContain('No error in this text is known');
  });
});
