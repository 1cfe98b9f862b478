import { waitFor } from '../../../lab/wait-for';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Policy } from '../../../src/core/settings';
import { NOW } from '../../support/request-record';
import { messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, press, told, waiting } from '../support/requests';

const rule = {
  requesters: 'anyone' as const,
  approvers: ['U0APPROVER', 'U0APPROVER2', 'U0ONCALL'],
  quorum: 3,
  breakGlass: ['U0APPROVER'],
};
const policy: Policy = { 'delegation-add': rule, oncall: ['U0ONCALL'] };
const WHY = 'The cluster is down and nobody else answers.';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({
    policy,
    reminders: { firstSeconds: 900, escalateSeconds: 3_600, reviewSeconds: 86_400 },
  });
});
afterAll(() => practice.stop());

const click = (ts: string, user: string, action = 'request.glass') => press(practice, ts, { user, action });
const submit = (view: unknown, user: string, values: Record<string, string>) =>
  practice.lab.submit({ user, view_id: String(view), values });
const recordOf = async ({ id }: RequestRecord): Promise<RequestRecord> => {
  const record = await practice.ledger.read(id);
  if (!record) throw new Error('the request is gone');
  return record;
};
const inNotices = async (label: string): Promise<string[]> =>
  (await messagesIn(practice, 'notices')).map(textOf).filter((text) => text.includes(label));

/** A request that one approver has approved alone. */
async function broken(): Promise<{ record: RequestRecord; ts: string }> {
  const { record, ts } = await waiting(practice);
  const { view } = await click(ts, 'approver');
  const values = { 'request.glass.why': WHY, 'request.glass.host': 'hyper-v01' };
  await submit(view?.['id'], 'approver', values);
  await practice.report(record.id);
  return { record: await recordOf(record), ts };
}

/** The same when it is over. */
async function over(): Promise<{ record: RequestRecord; ts: string }> {
  const { record, ts } = await broken();
  await commit(practice, record, { state: 'withdrawn', ending: { problem: null, at: NOW } });
  await practice.report(record.id);
  return { record: await recordOf(record), ts };
}

describe('Break glass', () => {
  it('says in a form what it means, and decides nothing by itself', async () => {
    const { record, ts } = await waiting(practice);
    const { view } = await click(ts, 'approver');
    expect(JSON.stringify(view)).toMatch(
      /Your approval alone will count for all that are missing\. Every check is made as always/,
    );
    expect((await recordOf(record)).decisions).toEqual([]);
  });

  it.each([
    [
      'no reason',
      { 'request.glass.why': 'urgent', 'request.glass.host': 'hyper-v01' },
      /at least 10 characters/,
    ],
    ['another host', { 'request.glass.why': WHY, 'request.glass.host': 'hyper-v09' }, /no host that this/],
  ])('wants more than %s', async (_, values, why) => {
    const { record, ts } = await waiting(practice);
    const { view } = await click(ts, 'approver');
    expect(JSON.stringify(await submit(view?.['id'], 'approver', values))).toMatch(why);
    expect((await recordOf(record)).decisions).toEqual([]);
  });

  it('is for those whom the rule names: not for another approver, nor for who asked', async () => {
    const { record, ts } = await waiting(practice);
    expect(told(await click(ts, 'second-approver'))).toContain('not among those who may break the glass');
    expect(told(await click(ts, 'requester'))).toContain('somebody else has to decide');
    expect((await recordOf(record)).decisions).toEqual([]);
  });

  it('counts for the whole quorum, and is told to everybody with the reason', async () => {
    const { record, ts } = await broken();
    expect(record.state).toBe('approved');
    expect(record.decisions.map(({ statement }) => statement)).toMatchObject([
      { by: { user: 'U0APPROVER' }, breaksGlass: true, reason: WHY, votesFor: ['delegation-add'] },
    ]);
    expect(await inNotices(record.label)).toEqual([
      expect.stringMatching(/Break-glass.*<@U0ONCALL>, <@U0APPROVER2>: <@U0APPROVER> has approved plan 1/),
    ]);
    const direct = practice.slack.messages.topLevel('D0APPROVER2').map(({ text }) => text);
    expect(direct).toContainEqual(expect.stringContaining(`of ${record.label} alone`));
    const thread = JSON.stringify(await messagesIn(practice, 'hyper-v', ts));
    expect(thread).toContain(`Reason given: ${WHY}`);
    const audit = await practice.ledger.audit(record.id);
    expect(audit.find(({ what }) => what === 'decision')?.detail).toMatchObject({
      breaksGlass: true,
      reason: WHY,
    });
  });

  it('may follow an ordinary approval that nobody joined', async () => {
    const { record, ts } = await waiting(practice);
    await click(ts, 'approver', 'request.approve');
    expect((await recordOf(record)).state).toBe('waiting');
    const { view } = await click(ts, 'approver');
    await submit(view?.['id'], 'approver', { 'request.glass.why': WHY, 'request.glass.host': 'hyper-v01' });
    expect((await recordOf(record)).state).toBe('approved');
  });
});

describe('Review', () => {
  it('is asked for when the request is over, in the notices and on the card', async () => {
    const { record } = await over();
    const card = JSON.stringify(await cardOf(practice, record));
    expect(card).toContain('request.review');
    expect(card).toContain('To be reviewed by another approver.');
    expect((await inNotices(record.label)).at(-1)).toMatch(/Somebody has to review it/);
  });

  it('is for another approver: not for who broke the glass, nor for who asked', async () => {
    const { record, ts } = await over();
    for (const user of ['approver', 'requester']) {
      expect(told(await click(ts, user, 'request.review'))).toContain('somebody else has to review it');
    }
    expect((await recordOf(record)).review).toBeNull();
  });

  it('is recorded once, told, and changes nothing else', async () => {
    const { record, ts } = await over();
    const { view } = await click(ts, 'second-approver', 'request.review');
    const other = await click(ts, 'oncall', 'request.review');
    const values = { 'request.review.result': 'wrong', 'request.review.note': 'One call would have done.' };
    await submit(view?.['id'], 'second-approver', values);
    const after = await waitFor('the review', async () => {
      const now = await recordOf(record);
      return now.review ? now : undefined;
    });
    expect(after.review?.statement).toMatchObject({ wasRight: false, by: { user: 'U0APPROVER2' } });
    expect({ ...after, review: null, rev: 0, audit: null }).toEqual({ ...record, rev: 0, audit: null });
    await practice.report(record.id);
    expect(JSON.stringify(await cardOf(practice, record))).toContain('Reviewed by <@U0APPROVER2>: wrong');
    expect((await inNotices(record.label)).at(-1)).toContain('was reviewed by <@U0APPROVER2>');
    expect(await practice.ledger.toReview()).not.toContain(record.id);
    const late = await submit(other.view?.['id'], 'oncall', values);
    expect(JSON.stringify(late)).toContain('was reviewed already');
  });

  it('is listed by the command and at Home until it is done', async () => {
    const { record } = await over();
    const listed = await practice.lab.command({
      user: 'oncall',
      channel: 'hyper-v',
      text: '/hv requests review',
    });
    expect(JSON.stringify(listed.ack)).toContain(record.label);
    await practice.lab.home({ user: 'second-approver' });
    const home = await waitFor('Home', async () => {
      const text = JSON.stringify(practice.slack.views.home('U0APPROVER2')?.blocks ?? '');
      return text.includes(record.label) ? text : undefined;
    });
    expect(home).toContain('To be reviewed');
  });
});
