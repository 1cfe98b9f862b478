import { followHomes } from '../../../src/bot/home/follow';
import { Onlookers } from '../../../src/bot/home/onlookers';
import { openMemoryLedger } from '../../../src/jobs/ledger/memory-ledger';
import { memoryClock } from '../../support/memory-clock';

const entry = { what: 'test', who: 'test', at: 0, detail: {} };
const onlooker = (user: string) => ({
  acted: { enterprise: null, team: 'T', user },
  page: 0,
  notice: null,
  shown: '',
});

describe('keeping Homes up to date', () => {
  const end = new AbortController();
  const clock = memoryClock();
  const ledger = openMemoryLedger(clock);
  const drawnAt: number[] = [];
  let isWatched = false;
  let takesMs = 0;
  let isAllDrawn = true;
  const drawnWithin = async (ms: number): Promise<number> => {
    const before = drawnAt.length;
    await clock.pass(ms);
    return drawnAt.length - before;
  };
  beforeAll(() => {
    void followHomes(end.signal, {
      ledger,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      isWatched: () => isWatched,
      async redraw() {
        drawnAt.push(clock.now());
        if (takesMs > 0) await clock.wait(takesMs);
        return isAllDrawn;
      },
    });
  });
  afterAll(() => end.abort());

  it('does nothing while nobody looks on', async () => {
    await ledger.note('', entry);
    expect(await drawnWithin(120_000)).toBe(0);
  });

  it('draws what may have happened before it began, then only what happens, at most every 3 s', async () => {
    isWatched = true;
    expect(await drawnWithin(20_000)).toBe(1);
    for (let second = 0; second < 9; second += 1) {
      await ledger.note('', entry);
      await clock.pass(1_000);
    }
    const [last = 0, before = 0] = drawnAt.toReversed();
    expect(last - before).toBe(3_000);
    await clock.pass(3_000);
    expect(await drawnWithin(24_000)).toBe(0);
  });

  it('looks every half a minute for what no record tells of, such as that a worker is gone', async () => {
    const drawn = await drawnWithin(120_000);
    expect(drawn).toBeGreaterThan(2);
    expect(drawn).toBeLessThan(6);
  });

  it('tries again soon what could not be drawn', async () => {
    isAllDrawn = false;
    await ledger.note('', entry);
    expect(await drawnWithin(9_500)).toBeGreaterThan(2);
    isAllDrawn = true;
    await clock.pass(3_000);
  });

  it('leaves four times as long for everything else as it takes', async () => {
    takesMs = 2_000;
    await ledger.note('', entry);
    await clock.pass(3_000);
    await ledger.note('', entry);
    expect(await drawnWithin(6_000)).toBe(0);
    expect(await drawnWithin(5_000)).toBe(1);
    takesMs = 0;
  });
});

describe('who looks on', () => {
  const clock = memoryClock();

  it('is who was there in the last quarter of an hour; what is drawn by itself makes it no longer', async () => {
    const onlookers = new Onlookers(clock);
    onlookers.came(onlooker('U1'));
    await clock.pass(600_000);
    onlookers.drawn({ ...onlooker('U1'), shown: 'new' });
    onlookers.came(onlooker('U2'));
    expect(onlookers.present().map(({ shown }) => shown)).toEqual(['new', '']);
    await clock.pass(301_000);
    expect(onlookers.present().map(({ acted }) => acted.user)).toEqual(['U2']);
    onlookers.left('U2');
    expect(onlookers.present()).toEqual([]);
  });

  it('are twenty at most, those who came last', () => {
    const onlookers = new Onlookers(clock);
    for (let at = 0; at < 25; at += 1) onlookers.came(onlooker(`U${at}`));
    onlookers.came(onlooker('U6'));
    const users = onlookers.present().map(({ acted }) => acted.user);
    expect(users).toHaveLength(20);
    expect(users[0]).toBe('U5');
    expect(users.at(-1)).toBe('U6');
  });
});
