import { simulateDomain } from '../../lab/directory/simulated-domain';
import { Fault } from '../../src/core/problem';
import type { Directory } from '../../src/core/ports';
import type { DelegationsAnswer } from '../../src/core/survey/answer';
import { createRequestClient } from '../../src/jobs/client';
import { createListClient } from '../../src/jobs/lists';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { valuesFor } from '../core/survey/surveyed-domain';
import { recordAdded, serveLists } from '../support/list-worker';
import { memoryClock } from '../support/memory-clock';
import { policy, requester, testKeys, times } from '../support/request-record';

/** The practice domain in memory, a worker that answers, and the client. */
async function stage(change: (directory: Directory) => Partial<Directory> = () => ({}), isServed = true) {
  const clock = memoryClock();
  const { domain, directory } = simulateDomain(clock);
  const ledger = openMemoryLedger(clock);
  const queue = openMemoryQueue(clock);
  const shown = { ...directory, ...change(directory) };
  const proof = { prove: () => Promise.resolve('granted' as const) };
  if (isServed) await serveLists({ queue, ledger, directory: shown, clock }, { proof });
  const client = createListClient({ queue, ledger, clock, policy });
  const guidOf = (name: string): string => domain.objects().find((each) => each.name === name)?.guid ?? '';
  const edit = (name: string, values: { add?: readonly string[]; remove?: readonly string[] }): void => {
    const result = domain.change(guidOf(name), { add: [], remove: [], ...values });
    if (result !== 'changed') throw new Error(`${name} was not edited: ${result}`);
  };
  const found = async () => {
    const listed = await client.findings(requester);
    if (listed.kind === 'refused') throw new Error(listed.problem.summary);
    return listed.answer;
  };
  const asked = async (
    host: string | null,
    options: { verify?: boolean; raw?: boolean } = {},
  ): Promise<DelegationsAnswer> => {
    const name = host === null ? null : ({ kind: 'short', text: host } as const);
    const listed = await client.delegations({ host: name, verify: false, raw: false, ...options }, requester);
    if (listed.kind === 'refused') throw new Error(listed.problem.summary);
    return listed.answer;
  };
  return { clock, ledger, queue, client, guidOf, edit, found, asked };
}

const both = { add: valuesFor('hyper-v02') };

describe('findings', () => {
  it('take the baseline at the first run; later runs call new what was not there, and what comes back', async () => {
    const { clock, edit, found } = await stage();
    const first = await found();
    expect(first.baseline).toEqual({ at: clock.now(), isFirst: true });
    expect(first.findings.map(({ isNew }) => isNew)).toEqual([false, false, false, false]);

    await clock.pass(60_000);
    edit('hyper-v01', { add: ['cifs/ghost98'] });
    const second = await found();
    expect(second.baseline).toEqual({ at: first.baseline.at, isFirst: false });
    const news = second.findings.filter(({ isNew }) => isNew).map(({ code, hosts }) => [code, hosts]);
    expect(news).toEqual([
      ['spn.ghost', ['hyper-v01', 'ghost98']],
      ['value.not-ours', ['hyper-v01']],
    ]);

    edit('hyper-v04', { remove: ['cifs/ghost99'] });
    expect((await found()).findings.map(({ hosts }) => hosts[0])).not.toContain('hyper-v04');
    edit('hyper-v04', { add: ['cifs/ghost99'] });
    const back = (await found()).findings.find(({ hosts }) => hosts.includes('ghost99'));
    expect(back?.isNew).toBe(true);
  });

  it('keep the baseline whole while an object cannot be read', async () => {
    const hidden: { isHidden: boolean } = { isHidden: false };
    const { found } = await stage((directory) => ({
      async survey() {
        const survey = await directory.survey();
        if (!hidden.isHidden) return survey;
        const objects = survey.objects.filter(({ name }) => name !== 'hyper-v04');
        return { ...survey, objects, unread: ['CN=hyper-v04'] };
      },
    }));
    await found();
    hidden.isHidden = true;
    expect((await found()).unread).toEqual(['CN=hyper-v04']);
    hidden.isHidden = false;
    expect((await found()).findings.some(({ isNew }) => isNew)).toBe(false);
  });

  it('take one baseline when two people are first', async () => {
    const { found } = await stage();
    const answers = await Promise.all([found(), found()]);
    expect(answers.filter(({ baseline }) => baseline.isFirst)).toHaveLength(1);
    expect(answers.flatMap(({ findings }) => findings).some(({ isNew }) => isNew)).toBe(false);
  });

  it('say nothing against what a request of ours wrote', async () => {
    const { edit, found, ledger, guidOf } = await stage();
    edit('hyper-v01', both);
    edit('hyper-v02', { add: valuesFor('hyper-v01') });
    const codes = async () =>
      (await found()).findings.filter(({ hosts }) => hosts.includes('hyper-v01')).map(({ code }) => code);
    expect(await codes()).toEqual(['value.not-ours']);
    await recordAdded(ledger, guidOf('hyper-v01'), both.add);
    expect(await codes()).toEqual([]);
  });
});

