import { hostsSection } from '../../../src/bot/home/hosts';
import { createHomeClient } from '../../../src/jobs/home';
import { openMemoryLedger } from '../../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../../src/jobs/queue/memory-queue';
import type { Policy } from '../../../src/core/settings';
import { memoryClock } from '../../support/memory-clock';
import { approver, NOW, requester } from '../../support/request-record';
import { rendered } from '../support/rendered';

const GB = 1024 ** 3;
const policy: Policy = {
  hostGroups: { lab: ['hyper-v02'] },
  read: { hosts: [{ people: [approver.user] }, { people: 'anyone', hosts: ['lab'] }] },
};

async function overviewFor(by: typeof requester, noted: number | null) {
  const clock = memoryClock(NOW);
  const parts = { ledger: openMemoryLedger(clock), queue: openMemoryQueue(clock), clock };
  if (noted !== null) {
    await parts.ledger.noteLoad('hyper-v01', { at: noted - 1, load: 99, free: 1, total: 64 * GB });
    await parts.ledger.noteLoad('hyper-v01', { at: noted, load: 12, free: 41.7 * GB, total: 64 * GB });
  }
  const client = createHomeClient({ ...parts, policy, hosts: ['hyper-v01', 'hyper-v02'] });
  const asking = client.overview(by);
  // Nobody serves the directory.
  await clock.pass(1_000);
  return asking;
}
const show = (overview: Awaited<ReturnType<typeof overviewFor>>): string => {
  const section = hostsSection(overview);
  return section ? rendered({ text: '', blocks: [...section.title, ...section.entries.flat()] }) : 'nothing';
};

describe('hosts at Home', () => {
  it('are those that the person may see, by what was noted last', async () => {
    const text = show(await overviewFor(approver, NOW - 60_000));
    expect(text).toContain('# Hosts · 2');
    expect(text).toContain('hyper-v01        41/64 GB     CPU 12 %\nhyper-v02        nothing was noted yet');
    expect(text).toContain('[Hosts now]');
    expect(text).not.toContain('⚠');
    const other = await overviewFor(requester, NOW);
    expect(other.hosts.map(({ host }) => host)).toEqual(['hyper-v02']);
  });

  it('say since when no Windows worker is there', async () => {
    expect(show(await overviewFor(approver, NOW - 6 * 60_000))).toMatch(/⚠ No Windows worker since <!date\^/);
    expect(show(await overviewFor(approver, null))).toContain('⚠ No Windows worker has noted anything yet.');
  });

  it('are nothing for who may see none', async () => {
    expect(show({ ...(await overviewFor(requester, NOW)), hosts: [] })).toBe('nothing');
  });
});
