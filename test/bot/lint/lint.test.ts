import { plain, words, type Message } from '../../../src/bot/cards/message';
import { lintMessage } from '../support/lint';

const good: Message = {
  text: '<@U0REQUESTER> R-1042 is done: hyper-v01 got its right.',
  blocks: [
    words('✅ *Done* · R-1042 · asked by <@U0REQUESTER> in <#C0HYPERV>'),
    plain('Nothing else was changed.'),
  ],
};

describe('the linter of messages', () => {
  it('finds nothing in a good one', () => {
    expect(lintMessage(good)).toEqual([]);
  });

  it.each<[string, Partial<Message>]>([
    ['no text', { text: '' }],
    ['a text that is no sentence', { text: 'Done.' }],
    ['a text without an end', { text: 'R-1042 is done and' }],
    ['a sign without a word', { blocks: [words('✅')] }],
    ['a sign without a word in a plain text', { blocks: [plain('🛑 !')] }],
    ['the id of a person', { blocks: [plain('Approved by U0APPROVER.')] }],
    ['the id of a channel', { text: 'The card of R-1042 is in C0HYPERV.' }],
    ['the id of a request', { blocks: [plain(`Request ${'a'.repeat(32)} ended.`)] }],
    ['a fingerprint', { blocks: [plain(`Fingerprint ${'0'.repeat(64)}.`)] }],
    ['a hole in what is said', { blocks: [plain('Written on undefined.')] }],
    ['more blocks than Slack takes', { blocks: Array.from({ length: 51 }, () => plain('More is said.')) }],
    ['a section that is too long', { blocks: [words('word '.repeat(700))] }],
  ])('finds %s', (_, change) => {
    expect(lintMessage({ ...good, ...change })).not.toEqual([]);
  });
});
