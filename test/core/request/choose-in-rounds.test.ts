import { newMoves } from '../../../src/core/moves/new-moves';
import type { Round } from '../../../src/core/moves/round';
import { newRounds } from '../../../src/core/moves/rounds';
import { judgeChoice } from '../../../src/core/request/judge-choice';
import type { RequestRecord } from '../../../src/core/request/record';
import type { ChoiceWord } from '../../../src/core/request/statement';
import { intake, NOW, planOf, recordOf, requester, signed } from '../../support/request-record';

const ID = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const rule = { requesters: 'anyone' as const, approvers: ['U0APPROVER'], quorum: 1 };
const policy = { 'live-move': rule, shutdown: rule };
const asked = intake({ command: 'drain hyper-v01,hyper-v02 --rolling' });
const machine = { id: ID, name: 'sql-07', from: 'hyper-v01', storage: null, first: 'shut-down' as const };
const envelope = { machines: [machine], destinations: ['hyper-v02', 'hyper-v03'], returns: true as const };
const plan = planOf(asked, {
  directory: { changes: [], destinations: [], forMs: null },
  hosts: { settings: [], envelope },
});

/** The round of hyper-v01 is this far, and its machine goes to a host or comes from there. */
function running(leg: Round['leg'], { to, isOver = false }: { to: string; isOver?: boolean }): RequestRecord {
  const [first, second] = newRounds({ hosts: ['hyper-v01', 'hyper-v02'], returns: 'rolling' });
  if (!first || !second) throw new Error('there are no rounds');
  const ends = leg === 'back' ? { from: to, to: 'hyper-v01' } : { from: 'hyper-v01', to };
  const outcome = {
    kind: 'moved' as const,
    inferred: false,
    at: NOW,
    problem: null,
    health: [],
    diagnosis: [],
  };
  const [step] = newMoves([{ machine: ID, name: 'sql-07', storage: null, first: 'shut-down', ...ends }]);
  if (!step) throw new Error('there is no move');
  return recordOf({
    intake: signed(asked),
    plan,
    state: 'running',
    rounds: [{ ...first, leg }, second],
    moves: [{ ...step, outcome: isOver ? outcome : null }],
  });
}

function judge(record: RequestRecord, choice: ChoiceWord['choice']): string | null {
  const judged = judgeChoice(record, { machine: 'sql-07', choice, by: requester }, { policy, now: NOW });
  return 'problem' in judged ? `${judged.problem.code}: ${judged.problem.summary}` : null;
}

const HOLDS = (host: string): string =>
  `choice.holds: ${host} has to be empty before it is opened, so sql-07 cannot be left there.`;

describe('a choice in a round', () => {
  it.each<[string, RequestRecord, string | null]>([
    ['whose host is not emptied yet', running('next', { to: 'hyper-v03' }), HOLDS('hyper-v01')],
    ['whose machines leave', running('away', { to: 'hyper-v03' }), HOLDS('hyper-v01')],
    ['whose host is serviced', running('service', { to: 'hyper-v03', isOver: true }), null],
    ['whose machines come back', running('back', { to: 'hyper-v03' }), null],
    [
      'when it is on a host that is emptied later',
      running('service', { to: 'hyper-v02', isOver: true }),
      HOLDS('hyper-v02'),
    ],
    ['on its way from such a host', running('back', { to: 'hyper-v02' }), HOLDS('hyper-v02')],
    [
      'when it has come back',
      running('back', { to: 'hyper-v03', isOver: true }),
      'choice.late: sql-07 is being moved already, or its move is over.',
    ],
    [
      'that is over',
      running('over', { to: 'hyper-v03', isOver: true }),
      'choice.late: The round of hyper-v01 is over, so nothing is chosen for sql-07 any more.',
    ],
  ])('leaves a machine away, and never on a host that is opened: %s', (_when, record, expected) => {
    expect(judge(record, 'leave')).toBe(expected);
  });

  it('may be what was approved, and nothing else', () => {
    expect(judge(running('away', { to: 'hyper-v03' }), 'shut-down')).toBeNull();
    expect(judge(running('service', { to: 'hyper-v03', isOver: true }), 'shut-down')).toBeNull();
    expect(judge(running('service', { to: 'hyper-v03', isOver: true }), 'save')).toMatch(/^choice\.outside/);
    expect(judge(running('over', { to: 'hyper-v03', isOver: true }), 'shut-down')).toMatch(/^choice\.late/);
  });

  it('before the approval takes back what was chosen, and nothing that moves as it is', () => {
    expect(judge({ ...running('next', { to: 'hyper-v03' }), state: 'waiting' }, 'leave')).toBeNull();
    const { first: _, ...asItIs } = machine;
    const hosts = { settings: [], envelope: { ...envelope, machines: [asItIs] } };
    const waiting = recordOf({ intake: signed(asked), plan: { ...plan, hosts }, state: 'waiting' });
    expect(judge(waiting, 'leave')).toBe(HOLDS('hyper-v01'));
  });
});

describe('a choice that was made while others are still open', () => {
  it('is not taken back yet, and no word says that the drain is about no such machine', () => {
    const staying = { machine: 'x', name: 'web-01', host: 'hyper-v02', short: '', reasons: [], choices: [] };
    const waiting = recordOf({
      intake: signed(asked),
      plan: planOf(asked, {
        directory: { changes: [], destinations: [], forMs: null },
        hosts: { settings: [], envelope: null },
        forecast: { moves: [], staying: [staying], hosts: [], summary: [], ms: 0 },
      }),
      state: 'waiting',
    });
    expect(judge(waiting, 'leave')).toMatch(
      /^choice.unknown: No machine that R-\d+ waits for a choice for is called “sql-07”/,
    );
  });
});
