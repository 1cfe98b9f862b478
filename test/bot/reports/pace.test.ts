import { createPace, type Pace, type PacedCall } from '../../../src/bot/reports/pace';

const post: PacedCall = { kind: 'post', channel: 'C1', isUrgent: true };
const edit: PacedCall = { kind: 'edit', channel: 'C1', ts: '1.1', isUrgent: true };
const calm = (call: PacedCall): PacedCall => ({ ...call, isUrgent: false });

/** A pace and its clock. */
function stage(): {
  pace: Pace;
  pass: (ms: number) => void;
  taken: (call: PacedCall, times: number) => number;
} {
  let now = 5_000;
  const pace = createPace({ monotonic: () => now });
  return {
    pace,
    pass: (ms) => void (now += ms),
    taken: (call, times) =>
      Array.from({ length: times }, () => pace.take(call)).filter((wait) => wait === 0).length,
  };
}

describe('the pace of posts', () => {
  it('is one a second and channel after a short burst', () => {
    const { pass, taken } = stage();
    expect(taken(post, 20)).toBe(4);
    pass(1_000);
    expect(taken(post, 20)).toBe(1);
    pass(60_000);
    expect(taken(post, 20)).toBe(4);
  });

  it('leaves other channels alone', () => {
    const { pace, taken } = stage();
    taken(post, 20);
    expect(pace.take({ ...post, channel: 'C2' })).toBe(0);
  });

  it('is one for the whole workspace too', () => {
    const { pace } = stage();
    const waits = Array.from({ length: 100 }, (_, at) => pace.take({ ...post, channel: `C${at}` }));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(60);
  });

  it('sends those who have to wait one after the other', () => {
    const { pace, taken } = stage();
    taken(post, 4);
    expect([1, 2, 3].map(() => pace.take(post))).toEqual([1_000, 2_000, 3_000]);
  });
});

describe('the pace of edits', () => {
  it('keeps those of one message three seconds apart, unless they are urgent', () => {
    const { pace, pass } = stage();
    expect(pace.take(calm(edit))).toBe(0);
    pass(1_000);
    expect(pace.take(calm(edit))).toBe(2_000);
    expect(pace.take(calm({ ...edit, ts: '2.2' }))).toBe(0);
    expect(pace.take(edit)).toBe(0);
    pass(3_000);
    expect(pace.take(calm(edit))).toBe(0);
  });

  it('is fifty a minute after a burst, however many messages', () => {
    const { pass, pace } = stage();
    const tryMany = (): number =>
      Array.from({ length: 200 }, (_, at) => pace.take({ ...edit, ts: `${at}` })).filter((wait) => wait === 0)
        .length;
    expect(tryMany()).toBe(30);
    let later = 0;
    for (let second = 0; second < 60; second += 1) {
      pass(1_000);
      later += tryMany();
    }
    expect(later).toBe(50);
  });

  it('keeps places for what is urgent', () => {
    const { pace } = stage();
    const others = Array.from({ length: 200 }, (_, at) => pace.take(calm({ ...edit, ts: `${at}` })));
    expect(others.filter((wait) => wait === 0)).toHaveLength(20);
    expect(pace.take(edit)).toBe(0);
  });
});

describe('a refusal', () => {
  it('keeps all calls of the kind back for as long as Slack says, and lets them come slowly then', () => {
    const { pace, pass, taken } = stage();
    pace.refused(edit, 30_000);
    expect(pace.take(edit)).toBe(30_000);
    pass(29_999);
    expect(taken(edit, 1)).toBe(0);
    pass(1);
    expect(pace.take(edit)).toBe(0);
  });

  it('of a post keeps only its channel back', () => {
    const { pace } = stage();
    pace.refused(post, 10_000);
    expect(pace.take(post)).toBe(10_000);
    expect(pace.take({ ...post, channel: 'C2' })).toBe(0);
  });

  it('sends nobody away for longer than a minute', () => {
    const { pace } = stage();
    pace.refused(post, 3_600_000);
    expect(pace.take(post)).toBe(60_000);
  });
});
