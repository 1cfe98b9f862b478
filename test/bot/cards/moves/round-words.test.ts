import { headlineOf } from '../../../../src/bot/cards/headline';
import { powerSentence } from '../../../../src/bot/cards/power';
import { roundLines } from '../../../../src/bot/cards/moves/round-lines';
import type { Round } from '../../../../src/core/moves/round';
import { newRounds } from '../../../../src/core/moves/rounds';
import type { RequestRecord } from '../../../../src/core/request/record';
import { roundReplies } from '../../../../src/bot/reports/round-replies';
import { intake, NOW, recordOf, signed } from '../../../support/request-record';

const HOSTS = ['hyper-v01', 'hyper-v02'];
const up = { host: 'hyper-v01', bootedAt: NOW, build: 20_349, upAt: NOW, wellAt: null };
const before = [{ host: 'hyper-v01', bootedAt: NOW - 1e9, build: 20_348 }];

const rolling = (legs: readonly Partial<Round>[], more: Partial<RequestRecord> = {}): RequestRecord =>
  recordOf({
    intake: signed(intake({ command: 'drain hyper-v01,hyper-v02 --rolling' })),
    rounds: newRounds({ hosts: HOSTS, returns: 'rolling' }).map((round, at) => ({ ...round, ...legs[at] })),
    state: 'running',
    ...more,
  });
const ended = { state: 'partial' as const, ending: { problem: null, at: NOW } };

describe('what is said of a drain whose machines return', () => {
  it.each<[string, RequestRecord]>([
    [
      'hyper-v01 and hyper-v02 will be emptied, one after the other, and filled again when back',
      rolling([], { state: 'waiting', rounds: [] }),
    ],
    ['hyper-v01 (1 of 2): being emptied', rolling([{ leg: 'away' }])],
    ['Safe to service: hyper-v01 (1 of 2) has no machines', rolling([{ leg: 'service', before }])],
    ['hyper-v01 (1 of 2): up again, and watched until well', rolling([{ leg: 'service', before, up: [up] }])],
    ['hyper-v01 (1 of 2) is back: 4 machines returning', rolling([{ leg: 'back', away: 4 }])],
    ['hyper-v02 (2 of 2): not begun', rolling([{ leg: 'over' }], ended)],
    [
      'hyper-v01 (1 of 2): emptied, and not filled again; hyper-v02 not begun',
      rolling([{ leg: 'service' }], ended),
    ],
    [
      'hyper-v01 and hyper-v02: serviced, one after the other, 7 machines back',
      rolling(
        [
          { leg: 'over', returned: 4 },
          { leg: 'over', returned: 3 },
        ],
        { state: 'done', ending: { problem: null, at: NOW } },
      ),
    ],
  ])('is “%s”', (expected, record) => {
    expect(powerSentence(record)).toBe(expected);
  });

  it('calls no host safe that is up again', () => {
    const open = rolling([{ leg: 'service', before }]);
    const coming = rolling([{ leg: 'service', before, up: [up] }]);
    expect(headlineOf(open).badge).toMatch(/Safe to service/);
    expect(headlineOf(coming).badge).not.toMatch(/Safe/);
    expect(roundLines(coming).join('\n')).not.toMatch(/safe/i);
    expect(roundLines(coming)[0]).toMatch(/Build 20348 → 20349/);
  });

  it('says how many were left away by choice, and what brings them back', () => {
    const record = rolling([{ leg: 'over', away: 4, returned: 3 }]);
    const stayed = '3 machines back. 1 left away by choice: /hv return hyper-v01.';
    expect(roundLines(record)[0]).toContain(stayed);
    expect(roundReplies(record).at(-1)?.message.text).toContain(stayed);
  });

  it('says to everybody once, and in the thread, that a host is safe to service', () => {
    const keys = roundReplies(rolling([{ leg: 'service', emptiedAt: NOW, before }])).map(({ key, to }) => [
      key,
      to,
    ]);
    expect(keys).toEqual([
      ['safe-hyper-v01', undefined],
      ['safe-notice-hyper-v01', 'notices'],
    ]);
  });
});
