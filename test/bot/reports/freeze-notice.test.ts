import { waitFor } from '../../../lab/wait-for';
import { noticeFreezeOnce } from '../../../src/bot/reports/freeze-notice';
import { slackConversation } from '../../../src/bot/reports/conversation';
import { slackClients } from '../../../src/bot/slack-clients';
import { sayFreeze } from '../../../src/jobs/freeze';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { messagesIn, startPractice, textOf, type Practice } from '../support/practice';

const admin = { enterprise: null, team: 'os', user: 'dc-host/admin' };
const posted = async (practice: Practice): Promise<string[]> =>
  (await messagesIn(practice, 'notices')).map(textOf);
const freezeBy = ({ parts }: Practice, by = admin) =>
  sayFreeze({ ...parts, random: systemRandom }, { by, why: 'Slack is *down*' });

describe('a freeze that was said from a shell', () => {
  let practice: Practice;
  beforeEach(async () => {
    practice = await startPractice({}, { start: false });
  });
  afterEach(() => practice.stop());
  const toldOnce = () =>
    waitFor('the notice', async () => ((await posted(practice)).length > 0 ? posted(practice) : undefined));

  it('is told in the notices by the bot that comes later, once, by whom and why', async () => {
    await freezeBy(practice);
    await practice.bot.start();
    const [notice, ...others] = await toldOnce();
    expect(notice).toMatch(/^🧊 \*Frozen\* by dc-host\/admin: Slack is .*down[^]*\/hv unfreeze/);
    expect(others).toEqual([]);
    await practice.bot.stop();
  });

  it('is not told again by the next bot, and not when it is over', async () => {
    const { slack, parts } = practice;
    const clients = slackClients({ ...parts, apiUrl: slack.apiUrl, onRefused: () => undefined });
    const own = () => ({ user: 'U0HANDOVER', bot: 'B0HANDOVER' });
    const conversation = slackConversation(clients.posting, own, { send: clients.send, clock: parts.clock });
    const channels = { approvals: 'C0APPROVALS', notices: 'C0NOTICES' };
    const look = (holder: string) => noticeFreezeOnce({ ...practice.parts, conversation, channels, holder });
    await look('a');
    await freezeBy(practice);
    await Promise.all([look('a'), look('b'), look('c')]);
    await look('b');
    expect(await posted(practice)).toHaveLength(1);
    await practice.parts.client.unfreeze({ by: { enterprise: null, team: 'T1', user: 'U1' }, why: 'ok' });
    await freezeBy(practice, { enterprise: null, team: 'T1', user: 'U2' });
    await look('a');
    // What is said in Slack is told by who heard it.
    expect(await posted(practice)).toHaveLength(1);
  });
});
