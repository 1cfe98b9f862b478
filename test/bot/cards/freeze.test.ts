import { card } from '../../../src/bot/cards/card';
import {
  approvedRecord,
  approver,
  NOW,
  policy,
  requester,
  signed,
  testKeys,
} from '../../support/request-record';
import { inState } from '../support/usual-request';

const freeze = { id: 'f'.repeat(32), by: approver, why: 'the <SAN> fails', at: NOW };
const told = (state: 'waiting' | 'running', about = {}) =>
  JSON.stringify(card(inState(state), policy, about).blocks);

describe('the card of a request while everything is frozen', () => {
  it('says who froze, why, and what does not happen', () => {
    expect(told('waiting', { freeze })).toContain('*Frozen* by <@U0APPROVER>');
    expect(told('waiting', { freeze })).toMatch(/the &lt;.*SAN.*&gt; fails.*Nothing can be approved/);
    expect(told('running', { freeze })).toContain('No further step begins');
    expect(told('waiting', { freeze })).toMatch(/A freeze stops no clock: the request expires <!date\^\d+/);
    const { decisions } = approvedRecord();
    const begun = (state: 'approved' | 'running') =>
      JSON.stringify(card(inState(state, { decisions }), policy, { freeze }).blocks);
    expect(begun('approved')).toMatch(/stops no clock: it has to begin before <!date\^\d+/);
    expect(begun('running')).toMatch(/stops no clock: what it is approved for ends <!date\^\d+/);
    expect(told('running')).not.toContain('Frozen');
  });

  it('is as it was when the request is over', () => {
    const over = { ...inState('denied'), ending: { problem: null, at: NOW } };
    expect(card(over, policy, { freeze })).toEqual(card(over, policy));
  });
});

it('the card of a paused request lets it be resumed', () => {
  const word = { kind: 'instruction', what: 'pause', intake: 'a', by: requester, at: NOW } as const;
  const record = { ...inState('running'), instructions: [signed(word, testKeys().signer)] };
  const text = JSON.stringify(card(record, policy).blocks);
  expect(text).toContain('request.resume');
  expect(text).not.toContain('request.pause');
});
