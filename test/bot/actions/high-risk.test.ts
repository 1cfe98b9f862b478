import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { startPractice, type Practice } from '../support/practice';
import { press, told, waiting } from '../support/requests';
import { part } from '../support/usual-request';

let practice: Practice;
const rule = { requesters: 'anyone' as const, approvers: ['U0APPROVER', 'U0APPROVER2'], quorum: 1 };
beforeAll(async () => {
  practice = await startPractice({ policy: { 'delegation-add': rule, 'trust-mode': rule } });
});
afterAll(() => practice.stop());

const [change] = part.changes;
if (!change) throw new Error('the usual part changes nothing');
const { guid, dn, name } = change;
const trust = { guid, dn, name, by: 'hand', kind: 'trust-mode', attribute: 'userAccountControl' } as const;
const risky: DirectoryPart = {
  ...part,
  changes: [...part.changes, { ...trust, before: 0x1000, after: 0x1001000 }],
};

const click = (ts: string, user = 'approver') => press(practice, ts, { user, action: 'request.approve' });
const type = (view: unknown, host: string, user = 'approver') =>
  practice.lab.submit({ user, view_id: String(view), values: { 'request.approve.host': host } });
const votes = async (id: string) => (await practice.ledger.read(id))?.decisions.length;

describe('Approve of a high risk', () => {
  it('asks for the host’s name, says why, and decides nothing by itself', async () => {
    const { record, ts, card } = await waiting(practice, { directory: risky });
    // One question, not two: the form asks.
    expect(JSON.stringify(card)).toContain('"text":"Approve…"');
    expect(JSON.stringify(card)).not.toContain('"confirm"');
    const { view } = await click(ts);
    expect(JSON.stringify(view)).toContain('a person is told how to do the rest');
    expect(view).toMatchObject({ callback_id: 'request.approve.submit' });
    expect(JSON.stringify(view)).toMatch(
      /High risk: A trust mode is set.*Which host\?.*type the host’s name, hyper-v01/,
    );
    expect(await votes(record.id)).toBe(0);
  });

  it('says under the input that another name is none of its hosts', async () => {
    const { record, ts } = await waiting(practice, { directory: risky });
    const { view } = await click(ts);
    for (const wrong of ['hyper-v02', 'hyper-v0', ' ']) {
      expect(JSON.stringify(await type(view?.['id'], wrong))).toMatch(/no host that this request changes/);
    }
    expect(await votes(record.id)).toBe(0);
  });

  it.each(['hyper-v01', '  HYPER-V01$ '])('is an approval with the name: %j', async (typed) => {
    const { record, ts } = await waiting(practice, { directory: risky });
    const { view } = await click(ts);
    expect(await type(view?.['id'], typed)).toMatchObject({ ok: true });
    expect((await practice.ledger.read(record.id))?.state).toBe('approved');
  });

  it('opens no form for who may not approve, and hears in the form what has changed meanwhile', async () => {
    const { record, ts } = await waiting(practice, { directory: risky });
    const own = await click(ts, 'requester');
    expect([own.view, told(own)]).toEqual([undefined, expect.stringContaining('somebody else')]);
    const { view } = await click(ts);
    await practice.lab.command({ user: 'oncall', channel: 'hyper-v', text: '/hv freeze "storm"' });
    expect(JSON.stringify(await type(view?.['id'], 'hyper-v01'))).toMatch(/Everything is frozen/);
    expect(await votes(record.id)).toBe(0);
    await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/hv unfreeze "over"' });
  });

  it('is no matter of a plan without it', async () => {
    const { record, ts } = await waiting(practice);
    expect((await click(ts)).view).toBeUndefined();
    expect(await votes(record.id)).toBe(1);
  });
});
