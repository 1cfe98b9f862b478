import { showAnswer } from '../../../src/bot/commands/show';
import type { RequestRecord } from '../../../src/core/request/record';
import { NOW, policy } from '../../support/request-record';
import { lintMessage } from '../support/lint';
import { rendered } from '../support/rendered';
import { everyReversal, everyState } from '../support/states';

const link = 'https://practice.slack.com/archives/C0HYPERV/p1';
const at = (minutes: number) => `<!date^${NOW / 1000 + minutes * 60}^`;
const done = everyState['done for a time'] as RequestRecord;
const passed = (['planning', 'waiting', 'approved', 'running', 'done'] as const).map((state, index) => ({
  state,
  at: NOW + index * 60_000,
}));
const shown = (record: RequestRecord, reversal: RequestRecord | null = null): string => {
  const message = showAnswer({ record, reversal, link }, policy);
  expect(lintMessage(message)).toEqual([]);
  return rendered(message);
};

describe('a request that is shown', () => {
  it('has all of its card, who decided when, its course, what the audit has, and the way to its card', () => {
    const text = shown({ ...done, passed, audit: { seq: 9, head: '0'.repeat(64) } });
    expect(text).toContain('# hyper-v01 was given the right to act as any user on hyper-v02');
    expect(text).toContain(`👍 Approved by <@U0APPROVER> ${at(0)}`);
    expect(text).toContain('How far: 1 of 1 change looked at and settled');
    for (const [index, word] of ['asked', 'planned', 'approved', 'begun', 'done'].entries()) {
      expect(text).toContain(`${word} ${at(index)}`);
    }
    expect(text).toContain('audit: 9 records');
    expect(text).toContain(`<${link}|Open its card>`);
    expect(text).not.toContain('[Undo…]');
  });

  it('says what has become of taking it away again', () => {
    expect(shown(done, everyReversal['done'])).toContain('↩ Was taken away again');
  });

  it('says of a decision about an earlier plan that it is void', () => {
    const plan = done.plan && { ...done.plan, number: 2 };
    expect(shown({ ...done, plan })).toContain('(plan 1, void by now)');
  });

  it('tells the end of a long course', () => {
    const long = Array.from({ length: 30 }, (_, index) => ({ state: 'running' as const, at: NOW + index }));
    expect(shown({ ...done, passed: long })).toContain('Course: … 22 before → begun');
  });
});
