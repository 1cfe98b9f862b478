import {
  closedHosts,
  cordonsThatHold,
  cordonsToShow,
  type CordonState,
} from '../../../src/core/hyperv/cordon';
import type { Policy } from '../../../src/core/policy/schema';
import type { CordonWord } from '../../../src/core/request/statement';
import { approver, NOW, requester, signed, testKeys } from '../../support/request-record';

const policy: Policy = { cordon: [requester.user, approver.user] };
const word = (change: Partial<CordonWord> = {}): CordonWord => ({
  kind: 'cordon',
  id: 'a'.repeat(32),
  what: 'cordon',
  host: 'hyper-v01',
  why: 'New memory',
  by: requester,
  at: NOW,
  ...change,
});
const over = (change: Partial<CordonWord> = {}) => word({ what: 'uncordon', by: approver, ...change });
const state = (end: CordonState['uncordon'] = null): CordonState => ({
  cordon: signed(word()),
  uncordon: end,
});
const held = (...states: CordonState[]): readonly string[] => [
  ...cordonsThatHold(states, { verifier: testKeys().verifier, policy }).keys(),
];

describe('a cordon', () => {
  it('holds, with who, why and when, until the bot’s word ends it', () => {
    const holding = cordonsThatHold([state()], { verifier: testKeys().verifier, policy });
    const { id, host, by, why, at } = word();
    expect([...holding.values()]).toEqual([{ id, host, by, why, at }]);
    expect(held(state(signed(over())))).toEqual([]);
  });

  it.each<[string, CordonState['uncordon']]>([
    ['is not signed', { ...signed(over()), signature: 'AAAA' }],
    ['is of another cordon', signed(over({ id: 'b'.repeat(32) }))],
    ['is of another host', signed(over({ host: 'hyper-v02' }))],
    ['is a cordon', signed(word())],
    ['is of somebody who may not', signed(over({ by: { ...requester, user: 'U0OTHER' } }))],
    [
      'has other words than were signed',
      { ...signed(over({ why: 'done' })), statement: over({ why: 'all is well' }) },
    ],
  ])('is not ended by a word that %s', (_, end) => {
    expect(held(state(end))).toEqual(['hyper-v01']);
  });

  it('is honoured though nobody has signed it: it only keeps machines off', () => {
    expect(held({ ...state(), cordon: { ...signed(word()), signature: 'AAAA' } })).toEqual(['hyper-v01']);
  });

  it('is shown without keys as the ledger has it', () => {
    expect([...cordonsToShow([state()]).keys()]).toEqual(['hyper-v01']);
    expect([...cordonsToShow([state(signed(over()))]).keys()]).toEqual([]);
  });
});

describe('the cordon of a drain', () => {
  const drain = 'd'.repeat(32);
  const { verifier } = testKeys();
  const closed = (cordon: CordonState['cordon'], comer: Parameters<typeof closedHosts>[1]) => [
    ...closedHosts(cordonsThatHold([{ cordon, uncordon: null }], { verifier, policy }), comer),
  ];
  const own = signed(word({ drain }));

  it('is no hindrance to that drain, or to who brings its machines back, and closes the host to others', () => {
    expect(closed(own, { request: drain, back: null })).toEqual([]);
    expect(closed(own, { request: null, back: 'hyper-v01' })).toEqual([]);
    expect(closed(own, { request: null, back: 'hyper-v02' })).toEqual(['hyper-v01']);
    expect(closed(own, { request: 'e'.repeat(32), back: null })).toEqual(['hyper-v01']);
  });

  it('is a drain’s by the bot’s word alone', () => {
    const forged = { ...signed(word()), statement: word({ drain }) };
    expect(closed(forged, { request: drain, back: 'hyper-v01' })).toEqual(['hyper-v01']);
    expect(closed(signed(word()), { request: drain, back: 'hyper-v01' })).toEqual(['hyper-v01']);
  });
});
