import type { KnownBlock } from '@slack/types';
import { checkBlocks } from '../../../lab/slack/block-check';
import { card } from '../../../src/bot/cards/card';
import { overLimits } from '../../../src/bot/cards/limits';
import type { Message } from '../../../src/bot/cards/message';
import { reversalThread, thread } from '../../../src/bot/reports/thread';
import { printAsk } from '../../../src/core/commands/print';
import type { RequestRecord } from '../../../src/core/request/record';
import { intake, NOW, planOf, policy, recordOf, signed } from '../../support/request-record';
import { partOf } from '../support/many-hosts';
import { everyState } from '../support/states';
import { change, decision, ended, part, planned, refusal, step, trustChange } from '../support/usual-request';

const hostile = '<!channel> <https://x|Approve> *now* & `so`';
const ask = {
  verb: 'delegate' as const,
  sources: [{ kind: 'host' as const, host: { kind: 'short' as const, text: 'hyper-v01' } }],
  destinations: [{ kind: 'host' as const, host: { kind: 'short' as const, text: 'hyper-v02' } }],
  way: 'one-way' as const,
  services: ['cifs' as const],
  protocol: null,
  forMs: null,
  reason: hostile,
  ticket: null,
  planOnly: false,
};

/** A request in which everything that can come from outside is hostile and long. */
function hostileRecord(state: RequestRecord['state'], length = 0): RequestRecord {
  const foreign = `${hostile}${' x'.repeat(length)}`;
  const statement = intake({ command: printAsk(ask) });
  const values = Array.from({ length: 60 }, (_, index) => `cifs/${index}${foreign}`);
  const plan = planOf(statement, {
    directory: {
      ...partOf([
        {
          ...change,
          name: foreign,
          dn: foreign,
          before: values.slice(0, 3),
          add: values.slice(3),
          by: 'hand',
        },
        { ...trustChange, name: foreign, dn: foreign },
      ]),
      destinations: [
        { guid: '', name: foreign, spns: values.map((spn) => ({ spn, through: 'explicit' as const })) },
      ],
    },
    server: foreign,
    verdicts: values.flatMap((sentence) => [
      refusal('x', sentence, foreign),
      { check: 'y', verdict: 'warn' as const, sentence, remedy: foreign },
    ]),
  });
  const problem = { code: 'x', summary: foreign, remedy: foreign };
  const record = recordOf({ state, plan, intake: signed(statement), ending: { ...ended, problem } });
  return {
    ...record,
    decisions: [decision(record, 'deny', foreign)],
    voided: [{ plan: 1, sentence: foreign, at: NOW }],
    parent: { id: 'x', label: foreign },
    steps: [step({ server: foreign })],
    proof: { level: 'proved', converged: 1, servers: 1, checks: [], note: foreign },
    trouble: problem,
  };
}

const everyMessage = (record: RequestRecord): Message[] => {
  const reversal = { ...record, reverses: { plan: 1, due: NOW, warned: true } };
  return [
    ...thread(record, policy, { reversal }),
    ...reversalThread(reversal),
    ...reversalThread({ ...reversal, ending: null }),
  ].map(({ message }) => message);
};

describe('foreign text on a card', () => {
  const states = [...new Set(Object.values(everyState).map(({ state }) => state))];

  it.each(states)('means nothing to Slack in a request that is %s', (state) => {
    for (const message of everyMessage(hostileRecord(state))) {
      expect(markupOf(message).filter((text) => /<!channel|<https|\*now\*|`so`/.test(text))).toEqual([]);
    }
  });

  it('is shown exactly as it was typed', () => {
    const shown = card(hostileRecord('waiting'), policy).blocks.flatMap(plainTexts);
    expect(shown).toContain(`Reason given: ${hostile}`);
    expect(shown.filter((text) => text.includes('&lt;'))).toEqual([]);
  });

  it.each(states)('never makes a message too large for Slack in a request that is %s', (state) => {
    for (const message of everyMessage(hostileRecord(state, 700))) {
      expect(overLimits(message)).toEqual([]);
      expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    }
  });

  it('is never cut where it is what an approver approves', () => {
    const value = `Microsoft Virtual System Migration Service/${'x'.repeat(253)}`;
    const kept = Array.from({ length: 5 }, (_, index) => `cifs/${index}${'y'.repeat(300)}`);
    const add = [1, 2, 3, 4].map((index) => `${value.slice(0, -1)}${index}`);
    const changes = [{ ...change, dn: 'z'.repeat(400), before: kept, add }];
    const record = recordOf({ state: 'waiting', plan: planned({ directory: { ...part, changes } }) });
    const shown = card(record, policy).blocks.flatMap(plainTexts).join('\n');
    expect(add.filter((each) => !shown.includes(`+  ${each}`))).toEqual([]);
  });

  it('counts kept values instead of listing more than five', () => {
    const kept = (count: number) => Array.from({ length: count }, (_, index) => `cifs/kept${index}`);
    const shown = (count: number): string => {
      const changes = [{ ...change, before: kept(count) }];
      const record = recordOf({ state: 'waiting', plan: planned({ directory: { ...part, changes } }) });
      return card(record, policy).blocks.flatMap(plainTexts).join('\n');
    };
    expect(shown(5)).toContain('=  cifs/kept4');
    expect(shown(6)).toContain('=  6 other values stay');
    expect(shown(6)).not.toContain('cifs/kept');
  });
});

/** The texts of a message in which markup works. */
function markupOf({ text, blocks }: Message): string[] {
  return [text, ...blocks.flatMap((block) => textsOf(block, 'mrkdwn'))];
}

function plainTexts(block: KnownBlock): string[] {
  return textsOf(block, 'plain_text');
}

function textsOf(block: KnownBlock, type: string): string[] {
  const found: string[] = [];
  JSON.stringify(block, (_, value: unknown) => {
    const object = value as { type?: unknown; text?: unknown } | null;
    if (object?.type === type && typeof object.text === 'string') found.push(object.text);
    return value;
  });
  return found;
}
