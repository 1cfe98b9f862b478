import { overLimits } from '../../../src/bot/cards/limits';
import { requestsMessage } from '../../../src/bot/lists/requests';
import { newReversal } from '../../../src/core/request/new-record';
import { NOW } from '../../support/request-record';
import { lintMessage } from '../support/lint';
import { rendered } from '../support/rendered';
import { everyState } from '../support/states';

const waiting = everyState['waiting'];
const running = everyState['running'];
if (!waiting || !running) throw new Error('these states are shown');

describe('a list of requests', () => {
  it('says of each where it stands, what it means, who asked and where its card is', () => {
    const links = new Map([[waiting.id, 'https://practice.slack.com/archives/C1/p1']]);
    const answer = requestsMessage({ records: [waiting], more: 1, leases: [] }, null, links);
    expect(lintMessage(answer)).toEqual([]);
    const since = '<!date^1795399200^{date_short_pretty} {time}|2026-11-23 02:00 UTC>';
    expect(`\n${rendered(answer)}`).toBe(`
> 2 open requests: R-1042 and 1 more.
# 2 open requests
*hyper-v01 will be able to act as any user on hyper-v02*
🔐 *Waiting for approval* · <https://practice.slack.com/archives/C1/p1|R-1042> · asked by <@U0REQUESTER> · since ${since}
| … and 1 more.`);
  });

  it('says in which channel the card is whose address is not known', () => {
    const card = { channel: 'C0HYPERV' };
    const answer = requestsMessage({ records: [{ ...running, card }], more: 0, leases: [] }, null);
    expect(rendered(answer)).toContain('▶ *Running* · R-1042 in <#C0HYPERV> · asked by');
  });

  it('names who writes which object right now, why and until when', () => {
    const lease = {
      key: 'object-1',
      holder: 'w1/R-1042/1',
      until: NOW,
      reason: 'R-1042 writes x of hyper-v01',
    };
    const text = rendered(requestsMessage({ records: [running], more: 0, leases: [lease] }, 'running'));
    expect(text).toContain('1 request being carried out');
    expect(text).toContain('• R-1042 writes x of hyper-v01 (w1/R-1042/1, until <!date^');
  });

  it('says of a reversal when it takes away what', () => {
    const reversal = { ...newReversal({ ...waiting, label: 'R-1042' }, NOW), label: 'R-1043' };
    const text = rendered(requestsMessage({ records: [reversal], more: 0, leases: [] }, null));
    expect(text).toContain('*What R-1042 added goes again*\n⏱ *Due* <!date^');
    expect(text).toContain('· R-1043 in ');
  });

  it.each([
    [null, 'No open requests'],
    ['mine', 'No open requests of yours'],
    ['waiting', 'No requests waiting for a decision'],
    ['running', 'No requests being carried out'],
  ] as const)('says that there is none of %s', (which, title) => {
    expect(requestsMessage({ records: [], more: 0, leases: [] }, which).text).toBe(
      `${title}: Nothing is open that you may see.`,
    );
  });

  it('fits into one message however many there are', () => {
    const records = Array.from({ length: 25 }, () => waiting);
    const answer = requestsMessage({ records, more: 40, leases: [] }, null);
    expect(overLimits(answer)).toEqual([]);
    expect(rendered(answer)).toContain('… and 40 more.');
  });
});
