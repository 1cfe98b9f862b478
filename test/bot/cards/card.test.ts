import { checkBlocks } from '../../../lab/slack/block-check';
import { linesOf } from '../../../lab/tour/transcript';
import { card } from '../../../src/bot/cards/card';
import { readButton } from '../../../src/bot/cards/button-value';
import { thread } from '../../../src/bot/reports/thread';
import type { RequestRecord, StepOutcome } from '../../../src/core/request/record';
import { ARROWS, type State } from '../../../src/core/request/states';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  onePart,
  planOf,
  recordOf,
  signed,
} from '../../support/request-record';

const states = Object.keys(ARROWS) as State[];
const problem = { code: 'x', summary: 'dc1 refused the write (50).', remedy: 'Grant the right.' };
const added: StepOutcome = {
  kind: 'changed',
  inferred: false,
  added: ['cifs/hyper-v02'],
  at: NOW,
  server: 'dc1',
  problem: null,
};
const proof = {
  level: 'proved',
  converged: 1,
  servers: 1,
  checks: [{ what: 'cifs', result: 'granted' }],
  note: '',
} as const;
const isEnd = (state: State) => ARROWS[state].length === 0;

/** A request in a state, with all that such a request has. */
function inState(state: State): RequestRecord {
  const hasRun = ['running', 'done', 'partial', 'failed', 'stuck'].includes(state);
  const outcome = state === 'done' || state === 'partial' ? added : null;
  const steps = hasRun ? [{ guid: onePart.changes[0]?.guid ?? '', intent: null, outcome }] : [];
  const ending = isEnd(state)
    ? { problem: ['partial', 'failed', 'stuck'].includes(state) ? problem : null, at: NOW }
    : null;
  return approvedRecord(approver, { state, steps, ending, proof: state === 'done' ? proof : null });
}

const text = (record: RequestRecord) => linesOf({ ...card(record) }, []).join('\n');

describe('the card', () => {
  it.each(states)('of a request that is %s is a message that Slack takes', (state) => {
    for (const { message } of thread(inState(state))) {
      expect(checkBlocks(message.blocks, 'message')).toEqual([]);
      expect(message.text.length).toBeGreaterThan(10);
      expect(message.blocks.length).toBeLessThanOrEqual(50);
    }
  });

  it('puts the power first, then the exact change, then the buttons, then the small print', () => {
    const waiting = recordOf({ state: 'waiting', plan: planOf(intake()) });
    expect(text(waiting)).toBe(
      [
        '🔐 Waiting for approval · R-1001 · asked by @U0REQUESTER',
        '*hyper-v01 will be able to act as any user on hyper-v02*',
        '`msDS-AllowedToDelegateTo` on *HYPER-V01*',
        '+ `cifs/hyper-v02`',
        '[Approve] [Deny…] [Withdraw]',
        `Plan 1 · ${waiting.plan?.fingerprint.slice(0, 8)} · read 2026-11-23 02:00 UTC from dc1 · expires 2026-11-23 10:00 UTC`,
      ].join('\n'),
    );
  });

  it.each(states.filter((state) => state !== 'waiting' && state !== 'planning'))(
    'has no buttons once it is %s',
    (state) => {
      expect(card(inState(state)).blocks.some((block) => block.type === 'actions')).toBe(false);
    },
  );

  it.each(['denied', 'expired', 'withdrawn', 'refused', 'already-so', 'failed'] as const)(
    'of a request that ended as %s says that nothing was changed',
    (state) => {
      expect(text(inState(state))).toContain('Nothing was changed');
    },
  );

  it('of a failure says why and what to do', () => {
    expect(text(inState('failed'))).toContain('dc1 refused the write (50). _To do:_ Grant the right.');
  });

  it('claims no more than its proof', () => {
    const done = inState('done');
    expect(text(done)).toContain('the KDC grants cifs');
    const untested = {
      ...proof,
      level: 'converged' as const,
      checks: [{ what: 'cifs', result: 'untestable' as const }],
    };
    expect(text({ ...done, proof: untested })).toContain('cifs not proved here');
    expect(text({ ...done, proof: untested })).not.toContain('grants');
  });

  it('shows what somebody typed as it was typed', () => {
    const typed = '<!channel> <https://x|Approve> *bold* & <@U0APPROVER>';
    const command = `delegate hyper-v01 -> hyper-v02 cifs --reason "${typed}"`;
    const record = recordOf({
      state: 'waiting',
      intake: signed(intake({ command })),
      plan: planOf(intake({ command })),
    });
    const raw = JSON.stringify(card(record));
    expect(raw).not.toContain('<!channel>');
    expect(raw).not.toContain('<https://x|Approve>');
    expect(raw).not.toContain('<@U0APPROVER>');
    expect(text(record).replaceAll('\u2060', '')).toContain(typed);
  });

  it('has buttons that carry the request, the plan and its fingerprint, and nothing of the directory', () => {
    const record = recordOf({ state: 'waiting', plan: planOf(intake()) });
    const actions = card(record).blocks.find((block) => block.type === 'actions');
    const values =
      actions?.type === 'actions'
        ? actions.elements.flatMap((each) => ('value' in each ? [each.value] : []))
        : [];
    expect(values).toHaveLength(3);
    expect(readButton(values[0])).toEqual({ id: record.id, plan: 1, fingerprint: record.plan?.fingerprint });
    expect(values.join()).not.toContain('hyper');
  });

  it('carries the fingerprint of the plan it shows, not the one that Redis says', () => {
    const plan = { ...planOf(intake()), fingerprint: 'f'.repeat(64) };
    const actions = card(recordOf({ state: 'waiting', plan })).blocks.find(
      (block) => block.type === 'actions',
    );
    expect(JSON.stringify(actions)).not.toContain('ffffffff');
  });

  it.each([undefined, '', '{}', 'null', '{"r":"x","p":1,"f":""}', '[1]'])(
    'knows a button value of nobody’s: %p',
    (value) => {
      expect(readButton(value)).toBeNull();
    },
  );
});

describe('the thread', () => {
  it('has one final report when the request has ended, and none before', () => {
    for (const state of states) {
      const keys = thread(inState(state)).map((wanted) => wanted.key);
      expect([state, keys.filter((key) => key === 'outcome').length]).toEqual([state, isEnd(state) ? 1 : 0]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('names the person who asked in the report, so that a phone rings', () => {
    const report = thread(inState('done')).find((wanted) => wanted.key === 'outcome');
    expect(report?.message.text).toContain('<@U0REQUESTER>');
  });
});
