import { denyForm } from '../../../src/bot/actions/deny-form';
import { aboutCard } from '../../../src/bot/cards/button-value';
import type { Message } from '../../../src/bot/cards/message';
import { isShownWhole } from '../../../src/bot/cards/plan-blocks';
import { helpAnswer, previewAnswer, problemAnswer, sentence } from '../../../src/bot/commands/answers';
import { showAnswer } from '../../../src/bot/commands/show';
import { refusalText } from '../../../src/bot/refusal';
import { reversalThread, thread } from '../../../src/bot/reports/thread';
import { parseCommand } from '../../../src/core/commands/parse';
import { printAsk } from '../../../src/core/commands/print';
import { LONGEST_COMMAND } from '../../../src/core/commands/typed-text';
import { VERBS } from '../../../src/core/commands/verbs';
import type { DirectoryPart, Verdict } from '../../../src/core/delegation/plan';
import type { RequestRecord } from '../../../src/core/request/record';
import { expectSlackTakes } from '../../support/blocks';
import { intake, NOW, planOf, policy, recordOf, requester, signed } from '../../support/request-record';
import { machineId, moveStep } from '../support/move-states';
import { ofPart } from '../support/many-hosts';
import { everyReversal, everyState } from '../support/states';
import { change, decision, ended, refusal, step, trustChange, trustStep } from '../support/usual-request';

/**
 * What `chat.update` takes as text before it says `msg_too_long`, in bytes, as gitlab-org/gitlab merge request 258898
 * found; `chat.postMessage` takes 40,000 characters. Every message of a thread may be edited.
 */
const longestEdit = 4_000;

/** Signs that grow when they are escaped or made inert, in words as long as the directory's names may be. */
const signs = '<&>*_~`"\\😀 ';
const long = (length: number): string => signs.repeat(Math.ceil(length / signs.length)).slice(0, length);
const name = long(256);
const advice = long(900);
const link = `https://example.slack.com/archives/C0HYPERV/p${'1'.repeat(16)}`;

const values = Array.from({ length: 120 }, (_, index) => `cifs/${index}${name}`);
/** A plan changes one object today and gives one power; three full changes would be too long for one message. */
const part: DirectoryPart = {
  changes: [
    { ...change, name, dn: long(1_000), before: values.slice(0, 5), add: values.slice(5) },
    { ...trustChange, name, dn: long(1_000) },
  ],
  destinations: [{ guid: '', name, spns: values.map((spn) => ({ spn, through: 'explicit' as const })) }],
  forMs: null,
};
const ofNothing: DirectoryPart = { changes: [], destinations: [], forMs: null };

/** The longest change that is still shown to its last value. */
function fullPart(): DirectoryPart {
  const parts = values.map((_, index): DirectoryPart => {
    const add = values.slice(0, index + 1).map((value) => value.slice(0, 220));
    return { ...part, changes: [{ ...change, by: 'hand', name, dn: long(1_000), before: [], add }] };
  });
  const full = parts.findLast((each) => isShownWhole(ofPart(each)));
  if (!full) throw new Error('nothing is shown');
  return full;
}
const verdicts: Verdict[] = values.flatMap((sentence_) => [
  refusal('x', sentence_, advice),
  { check: 'y', verdict: 'warn' as const, sentence: sentence_, remedy: advice },
]);
const manyApprovers = Array.from({ length: 200 }, (_, index) => `U0APPROVER${index}`);
const largePolicy = {
  'delegation-add': { requesters: 'anyone' as const, approvers: manyApprovers, quorum: 3 },
};

const stop = signed({
  kind: 'instruction' as const,
  intake: 'x',
  what: 'stop' as const,
  by: { enterprise: null, team: 'T1', user: name },
  at: NOW,
});

/** The request in which everything is as long and as many as it can be. */
function largest(state: RequestRecord['state'], isEnded: boolean, directory = part): RequestRecord {
  const ask = {
    verb: 'delegate' as const,
    sources: [{ kind: 'host' as const, host: { kind: 'short' as const, text: 'hyper-v01' } }],
    destinations: [{ kind: 'host' as const, host: { kind: 'short' as const, text: 'hyper-v02' } }],
    way: 'one-way' as const,
    services: ['cifs' as const, 'migration' as const],
    protocol: null,
    forMs: null,
    reason: 'x'.repeat(200),
    ticket: 'x'.repeat(40),
    planOnly: false,
  };
  const problem = { code: 'x', summary: advice, remedy: advice };
  const statement = intake({ command: printAsk(ask) });
  const plan = planOf(statement, { number: 4, directory, server: name, verdicts });
  const record = recordOf({
    state,
    label: `R-${'9'.repeat(30)}`,
    plan,
    intake: signed(statement),
    ending: isEnded ? { ...ended, problem } : null,
  });
  return {
    ...record,
    card: { ...record.card, channel: 'C0ELSEWHERE' },
    decisions: [decision(record, 'approve'), decision(record, 'deny', advice)],
    voided: [1, 2, 3, 4].map((number) => ({ plan: number, sentence: advice, at: NOW })),
    steps: [step({ server: name, added: values.slice(0, 50), kept: values }), trustStep({ server: name })],
    instructions: [stop],
    proof: {
      level: 'proved',
      converged: 20,
      servers: 20,
      checks: values.map((what) => ({ what: `cifs ${what}`, result: 'granted' as const })),
      note: advice,
    },
    trouble: problem,
  };
}

