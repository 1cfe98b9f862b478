import { meantSentence, type WholeAsk } from '../../../src/bot/cards/meant';
import { wouldSentence } from '../../../src/bot/cards/power';
import type { State } from '../../../src/core/request/states';
import { crossPart, partOf } from '../support/many-hosts';

const saying = { reason: null, ticket: null, planOnly: false };
const host = (text: string) => ({ kind: 'short' as const, text });
const onboard: WholeAsk = { verb: 'onboard', host: host('hyper-v09'), like: host('hyper-v01'), ...saying };
const retire: WholeAsk = { verb: 'retire', host: host('hyper-v05'), ...saying };
const undo: WholeAsk = { verb: 'undo', request: 'R-1042', ...saying };

describe('what an ask without sides means before there is a plan', () => {
  it.each<[WholeAsk, State, string]>([
    [onboard, 'planning', 'hyper-v09 is meant to join the mesh of hyper-v01'],
    [{ ...onboard, like: null }, 'planning', 'hyper-v09 is meant to join the mesh of all Hyper-V hosts'],
    [onboard, 'refused', 'hyper-v09 did not join the mesh of hyper-v01'],
    [onboard, 'already-so', 'hyper-v09 is in the mesh of hyper-v01 already'],
    [retire, 'planning', 'hyper-v05 is meant to lose all delegations from and to it'],
    [retire, 'withdrawn', 'hyper-v05 keeps the delegations from and to it'],
    [retire, 'already-so', 'hyper-v05 has no delegations, neither from nor to it'],
    [undo, 'stale', 'R-1042 is meant to be undone'],
    [undo, 'failed', 'R-1042 was not undone'],
    [undo, 'already-so', 'Nothing is left to undo of R-1042'],
    [undo, 'stuck', 'R-1042 may be undone in part: not all is certain'],
  ])('%j, %s: %s', (ask, state, sentence) => {
    expect(meantSentence(ask, state)).toBe(sentence);
  });

  it('fits a header, however long a name is', () => {
    const long = { kind: 'dn' as const, text: `CN=${'x'.repeat(300)}` };
    for (const ask of [
      { ...onboard, host: long, like: long },
      { ...retire, host: long },
    ]) {
      for (const state of ['planning', 'refused', 'already-so', 'stuck'] as const) {
        expect(meantSentence(ask, state).length).toBeLessThanOrEqual(150);
      }
    }
  });

  it('is what a preview says of a plan that changes nothing, and the power of one that does', () => {
    expect(wouldSentence(partOf([]), undo)).toBe('Nothing is left to undo of R-1042');
    expect(wouldSentence(crossPart('add', ['hv01'], ['hv02']), onboard)).toBe(
      'hv01 would be able to act as any user on hv02',
    );
  });
});
