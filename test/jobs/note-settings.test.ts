import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { noteSettings } from '../../src/jobs/note-settings';
import { memoryClock } from '../support/memory-clock';
import { modes, NOW, policy, times } from '../support/request-record';

it('tells in the system’s chain that a program starts by other settings than before, and nothing else', async () => {
  const clock = memoryClock(NOW);
  const ledger = openMemoryLedger(clock);
  const settings = { policy, modes, times, tier0: { hosts: [], groups: [] } };
  const start = (program: 'bot' | 'worker/directory', change = {}) =>
    noteSettings({ ledger, clock }, { program, settings: { ...settings, ...change } });
  await start('bot');
  await start('bot');
  await start('worker/directory');
  await start('bot', { policy: { ...policy, deny: ['U0GONE'] } });
  await start('bot', { policy: { ...policy, deny: ['U0GONE'] } });
  const told = await ledger.audit(SYSTEM_CHAIN);
  expect(told.map(({ what, who }) => [what, who])).toEqual([
    ['config.changed', 'bot'],
    ['config.changed', 'worker/directory'],
    ['config.changed', 'bot'],
  ]);
  const [first, second, third] = told.map(({ detail }) => detail);
  expect(first?.['before']).toBeNull();
  // Bot and worker read the same: the same digest.
  expect(second?.['digest']).toBe(first?.['digest']);
  expect(third?.['before']).toBe(first?.['digest']);
  expect(third?.['digest']).not.toBe(first?.['digest']);
});
