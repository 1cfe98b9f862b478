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
});
