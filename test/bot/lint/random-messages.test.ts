import { WebClient } from '@slack/web-api';
import fc from 'fast-check';
import { card } from '../../../src/bot/cards/card';
import { homeView } from '../../../src/bot/home/view';
import { expectSlackTakes } from '../../support/blocks';
import { approver, requester } from '../../support/request-record';
import { messagesOf } from '../support/all-said';
import { lintBlocks, lintMessage } from '../support/lint';
import { startPractice } from '../support/practice';
import { requests } from '../support/random-requests';
import { rules } from '../support/usual-request';

const health = { conducts: false, readsDirectory: true, ledgerMs: 0.4 };

const noted = [
  { host: 'hyper-v01', last: { at: 1, load: 12, free: 2 ** 35, total: 2 ** 36 }, cordon: null },
  {
    host: 'hyper-v02',
    last: null,
    cordon: { id: 'c', host: 'hyper-v02', by: requester, why: '*all* <!channel>', at: 1_000 },
  },
];

describe('of random plans and states', () => {
  it('200 requests are told so that anybody can read it, and Slack takes all of it', () => {
    fc.assert(
      fc.property(requests, (record) => {
        for (const message of messagesOf(record)) {
          expect(lintMessage(message)).toEqual([]);
          expectSlackTakes(message, 'message');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('any Home can be read by anybody, and Slack takes each of its pages', () => {
    fc.assert(
      fc.property(
        // As in the ledger, no two have one id.
        fc
          .array(requests, { maxLength: 20 })
          .map((all) => all.map((each, at) => ({ ...each, id: `${at}`.padStart(32, '0') }))),
        fc.nat({ max: 4 }),
        fc.boolean(),
        (open, page, isApprover) => {
          const view = homeView({
            by: isApprover ? approver : requester,
            policy: rules,
            links: new Map(),
            overview: {
              open: open.filter(({ ending }) => !ending),
              toReview: [],
              expiring: [],
              hosts: noted,
              unnotedSince: 0,
              unseen: 0,
              health,
              standstill: { freeze: null, window: null },
            },
            notice: null,
            page,
          });
          expect(lintBlocks(view.blocks)).toEqual([]);
          expectSlackTakes(view, 'home');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('200 cards are taken by the stand-in over the wire', async () => {
    const practice = await startPractice({}, { start: false });
    try {
      const { apiUrl: slackApiUrl } = practice.parts.settings.slack;
      const web = new WebClient(practice.parts.botToken, { slackApiUrl });
      for (const record of fc.sample(requests, 200)) {
        const { text, blocks } = card(record, rules);
        const posted = await web.chat.postMessage({ channel: 'C0HYPERV', text, blocks: [...blocks] });
        expect(posted.ok).toBe(true);
      }
      expect(practice.slack.messages.topLevel('C0HYPERV')).toHaveLength(200);
    } finally {
      await practice.stop();
    }
  });
});
