import type { Policy } from '../../src/core/settings';
import { createHostClient } from '../../src/jobs/hosts';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { startHyperV, type Worker } from '../../src/jobs/worker';
import { fabricAt } from '../support/fabric';
import { memoryClock } from '../support/memory-clock';
import { planInPlace } from '../support/plan-in-place';
import { modes, NOW, planning, requester, testKeys, times } from '../support/request-record';

const settings = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 60 };
const silent = { info: () => undefined, error: () => undefined };
const host = (text: string) => ({ kind: 'short' as const, text });
const all: Policy = { read: { hosts: 'anyone', delegations: 'anyone' } };

function stage(policy: Policy) {
  const clock = memoryClock(NOW);
  const parts = { ledger: openMemoryLedger(clock), queue: openMemoryQueue(clock), clock };
  const workers: Worker[] = [];
  return {
    ...parts,
    client: createHostClient({ ...parts, policy }),
    work: async (): Promise<void> => {
      const { hyperV } = fabricAt(() => clock.now());
      const random = systemRandom;
      workers.push(
        await startHyperV({
          ...parts,
          random,
          log: silent,
          hyperV,
          planner: planInPlace,
          settings,
          verifier: testKeys().verifier,
          rules: { policy, times, modes, ...planning },
        }),
      );
    },
    stop: async (): Promise<void> => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await parts.queue.close();
    },
  };
}

describe('hosts', () => {
  it('are told with the load of the last hours, which the worker notes', async () => {
    const { client, work, stop, clock, ledger } = stage(all);
    await ledger.noteLoad('hyper-v01', { at: NOW - 7 * 3600_000, load: 99, free: 1, total: 2 });
    await work();
    await clock.pass(60_000);
    const asking = client.hosts(null, requester);
    // Nobody serves the directory: what is delegated is left out, after a while.
    await clock.pass(3_000);
    const listed = await asking;
    if (listed.kind !== 'listed') throw new Error('refused');
    expect(listed.hosts.map(({ reading }) => reading.host)).toEqual(['hyper-v01', 'hyper-v02']);
    // The one from seven hours ago is not counted.
    expect(listed.hosts[0]?.load).toMatchObject({ samples: 2, most: 13 });
    expect(listed.hosts[0]?.delegates).toBeNull();
    await stop();
  });

  it('are told with whom they delegate to, by name where the person may see that host', async () => {
    const policy: Policy = {
      hostGroups: { mine: ['hyper-v01', 'hyper-v02'] },
      read: { hosts: 'anyone', delegations: [{ people: 'anyone', hosts: ['mine'] }] },
    };
    const { client, work, stop, queue } = stage(policy);
    await work();
    const link = (source: string, destination: string) => ({ source, destination, services: ['cifs'] });
    const links = [
      link('hyper-v01', 'hyper-v02'),
      link('hyper-v01', 'hyper-v09'),
      link('hyper-v02', 'hyper-v01'),
    ];
    const overview = { kind: 'overview', overview: { links } };
    const answerer = await queue.answer('directory', () => Promise.resolve({ ok: true, answer: overview }));
    const listed = await client.hosts(null, requester);
    expect(listed.kind === 'listed' && listed.hosts.map(({ delegates }) => delegates)).toEqual([
      { to: { names: ['hyper-v02'], others: 1 }, from: { names: ['hyper-v02'], others: 0 } },
      { to: { names: ['hyper-v01'], others: 0 }, from: { names: ['hyper-v01'], others: 0 } },
    ]);
    await answerer.stop();
    await stop();
  });

  it('are noted by one worker at a time', async () => {
    const { work, stop, clock, ledger } = stage(all);
    await Promise.all([work(), work(), work()]);
    await clock.pass(3 * 60_000);
    expect((await ledger.loadOf('hyper-v01')).map(({ at }) => at - NOW)).toEqual([
      0, 60_000, 120_000, 180_000,
    ]);
    await stop();
  });

  it('of which the worker knows nothing are named, and none is asked', async () => {
    const { client, work, stop } = stage({ read: { hosts: 'anyone' } });
    await work();
    const listed = await client.hosts(host('dc1'), requester);
    expect(listed).toEqual({ kind: 'listed', hosts: [], unknown: ['dc1'] });
    await stop();
  });

  it('are not told to who may not see them, or not all of them', async () => {
    const some: Policy = {
      hostGroups: { lab: ['hyper-v02'] },
      read: { hosts: [{ people: 'anyone', hosts: ['lab'] }] },
    };
    const { client, work, stop } = stage(some);
    await work();
    const listed = await client.hosts(null, requester);
    expect(listed.kind === 'listed' && listed.hosts.map(({ reading }) => reading.host)).toEqual([
      'hyper-v02',
    ]);
    expect((await client.hosts(host('hyper-v01'), requester)).kind).toBe('refused');
    expect((await stage({}).client.hosts(null, requester)).kind).toBe('refused');
    const move = { from: host('hyper-v02'), to: host('hyper-v01'), machine: null };
    expect((await client.whyNot(move, requester)).kind).toBe('refused');
    await stop();
  });

  it.each([null, host('hyper-v02')])(
    'cannot be told without a Windows worker; it is said since when: %j',
    async (asked) => {
      const { client, ledger, clock, stop } = stage(all);
      await ledger.noteLoad('hyper-v01', { at: NOW - 3600_000, load: 1, free: 1, total: 2 });
      const asking = client.hosts(asked, requester).catch((error: unknown) => error);
      await clock.pass(10_000);
      expect(await asking).toMatchObject({
        code: 'hyperv.no-worker',
        message: 'No Windows worker answers; the last one noted a host’s load 2026-11-23 01:00 UTC.',
      });
      const why = client.whyNot({ from: host('hyper-v01'), to: host('hyper-v02'), machine: null }, requester);
      await clock.pass(20_000);
      const explained = await why;
      expect(
        explained.kind === 'explained' && explained.diagnosis.checks.map(({ result }) => result),
      ).toContain('unknown');
      await stop();
    },
  );
});
