import { GOAL } from '../../bench/drain/bench';
import { drainOnce } from '../../bench/drain/course';

describe('the bench of drains', () => {
  it.each([false, true])(
    'empties a host of 12 machines within its goal of the time that their bytes take (with disks: %s)',
    async (withDisks) => {
      const { tookMs, boundMs } = await drainOnce({ machines: 12, withDisks });
      expect(tookMs / boundMs).toBeGreaterThanOrEqual(0.999);
      expect(tookMs / boundMs).toBeLessThanOrEqual(GOAL);
    },
    60_000,
  );
});
