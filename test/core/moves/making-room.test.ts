import { awaitsRoom, isRoomUnwanted, makersFirst } from '../../../src/core/moves/making-room';
import { moveStep, over } from '../../bot/support/move-states';

const maker = moveStep(1, { machine: 'm', from: 'h2', to: 'h3' });
const chained = moveStep(2, { machine: 'n', from: 'h3', to: 'h2' });
const asked = moveStep(3, { machine: 'a', from: 'h1', to: 'h2' });
const makers = new Set(['m', 'n']);

describe('a move', () => {
  it('waits for what makes room where it goes, until that is over, however it ended', () => {
    expect(awaitsRoom(asked, [maker, asked], makers)).toBe(true);
    for (const kind of ['moved', 'failed', 'stuck', 'left'] as const) {
      expect(awaitsRoom(asked, [{ ...maker, ...over(kind) }, asked], makers)).toBe(false);
    }
  });

  it('waits for nothing that makes room elsewhere, or was asked about itself', () => {
    expect(awaitsRoom({ ...asked, to: 'h3' }, [maker, asked], makers)).toBe(false);
    expect(awaitsRoom(asked, [maker, asked], new Set())).toBe(false);
  });

  it('waits for those before it alone, so that no two wait for each other', () => {
    const moves = [maker, chained, asked];
    expect(moves.map((step) => awaitsRoom(step, moves, makers))).toEqual([false, true, true]);
  });
});

describe('room', () => {
  it('is wanted as long as something that has not begun goes there', () => {
    expect(isRoomUnwanted(maker, [maker, asked], makers)).toBe(false);
    expect(isRoomUnwanted(maker, [maker, { ...asked, to: 'h3' }], makers)).toBe(true);
    expect(isRoomUnwanted(maker, [maker, { ...asked, ...over('left') }], makers)).toBe(true);
    expect(isRoomUnwanted(asked, [maker, asked], makers)).toBe(false);
  });
});

describe('moves that are planned anew', () => {
  it('begin with what makes room, in the order of the new plan, and leave alone what has begun', () => {
    const gone = moveStep(4, { machine: 'g', from: 'h2', to: 'h3', ...over('moved') });
    const other = moveStep(5, { machine: 'b', from: 'h1', to: 'h3' });
    const order = (placed: readonly string[]): readonly string[] =>
      makersFirst([gone, maker, chained, asked, other], placed, new Set(['m', 'n', 'g'])).map(
        ({ machine }) => machine,
      );
    expect(order(['n', 'm', 'b', 'a'])).toEqual(['g', 'n', 'm', 'a', 'b']);
    expect(order(['m', 'n', 'a', 'b'])).toEqual(['g', 'm', 'n', 'a', 'b']);
  });
});
