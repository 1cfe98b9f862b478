import { waitFor } from '../../../lab/wait-for';
import type { MethodFault } from '../../../lab/slack/faults';
import { writeButton } from '../../../src/bot/cards/button-value';
import type { RequestRecord } from '../../../src/core/request/record';
import { NOW } from '../../support/request-record';
import { largePart } from '../support/large-plans';
import { asked, messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, press, replyKeys, told as toldBy, waiting } from '../support/requests';
import { rules } from '../support/usual-request';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice({ policy: { ...rules, highRisk: { pairs: 500 } } });
});
afterEach(() => practice.stop());

/** Large, without a trust mode: no form is opened for it. */
const large = (odd = 15) => {
  const part = largePart(12, odd);
  return { ...part, changes: part.changes.filter(({ kind }) => kind !== 'trust-mode') };
};
const PAGES = ['page-p1-1of4', 'page-p1-2of4', 'page-p1-3of4', 'page-p1-4of4'];
const hasApprove = async (record: RequestRecord): Promise<boolean> =>
  JSON.stringify(await cardOf(practice, record)).includes('request.approve');
const stateOf = async ({ id }: RequestRecord) => (await practice.ledger.read(id))?.state;
const audit = async ({ id }: RequestRecord) =>
  (await practice.ledger.audit(id)).map(({ what, detail }) => ({ what, ...detail }));

/** A large plan of which Slack takes only the card and so many pages. */
async function postedTo(pages: number): Promise<RequestRecord> {
  const text = '/delegate hyper-v01 -> hyper-v02';
  const answer = await practice.lab.command({ user: 'requester', channel: 'hyper-v', text });
  const planning = await asked(practice, answer);
  const plan = freshPlan(planning, { directory: large() });
  const record = await commit(practice, planning, { state: 'waiting', plan });
  practice.slack.messages.post = refusingAfter(1 + pages);
  await practice.report(record.id);
  return record;
}

/** Slack takes so many messages of the bot, and then none. */
function refusingAfter(count: number): Practice['slack']['messages']['post'] {
  return strikingAfter(count, { kind: 'http-error', method: 'chat.postMessage', status: 503, count: 50 });
}

/** After so many messages a fault strikes the next. */
function strikingAfter(count: number, fault: MethodFault): Practice['slack']['messages']['post'] {
  const { messages, faults } = practice.slack;
  const post = messages.post.bind(messages);
  let left = count;
  return (placement, content) => {
    left -= 1;
    if (left === 0) faults.addMethodFault(fault);
    return post(placement, content);
  };
}

