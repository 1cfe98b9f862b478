import { readButton } from '../../../../src/bot/cards/button-value';
import { buttonsOf } from '../../../../src/bot/cards/buttons';
import { newRounds } from '../../../../src/core/moves/rounds';
import type { Round } from '../../../../src/core/moves/round';
import type { RequestRecord } from '../../../../src/core/request/record';
import { intake, NOW, policy, recordOf, signed } from '../../../support/request-record';

const HOSTS = ['hyper-v01', 'hyper-v02'];
const rolling = (legs: readonly Partial<Round>[], more: Partial<RequestRecord>): RequestRecord =>
  recordOf({
    intake: signed(intake({ command: 'drain hyper-v01,hyper-v02 --rolling' })),
    rounds: newRounds({ hosts: HOSTS, returns: 'rolling' }).map((round, at) => ({ ...round, ...legs[at] })),
    ...more,
  });

describe('the buttons of a drain whose machines return', () => {
  it('say which round’s host is back', () => {
    const record = rolling([{ leg: 'over' }, { leg: 'service' }], { state: 'running' });
    const back = buttonsOf(record, policy).find(({ action_id: id }) => id === 'request.host-back');
    expect(readButton(back?.value)).toMatchObject({ id: record.id, round: 1 });
  });

  it.each<[string, readonly Partial<Round>[], readonly string[]]>([
    [
      'whose machines are away from a host',
      [{ leg: 'service', away: 4 }],
      ['/hv return hyper-v01', '/hv drain hyper-v02 --rolling'],
    ],
    ['that moved nothing', [{ leg: 'away' }], ['/hv drain hyper-v01,hyper-v02 --rolling']],
    ['that has done the first', [{ leg: 'over', away: 4 }], ['/hv drain hyper-v02 --rolling']],
  ])('ask for what is left, of one %s', (_, legs, expected) => {
    const record = rolling(legs, { state: 'partial', ending: { problem: null, at: NOW } });
    expect(buttonsOf(record, policy).map(({ value }) => value)).toEqual(expected);
  });
});
