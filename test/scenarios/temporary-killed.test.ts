import { readDelegation } from '../../lab/directory/delegation';
import type { ProgramName } from '../../lab/programs';
import { waitFor } from '../../lab/wait-for';
import { brokenLink } from '../../src/core/request/audit';
import { auditOf, reaches } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { askApproved, cardSays, reversalOf, threadSays, trueReport } from '../support/thread';

const cases: { from: string; dead: ProgramName[]; who: string }[] = [
  { from: 'from1', dead: ['directory'], who: 'the directory worker' },
  { from: 'from2', dead: ['conduct'], who: 'the conducting worker' },
  { from: 'from3', dead: ['conduct', 'directory'], who: 'every worker' },
];

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ hosts: ['to', 'from1', 'from2', 'from3'].map((name) => ({ name })) });
});
afterAll(() => instance.stop());

describe('what was given for ten seconds', () => {
  it.each(cases)(
    'is there as long as $who is dead, and goes once there is one again',
    async ({ from, dead }) => {
      const [source, destination] = [instance.host(from), instance.host('to')];
      const kdc = async () =>
        (await instance.client.get('/_lab/kdc', { from: source, to: destination }))['cifs'];
      const asked = await askApproved(instance, `/delegate ${source} -> ${destination} cifs --for 10s`);
      const { until } = await reaches(instance, asked, 'done');
      await trueReport(instance, asked);
      for (const name of dead) await instance.programs.get(name)?.kill();
      await waitFor('it to be due', () => Promise.resolve(Date.now() > (until ?? Infinity) || undefined));
      expect([await kdc(), (await readDelegation(testDomain(), source)).length]).toEqual(['granted', 2]);
      const reversal = await reversalOf(instance, asked);
      expect((await instance.ledger.read(reversal.id))?.ending).toBeNull();

      for (const name of dead) await instance.start(name);
      const { proof } = await reaches(instance, reversal, 'done');
      expect(proof).toMatchObject({ level: 'proved', converged: 1, servers: 1 });
      expect([await kdc(), await readDelegation(testDomain(), source)]).toEqual(['refused', []]);
      expect(await threadSays(instance, asked, /Taken away again/)).toContain(
        `2 values removed from ${source}`,
      );
      await cardSays(instance, asked, /Was taken away again/);
      expect((await auditOf(instance, reversal)).filter((what) => what === 'outcome')).toHaveLength(1);
      expect(brokenLink(await instance.ledger.audit(reversal.id))).toBeNull();
    },
    60_000,
  );
});