describe('a plan that the card cannot show', () => {
  it('is listed page by page in the thread before the card can be approved', async () => {
    const { record, ts } = await waiting(practice, { directory: large() });
    expect(await replyKeys(practice, record, ts)).toEqual(PAGES);
    expect(await hasApprove(record)).toBe(true);
    const posted = practice.slack.traffic.entries().map(({ name }) => name);
    const [lastPost, firstEdit] = [posted.lastIndexOf('chat.postMessage'), posted.indexOf('chat.update')];
    expect(firstEdit).toBeGreaterThan(lastPost);
    await press(practice, ts, { user: 'approver', action: 'request.approve' });
    const approved = await practice.ledger.read(record.id);
    expect(approved?.state).toBe('approved');
    expect(approved?.decisions[0]?.statement.fingerprint).toBe(record.plan?.fingerprint);
    const told = (await audit(record)).map((each) => ('message' in each ? each.message : null));
    expect(told).toEqual(expect.arrayContaining(PAGES));
  });

  it.each([0, 1, 3])('cannot be approved while only %i pages stand, by no click at all', async (pages) => {
    const record = await postedTo(pages);
    const ts = String((await cardOf(practice, record))['ts']);
    expect(await replyKeys(practice, record, ts)).toEqual(PAGES.slice(0, pages));
    expect(await hasApprove(record)).toBe(false);
    const { id, plan } = record;
    const value = writeButton({ id, plan: 1, fingerprint: plan?.fingerprint ?? '' });
    const click = { user: 'approver', channel: 'hyper-v', ts, action_id: 'request.approve' };
    const answer = await practice.lab.click({ ...click, stale: true, value });
    expect(toldBy(answer)).toMatch(/Not all pages of this plan stand in the thread/);
    expect(await stateOf(record)).toBe('waiting');
    expect((await practice.ledger.read(id))?.decisions).toEqual([]);
    expect(await audit(record)).toContainEqual(
      expect.objectContaining({ what: 'decision.refused', why: 'plan.unlisted' }),
    );
  });

  it('can be denied before its pages stand', async () => {
    const record = await postedTo(1);
    const ts = String((await cardOf(practice, record))['ts']);
    const { view } = await press(practice, ts, { user: 'approver', action: 'request.deny' });
    const values = { 'request.deny.reason': 'Too much.' };
    await practice.lab.submit({ user: 'approver', view_id: String(view?.['id']), values });
    expect(await stateOf(record)).toBe('denied');
  });

  it.each([1, 2, 4])('has each page once when the answer to post %i of them is lost', async (lost) => {
    const fault = { kind: 'drop-reply', method: 'chat.postMessage', count: 1 } as const;
    practice.slack.messages.post = strikingAfter(lost, fault);
    const { record, ts } = await waiting(practice, { directory: large() });
    await waitFor('the button', async () => (await hasApprove(record)) || undefined);
    expect(await replyKeys(practice, record, ts)).toEqual(PAGES);
  });

  it('has new pages with a new plan, and the old ones say that they are void', async () => {
    const { record, ts } = await waiting(practice, { directory: large() });
    const voided = [{ plan: 1, sentence: 'hyper-v01 was edited.', at: NOW }];
    const approved = await commit(practice, record, { state: 'approved' });
    const stale = await commit(practice, approved, { state: 'stale', voided });
    await practice.report(record.id);
    const planning = await commit(practice, stale, { state: 'planning' });
    const plan = freshPlan(record, { directory: large(16), number: 2 });
    const again = await commit(practice, planning, { state: 'waiting', plan });
    await practice.report(record.id);
    const keys = await replyKeys(practice, again, ts);
    const fresh = PAGES.map((key) => key.replace('p1', 'p2'));
    expect(keys).toEqual([...PAGES, 'stale-p1', ...fresh, 'ask-p2']);
    const thread = (await messagesIn(practice, 'hyper-v', ts)).slice(1).map(textOf);
    for (const text of thread.slice(0, 4))
      expect(text).toMatch(/^♻ Superseded: this was page \d of 4 of plan 1/);
    for (const text of thread.slice(5, 9)) expect(text).toMatch(/^All changes of plan 2 of /);
    expect(await hasApprove(again)).toBe(true);
  });
});

describe('elsewhere', () => {
  const shown = async (): Promise<string> => {
    await practice.lab.home({ user: 'approver' });
    return waitFor('Home', () => {
      const view = practice.slack.views.home('U0APPROVER');
      return Promise.resolve(view && JSON.stringify(view));
    });
  };

  it('Home has the button only when the pages stand, and the way to them', async () => {
    await postedTo(2);
    const before = await shown();
    expect(before).toContain('Being listed in the request');
    expect(before).not.toContain('"action_id":"request.approve"');
  });

  it('Home has the button and the way to the pages', async () => {
    const { record } = await waiting(practice, { directory: large() });
    const home = await shown();
    expect(home).toContain('"action_id":"request.approve"');
    expect(home).toMatch(new RegExp(`/p\\d+[^|]*\\|Open the pages of ${record.label}>`));
  });

  it('/hv show has the way to the pages too', async () => {
    const { record } = await waiting(practice, { directory: large() });
    const text = `/hv show ${record.label}`;
    const answer = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text });
    expect(JSON.stringify([answer.ack, answer.ephemerals])).toMatch(/\|Open the pages of its plan>/);
  });

  it('a preview says that all of it will be listed', async () => {
    await practice.queue.answer('directory', () => Promise.resolve({ verdicts: [], part: large() }));
    const text = '/delegate hyper-v01 -> hyper-v02 --plan';
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text });
    const said = await waitFor('the preview', () =>
      Promise.resolve(
        practice.slack.messages
          .ephemerals('U0REQUESTER')
          .map((each) => JSON.stringify(each))
          .find((each) => each.includes('Only a plan')),
      ),
    );
    expect(said).toContain('every change is listed in the thread of its card before anybody can approve it');
  });
});
