import { card } from '../../../src/bot/cards/card';
import { overLimits } from '../../../src/bot/cards/limits';
import { context, header, plain, plainText, row, words } from '../../../src/bot/cards/message';
import { reversalThread, thread } from '../../../src/bot/reports/thread';
import { policy } from '../../support/request-record';
import { everyReversal, everyState } from '../support/states';

describe('the limits of a message', () => {
  it.each(Object.keys(everyState))('are kept by everything that is said of a request that is %s', (name) => {
    const record = everyState[name];
    const wanted = record ? thread(record, policy) : [];
    expect(wanted.map(({ message }) => overLimits(message))).toEqual(wanted.map(() => []));
    expect(record && overLimits(card(record, policy))).toEqual([]);
  });

  it.each(Object.keys(everyReversal))('are kept by what is said of a reversal that is %s', (name) => {
    const record = everyReversal[name];
    const wanted = record ? reversalThread(record) : [];
    expect(wanted.map(({ message }) => overLimits(message))).toEqual(wanted.map(() => []));
  });

  it('are named one by one when a message breaks them', () => {
    const button = { type: 'button' as const, action_id: 'a', text: plainText('b'.repeat(76)), value: '' };
    expect(overLimits({ text: '', blocks: [words('x'.repeat(3_001)), plain('')] })).toEqual([
      'the message has no text',
      'a section is empty',
      'a section has 3001 characters',
    ]);
    expect(overLimits({ text: 'x', blocks: Array.from({ length: 51 }, () => words('y')) })).toEqual([
      'the message has 51 blocks',
    ]);
    expect(overLimits({ text: 'x', blocks: [row([button])] })).toEqual([
      'a value is empty',
      'a button has 76 characters',
    ]);
    const long = words('z'.repeat(2_900));
    expect(overLimits({ text: 'x', blocks: [long, long, long, long] })).toEqual([
      'the blocks have 11600 characters together',
    ]);
  });

  it('are kept by the parts that foreign text goes into', () => {
    const long = 'w'.repeat(9_999);
    expect(
      overLimits({ text: 'x', blocks: [header(long), plain(long), context([plainText('small')])] }),
    ).toEqual([]);
  });
});
