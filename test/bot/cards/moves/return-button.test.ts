import { buttonsOf } from '../../../../src/bot/cards/buttons';
import type { MoveStep } from '../../../../src/core/moves/move-step';
import { intake, NOW, policy, recordOf, signed } from '../../../support/request-record';

const step = (at: number, kind: 'moved' | 'failed', from = 'hyper-v01'): MoveStep => ({
  machine: `0000000${at}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`,
  name: `web-0${at}`,
  from,
  to: 'hyper-v03',
  storage: null,
  first: null,
  readied: null,
  restart: null,
  waitingSince: null,
  intent: null,
  arrivedAt: null,
  doubtSince: null,
  tries: 1,
  outcome: { kind, inferred: false, at: NOW, problem: null, health: [], diagnosis: [] },
});
const values = (command: string, moves: readonly MoveStep[]): readonly (string | undefined)[] => {
  const record = recordOf({
    intake: signed(intake({ command })),
    state: 'partial',
    ending: { problem: null, at: NOW },
    moves,
  });
  return buttonsOf(record, policy)
    .filter(({ action_id: action }) => action?.startsWith('command.return'))
    .map(({ value }) => value);
};

describe('the card of a host that was emptied', () => {
  it('has a button to bring machines back for each host that any have left', () => {
    const moves = [step(1, 'moved'), step(2, 'moved'), step(3, 'failed', 'hyper-v02')];
    expect(values('drain hyper-v01,hyper-v02', moves)).toEqual(['/hv return hyper-v01']);
  });

  it('has none where nothing was moved away, or where no host was to be emptied', () => {
    expect(values('drain hyper-v01', [step(1, 'failed')])).toEqual([]);
    expect(values('migrate "web-01" -> hyper-v03', [step(1, 'moved')])).toEqual([]);
  });
});
