import { card } from '../../../src/bot/cards/card';
import { termBlocks } from '../../../src/bot/cards/term';
import { lasting } from '../../../src/bot/cards/text';
import type { RequestRecord } from '../../../src/core/request/record';
import { NOW } from '../../support/request-record';
import { rendered } from '../support/rendered';
import { everyReversal, everyState } from '../support/states';
import { ended, inState, part, planned, rules } from '../support/usual-request';

const parent = everyState['done for a time'] ?? inState('done');
const said = (record: RequestRecord, reversal: RequestRecord | null = null): string =>
  rendered({ text: '', blocks: termBlocks(record, reversal) }).slice('> \n'.length);
const due = '<!date^1795400100^{date_short_pretty} {time}|2026-11-23 02:15 UTC>';
const now = '<!date^1795399200^{date_short_pretty} {time}|2026-11-23 02:00 UTC>';

describe('how long something stays', () => {
  it('is nothing that a request for good talks of', () => {
    expect(termBlocks(inState('waiting'), null)).toEqual([]);
    expect(termBlocks(inState('planning'), null)).toEqual([]);
  });

  it('is counted from the write as long as nothing is written, and a moment then', () => {
    const plan = planned({ directory: { ...part, forMs: 90 * 60_000 } });
    expect(said(inState('waiting', { plan }))).toBe(
      '| ⏱ For 1 h 30 min, counted from when it is written; then Handover takes it away again.',
    );
    expect(said(inState('running', { plan, until: NOW }))).toBe(
      `⏱ Until ${now}; then it is taken away again.`,
    );
    expect(said(inState('denied', { plan, ending: ended }))).toBe('');
  });

  it.each([
    ['not due yet', `⏱ Is taken away again ${due}.`],
    ['nearly due', `⏱ Is taken away again ${due}.`],
    ['running', `⏱ Is being taken away again, as was due ${due}.`],
    [
      'awaiting-hand',
      `✋ Was due to be taken away again ${due}: a person’s step is waited for, as this thread says.`,
    ],
    ['done', `↩ Was taken away again ${now}.`],
    ['already so', `↩ Nothing was left to take away ${now}.`],
    [
      'stuck',
      '🛑 *Not taken away again:* R-1043 is stuck and needs a person. See this thread; what was added may still be there.',
    ],
    [
      'failed without a plan',
      '🛑 *Not taken away again:* R-1043 failed. See this thread; what was added may still be there.',
    ],
  ])('is said on the card of the parent when the reversal is %s', (name, text) => {
    const reversal = everyReversal[name] ?? null;
    expect(said(parent, reversal)).toBe(text);
    expect(rendered(card(parent, rules, { reversal }))).toContain(`\n${text}\n`);
  });

  it.each([
    [8 * 3_600_000, '8 h'],
    [90 * 60_000, '1 h 30 min'],
    [86_400_000, '1 day'],
    [60 * 3_600_000, '2 days 12 h'],
    [30_000, '30 s'],
    [3_600_500, '1 h'],
    [500, 'less than a second'],
  ])('is said in words: %i ms is %s', (ms, text) => {
    expect(lasting(ms)).toBe(text);
  });
});
