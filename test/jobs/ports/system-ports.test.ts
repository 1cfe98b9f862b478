import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';

describe('the system clock', () => {
  it('tells the time, and another that never goes back', () => {
    const before = Date.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
    const first = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first);
  });

  it('waits as long as it is told', async () => {
    const start = performance.now();
    await systemClock.wait(30);
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  });

  it('stops waiting when the signal aborts, and does not begin when it has', async () => {
    const end = new AbortController();
    const start = performance.now();
    const waits = [systemClock.wait(60_000, end.signal), systemClock.wait(60_000, end.signal)];
    end.abort();
    await Promise.all([...waits, systemClock.wait(60_000, end.signal)]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('does not take a very long wait for none', async () => {
    const end = new AbortController();
    const long = systemClock.wait(2 ** 31, end.signal).then(() => 'long');
    expect(await Promise.race([long, systemClock.wait(30).then(() => 'short')])).toBe('short');
    end.abort();
    expect(await long).toBe('long');
  });
});

it('random hex has two digits a byte and does not repeat', () => {
  const ids = Array.from({ length: 100 }, () => systemRandom.hex(16));
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(100);
});
