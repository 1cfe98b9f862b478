import { canonicalText } from '../../../src/core/canonical';
import type { HeardWord } from '../../../src/core/request/heard-word';
import { wordOf, type MoveWord } from '../../../src/core/request/move-word';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Policy } from '../../../src/core/settings';
import { MOVE_POLICY } from '../../support/move-stage';
import { NOW, requester, testKeys } from '../../support/request-record';
import { everyMoveState, moveStep } from '../support/move-states';
import { asked, messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, press, told } from '../support/requests';
import { moveOutcome } from '../../support/move-journal';

/** The requester may ask for moves; others may approve them, and no more. */
const policy: Policy = {
  ...MOVE_POLICY,
  'live-move': { requesters: [requester.user], approvers: ['U0APPROVER'], quorum: 1 },
};
const refused = { code: 'x', summary: 'hyper-v02 is full.', remedy: '' };
const failed = moveStep(1, {
  outcome: moveOutcome('failed', { at: NOW, problem: refused }),
});

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ policy });
});
afterAll(() => practice.stop());

/** A drain on its way, approved by its approver, with one machine that has failed and one that is left. */
async function moving(): Promise<{ record: RequestRecord; ts: string }> {
  const order = { user: 'requester', channel: 'hyper-v', text: '/drain hyper-v01' };
  const planning = await asked(practice, await practice.lab.command(order));
  const hosts = everyMoveState['moves waiting']?.plan?.hosts;
  const directory = { changes: [], destinations: [], forMs: null };
  const plan = freshPlan(planning, { directory, ...(hosts && { hosts }) });
  await commit(practice, planning, { state: 'waiting', plan });
  await practice.report(planning.id);
  const ts = String((await cardOf(practice, planning))['ts']);
  await press(practice, ts, { user: 'approver', action: 'request.approve' });
  const record = await commit(practice, planning, { state: 'running', moves: [failed, moveStep(2)] });
  await practice.report(record.id);
  return { record, ts };
}

const now = async ({ id }: RequestRecord): Promise<RequestRecord> => {
  const record = await practice.ledger.read(id);
  if (!record) throw new Error('the request is gone');
  return record;
};
const threadOf = async (ts: string): Promise<string> =>
  (await messagesIn(practice, 'hyper-v', ts)).map(textOf).join('\n');

/** What the worker would make of the last word. */
async function hear(record: RequestRecord, heard: Pick<HeardWord, 'problem' | 'machines'>): Promise<void> {
  const { instructions, heard: before } = await now(record);
  const [last] = instructions.slice(-1);
  if (!last) throw new Error('nothing was said');
  await commit(practice, record, { heard: [...before, { word: wordOf(last), at: NOW, ...heard }] });
  await practice.report(record.id);
}

describe('a button of moves under way', () => {
  it.each<[MoveWord, readonly string[], string]>([
    [
      'retry-failed',
      ['web-01'],
      '🔁 <@U0REQUESTER> has these tried once more, in the same approval: web-01. It can be pressed 2 times more.',
    ],
    [
      'replan',
      ['web-02 → hyper-v03'],
      '🧭 <@U0REQUESTER> had what is left planned anew, in the same approval: web-02 → hyper-v03.',
    ],
    ['replan', [], '🧭 <@U0REQUESTER> had what is left planned anew: everything stays as it was planned.'],
  ])('%s becomes a signed word, and the thread tells what came of it', async (what, machines, said) => {
    const { record, ts } = await moving();
    expect(told(await press(practice, ts, { user: 'requester', action: `request.${what}` }))).toBe('');
    const [word] = (await now(record)).instructions;
    expect(word?.statement).toMatchObject({ what, intake: record.id, by: { user: 'U0REQUESTER' } });
    expect(
      word && testKeys().verifier.verify(canonicalText(word.statement), word.keyId, word.signature),
    ).toBe(true);
    await hear(record, { problem: null, machines });
    expect(await threadOf(ts)).toContain(said);
  });

  it('is answered with why to who may not ask for that, and nothing is said', async () => {
    const { record, ts } = await moving();
    const answer = told(await press(practice, ts, { user: 'approver', action: 'request.retry-failed' }));
    expect(answer).toMatch(/not among those who may ask for a live-move/);
    expect((await now(record)).instructions).toEqual([]);
    expect((await practice.ledger.audit(record.id)).map(({ what }) => what)).toContain(
      'retry-failed.refused',
    );
  });

  it('that the worker does not follow is told with why', async () => {
    const { record, ts } = await moving();
    await press(practice, ts, { user: 'requester', action: 'request.replan' });
    const problem = { code: 'x', summary: 'It is <!channel> too late.', remedy: 'Ask again.' };
    await hear(record, { problem, machines: [] });
    expect(await threadOf(ts)).toContain(
      '✖ “Re-plan” in the name of <@U0REQUESTER> was not followed: It is &lt;!channel&gt; too late.\nTo do: Ask again.',
    );
  });

  it('is gone while the worker has a word to follow, and when it was said three times', async () => {
    const { record, ts } = await moving();
    const card = async () => JSON.stringify(await cardOf(practice, record));
    for (const _ of [1, 2, 3]) {
      expect(await card()).toContain('request.retry-failed');
      await press(practice, ts, { user: 'requester', action: 'request.retry-failed' });
      await practice.report(record.id);
      expect(await card()).not.toContain('request.retry-failed');
      expect(await card()).not.toContain('request.replan');
      await hear(record, { problem: null, machines: ['web-01'] });
    }
    expect(await card()).not.toContain('request.retry-failed');
    expect(await card()).toContain('request.replan');
    expect(await threadOf(ts)).toContain('That was the last time.');
  });
});
