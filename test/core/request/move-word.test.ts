import { advance } from '../../../src/core/request/advance';
import { refuseMoveWord, unheardWord, wordOf, wordsSaid } from '../../../src/core/request/move-word';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Instruction } from '../../../src/core/request/statement';
import { everyMoveState, moveStep } from '../../bot/support/move-states';
import { intake, NOW, requester, signed, times } from '../../support/request-record';
import { MOVE_POLICY } from '../../support/move-stage';
import { moveOutcome } from '../../support/move-journal';

const failed = moveStep(1, {
  outcome: moveOutcome('failed', { at: NOW }),
});
const word = (what: Instruction['what'], at = NOW + 1) =>
  signed<Instruction>({ kind: 'instruction', intake: 'a'.repeat(32), what, by: requester, at });

/** A drain on its way, of which all is over: it has failed. */
function over(change: Partial<RequestRecord> = {}): RequestRecord {
  const running = everyMoveState['moves running'];
  if (!running) throw new Error('no such state');
  const command = 'drain hyper-v01';
  return { ...running, intake: signed(intake({ command })), moves: [failed], remaining: [], ...change };
}

describe('a word on moves under way', () => {
  it('keeps a request from ending before the worker has made something of it', () => {
    const said = word('retry-failed');
    expect(advance(over(), NOW + 2, times)).toMatchObject({ do: 'end', state: 'failed' });
    expect(advance(over({ instructions: [said] }), NOW + 2, times)).toEqual({ do: 'ask-effector' });
    const heard = [{ word: wordOf(said), at: NOW + 2, problem: null, machines: [] }];
    const known = over({ instructions: [said], heard });
    expect(unheardWord(known)).toBeNull();
    expect(advance(known, NOW + 3, times)).toMatchObject({ do: 'end' });
  });

  it('is no other instruction, and keeps nothing open whose time is over', () => {
    expect(unheardWord(over({ instructions: [word('pause'), word('resume')] }))).toBeNull();
    const instructions = [word('retry-failed'), word('stop')];
    expect(advance(over({ instructions }), NOW + 2, times)).toMatchObject({ do: 'end' });
  });

  it('is counted by kind, and since the approval', () => {
    const instructions = [
      word('retry-failed', NOW - 1),
      word('retry-failed'),
      word('replan'),
      word('replan', NOW + 2),
    ];
    const record = over({ instructions });
    expect(wordsSaid(record, 'retry-failed')).toHaveLength(1);
    expect(wordsSaid(record, 'replan')).toHaveLength(2);
    expect(wordsSaid({ ...record, decisions: [] }, 'replan')).toEqual([]);
  });

  it.each<[string, string | null, Partial<RequestRecord>, number]>([
    ['that has failed machines', null, {}, 2],
    ['after three times', 'moves.too-often', {}, 3],
    ['that waits', 'moves.not-running', { state: 'waiting' }, 0],
    ['whose moves have not begun', 'moves.not-running', { moves: [] }, 0],
    ['that was stopped', 'moves.closed', { instructions: [word('stop', NOW)] }, 0],
    ['of which nothing has failed', 'retry.none-failed', { moves: [moveStep(1)] }, 0],
  ])('is refused of a request %s by %s', (_, code, change, before) => {
    const said = { what: 'retry-failed' as const, by: requester, at: NOW + 1 };
    expect(
      refuseMoveWord(over(change), said, { rules: { policy: MOVE_POLICY, times }, before })?.code ?? null,
    ).toBe(code);
  });
});
