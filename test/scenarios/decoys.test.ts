import { readDelegation } from '../../lab/directory/delegation';
import { ask, press, reaches, said } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ hosts: [{ name: 'plain' }, { name: 'other' }] });
});
afterAll(() => instance.stop());

/** Source, destination and a word that only this refusal has; `plain` is an ordinary host of this file. */
const refusals: [string, string, string, RegExp][] = [
  ['a domain controller as destination', 'plain', 'dc1', /domain controller/i],
  ['a domain controller as source', 'dc1', 'plain', /domain controller/i],
  ['a Tier 0 server', 'plain', 'hyper-v-t0', /tier 0|adminCount/i],
  ['a disabled host', 'plain', 'hyper-v-off', /disabled/i],
  ['a source with unconstrained delegation', 'hyper-v-any', 'plain', /unconstrained/i],
  ['a host whose cifs another object owns', 'plain', 'hyper-v05', /oldbox/i],
  ['an unknown host, with the nearest known name', 'plain', 'hyper-v91', /hyper-v0\d/],
  [
    'a name that only a leftover delegation knows',
    'hyper-v04',
    'ghost99',
    /may already delegate to cifs\/ghost99/i,
  ],
  ['a file server without a migration service', 'plain', 'files01', /migration/i],
];

describe('a request aimed at the wrong place', () => {
  it.each(refusals)('is refused for %s, with its own sentence', async (_, from, to, sentence) => {
    const name = (key: string) => (key === 'plain' ? instance.host(key) : key);
    const asked = await ask(instance, `/delegate ${name(from)} -> ${name(to)}`);
    const refused = await reaches(instance, asked, 'refused');
    const sentences = (refused.plan?.verdicts ?? []).filter((verdict) => verdict.verdict === 'refuse');
    expect(sentences.map((verdict) => `${verdict.sentence} ${verdict.remedy}`).join('\n')).toMatch(sentence);
    expect(sentences.every((verdict) => verdict.remedy !== '')).toBe(true);
    expect(refused.plan?.directory.changes).toEqual([]);
  });

  it('has a sentence of its own for each', async () => {
    const records = await Promise.all((await allRequests()).map((id) => instance.ledger.read(id)));
    const first = records.map((record) => record?.ending?.problem?.code);
    expect(new Set(first).size).toBeGreaterThanOrEqual(7);
  });

  it('writes nothing to any of them', async () => {
    for (const host of [
      instance.host('plain'),
      'hyper-v-any',
      'hyper-v-t0',
      'hyper-v-off',
      'hyper-v05',
      'dc1',
    ]) {
      expect([host, await readDelegation(testDomain(), host)]).toEqual([host, []]);
    }
  });

  it('makes the any-protocol bit a person’s step where a source lacks it', async () => {
    const asked = await ask(instance, `/delegate hyper-v-kerb -> ${instance.host('other')}`);
    const { plan } = await reaches(instance, asked, 'waiting');
    expect(plan?.directory.changes.map(({ kind, by }) => [kind, by])).toEqual([
      ['delegation-add', 'worker'],
      ['trust-mode', 'hand'],
    ]);
  });

  it('warns about a source that is to stay without that bit', async () => {
    const text = `/delegate hyper-v-kerb -> ${instance.host('other')} --protocol kerberos`;
    const { plan } = await reaches(instance, await ask(instance, text), 'waiting');
    const warning = plan?.verdicts.find(({ check }) => check === 'source.any-protocol');
    expect(warning).toMatchObject({ verdict: 'warn', remedy: expect.stringMatching(/--protocol any/) });
    expect(warning?.sentence).toMatch(/stays trusted for Kerberos only/);
  });

  it('names what the account lacks where it may not write', async () => {
    const asked = await ask(instance, '/delegate branch-hv01 -> branch-hv02');
    await reaches(instance, asked, 'waiting');
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    const failed = await reaches(instance, asked, 'failed');
    expect(failed.ending?.problem?.remedy).toMatch(/CN=Computers|msDS-AllowedToDelegateTo/);
    expect(await readDelegation(testDomain(), 'branch-hv01')).toEqual([]);
  });

  it('is told at the keyboard what a command lacks, and nothing is recorded', async () => {
    const before = (await allRequests()).length;
    const answer = await instance.client.command({
      user: 'requester',
      channel: 'hyper-v',
      text: '/delegate plain dc1',
    });
    expect(said(answer)).toContain('^');
    expect((await allRequests()).length).toBe(before);
  });
});

/** Ids of every request of this instance, ended ones as well: labels count up from the first. */
async function allRequests(): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1001; ; number += 1) {
    const record = await instance.ledger.findByLabel(`R-${number}`);
    if (!record) return ids;
    ids.push(record.id);
  }
}
