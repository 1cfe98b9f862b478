import { moveLines } from '../../../../src/bot/cards/moves/move-lines';
import { madeRoomLines } from '../../../../src/bot/cards/moves/room-lines';
import type { RequestRecord } from '../../../../src/core/request/record';
import { requester, signed } from '../../../support/request-record';
import { everyMoveState, over } from '../../support/move-states';

const stateNamed = (name: string): RequestRecord => {
  const record = everyMoveState[name];
  if (!record) throw new Error(`no record ${name}`);
  return record;
};

describe('what is said of machines that wait for room', () => {
  it('is not that they wait once somebody has said stop', () => {
    const record = stateNamed('moves running, others make room');
    const isSaid = (lines: readonly string[]): boolean =>
      lines.some((line) => line.startsWith('Waiting until'));
    expect(isSaid(moveLines(record))).toBe(true);
    const { id: intake } = record;
    const stop = signed({
      kind: 'instruction' as const,
      intake,
      what: 'stop' as const,
      by: requester,
      at: 1,
    });
    expect(isSaid(moveLines({ ...record, instructions: [stop] }))).toBe(false);
  });
});

describe('what is said of machines that made room', () => {
  it('promises a way back of those alone that the request has moved itself', () => {
    const record = stateNamed('moves done, others made room');
    expect(madeRoomLines(record)).toHaveLength(1);
    // Somebody else had moved it there: no home is noted of it.
    const moves = record.moves.map((step) => ({ ...step, ...over('there') }));
    expect(madeRoomLines({ ...record, moves })).toEqual([]);
  });
});
