import { waitFor } from '../../../lab/wait-for';
import type { RequestRecord } from '../../../src/core/request/record';
import { NOW } from '../../support/request-record';
import { largePart } from '../support/large-plans';
import { messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, press, waiting } from '../support/requests';
import { rules } from '../support/usual-request';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice({ policy: { ...rules, highRisk: { pairs: 5_000 } } });
});
afterEach(() => practice.stop());

/** More than eight pages, without a trust mode. */
const huge = () => {
  const part = largePart(30, 40);
  return { ...part, changes: part.changes.filter(({ kind }) => kind !== 'trust-mode') };
};
const cardText = async (record: RequestRecord): Promise<string> =>
  JSON.stringify(await cardOf(practice, record));
const hasApprove = async (record: RequestRecord): Promise<boolean> =>
  (await cardText(record)).includes('request.approve');
/** The files in the thread, by name, with what the stand-in has of each. */
async function filesIn(ts: string): Promise<readonly { name: string; content: string }[]> {
  const thread = await messagesIn(practice, 'hyper-v', ts);
  const files = thread.flatMap(({ files: each }) => (each ?? []) as { id: string; name: string }[]);
  return Promise.all(
    files.map(async ({ id, name }) => ({ name, content: await practice.lab.text(`/_lab/file/${id}`) })),
  );
}

describe('a plan of more than eight pages', () => {
  it('is shared as one file before the card can be approved', async () => {
    const { record, ts } = await waiting(practice, { directory: huge() });
    const [file, ...others] = await filesIn(ts);
    const { fingerprint = '' } = record.plan ?? {};
    expect(others).toEqual([]);
    expect(file?.name).toBe(`${record.label}-plan-1-${fingerprint.slice(0, 8)}.txt`);
    expect(file?.content).toContain(`Fingerprint ${fingerprint}\n`);
    expect(file?.content).toMatch(
      /\n1696\. msDS-AllowedToDelegateTo of [^\n]+\n\nEnd of the list: 1,696 writes of plan 1/,
    );
    const calls = practice.slack.traffic.entries().map(({ name }) => name);
    expect(calls.indexOf('chat.update')).toBeGreaterThan(calls.indexOf('files.completeUploadExternal'));
    expect(await cardText(record)).toContain(`in the file ${file?.name}; fingerprint `);
    await press(practice, ts, { user: 'approver', action: 'request.approve' });
    expect((await practice.ledger.read(record.id))?.state).toBe('approved');
  });

  it.each([
    ['files.getUploadURLExternal', 'drop-reply'],
    ['files.completeUploadExternal', 'drop-reply'],
    ['files.completeUploadExternal', 'http-error'],
    ['conversations.replies', 'http-error'],
    ['files.completeUploadExternal', 'rate-limit'],
  ] as const)('is shared once when %s meets %s', async (method, kind) => {
    await practice.lab.faults({ kind, method });
    const { record, ts } = await waiting(practice, { directory: huge() });
    await waitFor('the button', async () => (await hasApprove(record)) || undefined);
    expect(await filesIn(ts)).toHaveLength(1);
  });

  it('cannot be approved where Slack lets the bot share no files, and the card says why', async () => {
    await practice.lab.faults({
      kind: 'api-error',
      method: 'files.getUploadURLExternal',
      error: 'missing_scope',
    });
    const { record, ts } = await waiting(practice, { directory: huge() });
    expect(await filesIn(ts)).toEqual([]);
    expect(await hasApprove(record)).toBe(false);
    expect(await cardText(record)).toContain('installed again with the scope files:write');
    // The rest of the request goes on.
    expect(await practice.ledger.unreported()).not.toContain(record.id);
  });

  it('has a new file with a new plan, and a reply says that the old one is void', async () => {
    const { record, ts } = await waiting(practice, { directory: huge() });
    const voided = [{ plan: 1, sentence: 'hyper-v01 was edited.', at: NOW }];
    const approved = await commit(practice, record, { state: 'approved' });
    const stale = await commit(practice, approved, { state: 'stale', voided });
    const planning = await commit(practice, stale, { state: 'planning' });
    const plan = freshPlan(record, { directory: huge(), number: 2 });
    await commit(practice, planning, { state: 'waiting', plan });
    await practice.report(record.id);
    const names = (await filesIn(ts)).map(({ name }) => name.slice(0, -12));
    expect(names).toEqual([`${record.label}-plan-1-`, `${record.label}-plan-2-`]);
    const said = (await messagesIn(practice, 'hyper-v', ts)).map(textOf);
    expect(said.find((text) => text.startsWith('♻ Superseded'))).toContain(
      `the file above lists plan 1 of ${record.label}`,
    );
    expect(await hasApprove(record)).toBe(true);
  });
});
