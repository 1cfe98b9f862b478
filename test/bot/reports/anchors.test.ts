import { drawSeal } from '../../../src/core/audit/seal';
import { STREAM_START } from '../../../src/core/audit/stream';
import type { Flaw } from '../../../src/core/audit/flaw';
import type { Clock, Conversation } from '../../../src/core/ports';
import { anchorOnce, type AnchorParts } from '../../../src/bot/reports/anchors';
import type { Message } from '../../../src/bot/cards/message';
import { slackConversation } from '../../../src/bot/reports/conversation';
import { slackClients } from '../../../src/bot/slack-clients';
import { messagesIn, startPractice, textOf, type Practice } from '../support/practice';

const HOUR = 3_600_000;
let practice: Practice;
let later = 0;
let trouble: Flaw | null = null;
beforeEach(async () => {
  practice = await startPractice();
  later = 0;
  trouble = null;
});
afterEach(() => practice.stop());

function partsWith(
  around: (conversation: Conversation<Message>) => Conversation<Message> = (own) => own,
): AnchorParts {
  const { ledger, parts } = practice;
  const { apiUrl } = practice.slack;
  const { botToken, log } = parts;
  const clients = slackClients({ mode: 'lab', apiUrl, botToken, log, onRefused: () => undefined });
  const own = () => ({ user: 'U0HANDOVER', bot: 'B0HANDOVER' });
  const clock: Clock = { ...parts.clock, now: () => parts.clock.now() + later };
  return {
    ledger,
    clock,
    holder: 'test',
    anchorHours: 24,
    trouble: () => trouble,
    conversation: around(slackConversation(clients.posting, own, { send: clients.send, clock })),
    channels: { approvals: 'C0APPROVALS', notices: 'C0NOTICES' },
  };
}

async function seal(): Promise<void> {
  const { ledger, parts } = practice;
  await ledger.note('', { what: 'test', who: 'test', at: 1, detail: {} });
  const last = (await ledger.lastSeal())?.seal ?? null;
  const drawn = drawSeal(last, await ledger.auditStream(last?.to ?? STREAM_START, 1_000), parts.clock.now());
  if (drawn) await ledger.addSeal({ seal: drawn, keyId: 'k1', signature: 's' });
}

const posted = async (channel = 'notices'): Promise<string[]> =>
  (await messagesIn(practice, channel)).map(textOf);

describe('the posting of seals', () => {
  it('posts nothing before there is a seal, and the newest one once', async () => {
    await anchorOnce(partsWith());
    expect(await posted()).toEqual([]);
    await seal();
    await seal();
    await anchorOnce(partsWith());
    await anchorOnce(partsWith());
    expect(await posted()).toEqual([expect.stringMatching(/^🔏 Audit seal 2 · 2 records · [0-9a-f]{32}$/)]);
  });

  it('posts the next one a day later, and none when nothing has happened since', async () => {
    await seal();
    await anchorOnce(partsWith());
    await seal();
    await anchorOnce(partsWith());
    expect(await posted()).toHaveLength(1);
    later = 24 * HOUR;
    await anchorOnce(partsWith());
    expect(await posted()).toEqual([expect.anything(), expect.stringContaining('seal 2 ')]);
    later = 96 * HOUR;
    await anchorOnce(partsWith());
    expect(await posted()).toHaveLength(2);
  });

  it('posts it once although the answer was lost, and a new seal came meanwhile', async () => {
    await seal();
    const deaf = partsWith((own) => ({
      ...own,
      async post(place, message) {
        await own.post(place, message);
        throw new Error('the answer was lost');
      },
    }));
    await expect(anchorOnce(deaf)).rejects.toThrow('the answer was lost');
    await practice.ledger.releaseLease({ key: 'report-seals', holder: 'test', token: 1, until: 0 });
    await seal();
    await anchorOnce(partsWith());
    await anchorOnce(partsWith());
    expect(await posted()).toEqual([expect.stringContaining('seal 1 ')]);
  });

  it('goes to the approvals channel where the bot is not in #notices', async () => {
    const channel = practice.slack.workspace.channel('notices');
    Object.assign(channel ?? {}, { members: [] });
    await seal();
    await anchorOnce(partsWith());
    await anchorOnce(partsWith());
    expect(await posted('approvals')).toEqual([expect.stringContaining('seal 1 ')]);
  });

  it('raises an alarm once for a place that does not add up', async () => {
    trouble = { place: 'R-1001, record 7', what: 'It was edited.' };
    await anchorOnce(partsWith());
    await anchorOnce(partsWith());
    expect(await posted()).toEqual([
      expect.stringContaining('R-1001, record 7: It was edited. Requests go on.'),
    ]);
  });
});