describe('delegations', () => {
  it('give the whole domain in figures and as a matrix', async () => {
    const { asked, edit, ledger, guidOf } = await stage();
    edit('hyper-v01', { add: [...valuesFor('hyper-v02'), ...valuesFor('hyper-v03', 'short')] });
    await recordAdded(ledger, guidOf('hyper-v01'), valuesFor('hyper-v02'));
    const answer = await asked(null, { raw: true });
    expect(answer).toMatchObject({
      kind: 'overview',
      checks: null,
      overview: {
        sources: [
          { name: 'dc1', trust: 'unconstrained', values: 0 },
          { name: 'hyper-v-any', trust: 'unconstrained', values: 0 },
          { name: 'hyper-v01', trust: 'any-protocol', isInBases: true, values: 6, notOurs: 2, ghosts: 0 },
          { name: 'hyper-v04', values: 1, notOurs: 1, ghosts: 1, raw: ['cifs/ghost99'] },
        ],
        links: [
          { source: 'hyper-v01', destination: 'hyper-v02', cifs: 'both', migration: 'both' },
          { source: 'hyper-v01', destination: 'hyper-v03', cifs: 'short', migration: 'short' },
        ],
        hosts: expect.arrayContaining(['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04', 'branch-hv01']),
      },
    });
  });

  it('give one host as its tab shows it, with origins, and who may delegate to it', async () => {
    const { asked, edit, ledger, guidOf } = await stage();
    edit('hyper-v01', both);
    edit('hyper-v03', { add: ['cifs/hyper-v01'] });
    const { label } = await recordAdded(ledger, guidOf('hyper-v01'), valuesFor('hyper-v02', 'short'));
    expect(await asked('hyper-v01', { raw: true })).toMatchObject({
      kind: 'host',
      raw: true,
      checks: null,
      view: {
        name: 'hyper-v01',
        host: {
          trust: 'any-protocol',
          rows: [
            {
              serviceType: 'cifs',
              host: 'hyper-v02',
              owner: 'one',
              names: ['short', 'fqdn'],
              values: [
                { value: 'cifs/hyper-v02', origin: label },
                { value: 'cifs/hyper-v02.mabofeng.com', origin: null },
              ],
            },
            { serviceType: 'Microsoft Virtual System Migration Service', names: ['short', 'fqdn'] },
          ],
        },
        incoming: [{ source: 'hyper-v03', rows: [{ serviceType: 'cifs', names: ['short'] }] }],
      },
    });
  });

  it('give a host without any, one that no longer exists, and the nearest name of one that never did', async () => {
    const { asked } = await stage();
    expect(await asked('hyper-v02')).toMatchObject({
      kind: 'host',
      view: { host: { trust: 'any-protocol', rows: [] }, incoming: [] },
    });
    expect(await asked('ghost99')).toMatchObject({
      kind: 'host',
      view: { name: 'ghost99', host: null, incoming: [{ source: 'hyper-v04' }] },
    });
    expect(await asked('hyper-v91')).toEqual({
      kind: 'unknown-host',
      name: 'hyper-v91',
      nearest: 'hyper-v01',
    });
  });

  it('are verified on every domain controller, and by the KDC', async () => {
    const { asked, edit } = await stage(() => ({
      readEverywhere: async () => [
        { server: 'dc1', seen: { values: [...both.add].toReversed(), control: 0x1000 } },
        { server: 'dc2', seen: { values: [], control: 0x1000 } },
        { server: 'dc3', seen: 'silent' as const },
      ],
    }));
    edit('hyper-v01', both);
    const check = { source: 'hyper-v01', servers: 3, agreeing: 1, differing: ['dc2'], silent: ['dc3'] };
    expect(await asked('hyper-v01', { verify: true })).toMatchObject({
      checks: [check],
      proofs: [{ destination: 'hyper-v02', result: 'granted' }],
    });
    const overview = await asked(null, { verify: true });
    expect(overview).toMatchObject({ checks: [check, { source: 'hyper-v04', agreeing: 0 }] });
  });
});

