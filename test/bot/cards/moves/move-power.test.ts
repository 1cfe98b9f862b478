import { powerSentence } from '../../../../src/bot/cards/power';
import { crossPart } from '../../support/many-hosts';
import { everyMoveState } from '../../support/move-states';

it('the card of moves names every host on which its delegations let somebody act', () => {
  const record = everyMoveState['moves waiting, with the delegation'];
  if (!record?.plan) throw new Error('the state has no plan');
  const directory = crossPart('add', ['hyper-v01'], ['hyper-v03', 'hyper-v04']);
  expect(powerSentence({ ...record, plan: { ...record.plan, directory } })).toMatch(
    /^hyper-v01 will be able to act as any user on hyper-v03 and hyper-v04; /,
  );
});