/** The same of moves: more machines than a card shows, or as many as it does, each of which failed for a reason of its own. */
function largestMoves(state: RequestRecord['state'], isEnded: boolean, count: number): RequestRecord {
  const record = largest(state, isEnded, ofNothing);
  const machines = Array.from({ length: count }, (_, at) => ({
    id: machineId(at + 1),
    name: `${at}${name}`.slice(0, 100),
    from: 'hyper-v01',
    storage: long(260),
  }));
  const hosts = { settings: [], envelope: { machines, destinations: ['hyper-v02', 'hyper-v03'] } };
  const plan = planOf(record.intake.statement, { number: 4, hosts, directory: ofNothing, verdicts });
  const bad = { headline: name, result: 'bad' as const, fix: advice, command: null };
  const diagnosis = values.slice(0, 17).map((evidence) => ({ ...bad, name: 'Delegation', evidence }));
  const problem = (at: number) => ({ code: 'move.failed', summary: `${at}: ${advice}`, remedy: advice });
  const moves = machines.map(({ id, name: called }, at) =>
    moveStep(1, {
      machine: id,
      name: called,
      outcome: {
        kind: at % 2 === 0 ? 'failed' : 'stuck',
        inferred: false,
        at: NOW,
        problem: problem(at),
        health: [],
        diagnosis,
      },
    }),
  );
  return { ...record, plan, moves, steps: [] };
}

const states = [...new Set(Object.values(everyState).map(({ state }) => state))];
const largeRecords = states.flatMap((state): [string, RequestRecord][] => [
  [`${state}, open and as large as can be`, largest(state, false)],
  [`${state}, ended and as large as can be`, largest(state, true)],
  [`${state}, open and as large as can be shown`, largest(state, false, fullPart())],
  [`${state}, ended and as large as can be shown`, largest(state, true, fullPart())],
]);
const movesRecords = states.flatMap((state): [string, RequestRecord][] => [
  [`${state}, moving more than a card shows`, largestMoves(state, true, 300)],
  [`${state}, moving about as much as a card shows`, largestMoves(state, true, 12)],
  [`${state}, open and moving`, largestMoves(state, false, 12)],
]);
const records = [...Object.entries(everyState), ...largeRecords, ...movesRecords];

describe('Slack takes', () => {
  it.each(records)('everything in the thread of a request that is %s', (_name, record) => {
    for (const rules of [policy, largePolicy]) {
      for (const { message } of thread(record, rules)) {
        expectSlackTakes(message, 'message');
        expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(longestEdit);
      }
    }
  });

  const reversals = [
    ...Object.entries(everyReversal),
    ...largeRecords
      .filter(([name]) => name.endsWith('can be'))
      .map(([name, record]): [string, RequestRecord] => [
        name,
        {
          ...record,
          reverses: { plan: 1, due: NOW, warned: true },
          parent: { id: name, label: record.label },
        },
      ]),
  ];
  const parent = { ...largest('done', true), until: NOW };
  it.each(reversals)('everything about taking it away again: %s', (_name, record) => {
    for (const { message } of reversalThread(record)) {
      expectSlackTakes(message, 'message');
      expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(longestEdit);
    }
    expectSlackTakes(thread(parent, largePolicy, { reversal: record })[0]?.message ?? {}, 'message');
  });

  it.each(records)('a private look at a request that is %s', (_name, record) => {
    expectSlackTakes(showAnswer({ record, reversal: null, link }, largePolicy), 'message');
    expectSlackTakes(showAnswer({ record, reversal: null, link: null }, policy), 'message');
  });

  it.each(records)('the form for denying a request that is %s', (_name, record) => {
    const form = denyForm(record, {
      about: { ...aboutCard(record), plan: Number.MAX_SAFE_INTEGER },
      channel: `C${'0'.repeat(30)}`,
      thread: '1795399200.000001',
    });
    expectSlackTakes(form, 'modal');
  });

  it.each<[string, Message]>([
    ['changes much', previewAnswer({ verdicts, part })],
    ['changes nothing', previewAnswer({ verdicts: [], part: { ...part, changes: [] } })],
    ['would be refused', previewAnswer({ verdicts, part: null })],
  ])('a plan that was only asked about and that %s', (_what, message) => {
    expectSlackTakes(message, 'message');
  });

  it.each([null, ...VERBS.map(({ verb }) => verb)])('the help about %s', (about) => {
    expectSlackTakes(helpAnswer(about, about === 'help' ? {} : policy, requester), 'message');
  });

  const entries = ['/delegate', '/hv', 'mention'] as const;
  const commands = [
    long(LONGEST_COMMAND),
    long(LONGEST_COMMAND + 1),
    'delegate',
    `show ${long(500)}`,
    '\u0000',
    '',
  ];
  const mistakes = entries.flatMap((entry) => commands.map((text) => [entry, text] as const));
  it.each(mistakes)('what is wrong with %s %j', (entry, text) => {
    const parsed = parseCommand(entry, text);
    const message = parsed.ok ? sentence('no mistake') : problemAnswer(entry, parsed.problem, text);
    expectSlackTakes(message, 'message');
  });

  it('a refusal with a long name in it', () => {
    const problem = { code: 'request.ended', summary: name, remedy: advice };
    for (const [, record] of records) expectSlackTakes(sentence(refusalText(problem, record)), 'message');
  });
});
