import { card } from '../../../src/bot/cards/card';
import { homeView } from '../../../src/bot/home/view';
import { expectSlackTakes } from '../../support/blocks';
import { approver, secondApprover } from '../../support/request-record';
import { messagesOf } from '../support/all-said';
import { lintBlocks, lintMessage } from '../support/lint';
import { everyReversal, everyState } from '../support/states';
import { rules } from '../support/usual-request';

const health = { conducts: true, readsDirectory: false, ledgerMs: 2 };
const states = Object.entries(everyState);
const reversals = Object.entries(everyReversal);

const noted = [
  { host: 'hyper-v01', last: { at: 1, load: 12, free: 2 ** 35, total: 2 ** 36 }, cordon: null },
  {
    host: 'hyper-v02',
    last: null,
    cordon: { id: 'c', host: 'hyper-v02', by: secondApprover, why: '*all* <!channel>', at: 1_000 },
  },
];

describe('what is said of a request', () => {
  it.each([...states, ...reversals.map(([name, record]) => [`reversal, ${name}`, record] as const)])(
    'that is %s can be read by anybody, and Slack takes it',
    (_, record) => {
      for (const message of messagesOf(record)) {
        expect(lintMessage(message)).toEqual([]);
        expectSlackTakes(message, 'message');
      }
    },
  );

  it.each(reversals)('says what to do on its parent’s card: %s', (_, reversal) => {
    const parent = everyState['done for a time'];
    const message = parent && card(parent, rules, { reversal });
    expect(message && lintMessage(message)).toEqual([]);
  });
});

describe('Home', () => {
  // As in the ledger, no two have one id.
  const open = states
    .map(([, record], at) => ({ ...record, id: `${at}`.padStart(32, '0') }))
    .filter(({ ending }) => !ending);
  const freeze = { id: 'f', by: secondApprover, why: '*all* <b>of it</b>', at: 1_000 };
  const standstill = { freeze, window: 'patch-night' };
  const content = {
    by: approver,
    policy: rules,
    links: new Map(open.map(({ id }) => [id, 'https://practice.slack.com/archives/C0HYPERV/p1'])),
    overview: {
      open,
      toReview: [],
      expiring: [],
      hosts: noted,
      unnotedSince: 0,
      unseen: 2,
      health,
      standstill,
    },
    findings: 'unread' as const,
    notice: '🚫 R-1042: Nothing was decided.',
  };

  it.each([0, 1, 2, 3, 99])('page %i with every state can be read by anybody, and Slack takes it', (page) => {
    const view = homeView({ ...content, page });
    expect(lintBlocks(view.blocks)).toEqual([]);
    expectSlackTakes(view, 'home');
  });
});