describe('a list that cannot be had', () => {
  it('is refused to whom the read rights do not name', async () => {
    const { queue, ledger, clock } = await stage();
    const rules = { read: { findings: ['U0OTHER'], delegations: ['U0OTHER'] } };
    const client = createListClient({ queue, ledger, clock, policy: rules });
    const refused = { kind: 'refused', problem: { code: 'read.not-allowed' } };
    expect(await client.findings(requester)).toMatchObject(refused);
    expect(await client.delegations({ host: null, verify: false, raw: false }, requester)).toMatchObject(
      refused,
    );
    expect(await ledger.findingsBaseline()).toBeNull();
  });

  it('fails within 3 s when no worker is there', async () => {
    const { clock, client } = await stage(undefined, false);
    const failed = client.findings(requester).catch((error: Fault) => error.code);
    await clock.pass(2_499);
    const early = await Promise.race([failed, Promise.resolve('waits')]);
    await clock.pass(1);
    expect([early, await failed]).toEqual(['waits', 'queue.no-answer']);
  });

  it('fails with the directory’s own words', async () => {
    const { client, ledger } = await stage(() => ({
      survey: () =>
        Promise.reject(
          new Fault({
            code: 'directory.access',
            retry: 'never',
            message: 'dc1 refused.',
            remedy: 'Grant it.',
          }),
        ),
    }));
    await expect(client.findings(requester)).rejects.toMatchObject({
      name: 'Fault',
      message: 'dc1 refused.',
      remedy: 'Grant it.',
    });
    expect(await ledger.findingsBaseline()).toBeNull();
  });
});

it('a worker that answers lists still answers previews, and nothing else', async () => {
  const { queue, ledger, clock } = await stage();
  const settings = { policy, times };
  const client = createRequestClient({
    queue,
    ledger,
    clock,
    settings,
    signer: testKeys().signer,
    random: { hex: () => '0' },
  });
  const ask = {
    verb: 'delegate',
    sources: [{ kind: 'host', host: { kind: 'short', text: 'hyper-v01' } }],
    destinations: [{ kind: 'host', host: { kind: 'short', text: 'hyper-v02' } }],
    way: 'one-way',
    services: ['cifs'],
    protocol: null,
    forMs: null,
    reason: null,
    ticket: null,
    planOnly: true,
  } as const;
  expect((await client.preview(ask, requester)).part?.changes).toHaveLength(1);
  for (const odd of [{ about: 'delegations' }, { about: 'findings', more: 1 }, 7, null]) {
    await expect(queue.ask('directory', odd, 1_000)).rejects.toMatchObject({ code: 'queue.question-failed' });
  }
});
