import { listOpen } from '../../../src/jobs/open-requests';
import { policy } from '../../support/request-record';
import { startPractice, textOf, type Practice } from '../support/practice';
import { commit, waiting } from '../support/requests';

// Somebody of the team who has asked nothing, decides nothing, and whom nobody lets see anything.
const NOBODY = 'U0NOBODY';

describe('open requests, to whom they are told', () => {
  let practice: Practice;
  let label: string;
  beforeAll(async () => {
    practice = await startPractice({ policy: { ...policy, read: { delegations: ['U0ONCALL'] } } });
    practice.slack.workspace.users.push({ id: NOBODY, name: 'nobody', role: 'nobody' });
    for (const { members } of practice.slack.workspace.channels) members.push(NOBODY);
    const { record } = await waiting(practice);
    label = record.label;
    await practice.ledger.takeLease('object-g1', 'w1', 60_000, `${label} writes x of hyper-v01`);
  });
  afterAll(() => practice.stop());

  const say = async (user: string, text: string): Promise<string> => {
    const { ack } = await practice.lab.command({ user, channel: 'notices', text });
    return `${textOf(ack)} ${JSON.stringify(ack)}`;
  };

  it.each([
    ['requester', 'who asked'],
    ['approver', 'whose decision it waits for'],
    ['oncall', 'who may see the delegations of its hosts'],
  ])('the %s, %s, sees it in the list, with what is being written, and whole', async (user) => {
    expect(await say(user, '/hv requests')).toContain(label);
    expect(await say(user, '/hv requests')).toContain('writes x of hyper-v01');
    expect(await say(user, `/hv show ${label}`)).toContain('Open its card');
  });

  it.each(['', ' mine', ' waiting', ' running', ' review'])(
    'nobody else sees it by /hv requests%s',
    async (which) => {
      const told = await say('nobody', `/hv requests${which}`);
      expect(told).toContain('Nothing is open that you may see');
      expect(told).not.toMatch(/R-1\d\d\d|hyper-v0/);
    },
  );

  it('nobody else is shown it, but where its card stands', async () => {
    expect(await say('nobody', `/hv show ${label}`)).toMatch(/You are not among those who may see/);
    const beside = { user: 'nobody', channel: 'hyper-v', text: `/hv show ${label}` };
    expect(JSON.stringify((await practice.lab.command(beside)).ack)).toContain('Open its card');
  });

  it('one who is denied everything sees not even the own requests', async () => {
    const denying = { ...policy, deny: ['U0REQUESTER'], read: { delegations: 'anyone' as const } };
    const closed = await startPractice({ policy });
    const { record } = await waiting(closed);
    await commit(closed, record, { state: 'approved' });
    const by = record.intake.statement.by;
    const asked = { which: null, by };
    expect((await listOpen({ ledger: closed.ledger, policy }, asked)).records).toHaveLength(1);
    expect((await listOpen({ ledger: closed.ledger, policy: denying }, asked)).records).toEqual([]);
    await closed.stop();
  });
});
