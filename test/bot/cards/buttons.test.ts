import type { Button } from '@slack/types';
import { aboutCard, writeButton } from '../../../src/bot/cards/button-value';
import { buttonsOf } from '../../../src/bot/cards/buttons';
import type { RequestRecord } from '../../../src/core/request/record';
import type { State } from '../../../src/core/request/states';
import { policy } from '../../support/request-record';
import { everyMoveState } from '../support/move-states';
import { everyReversal, everyState } from '../support/states';
import { change, ended, inState, part, partByHand, planned, step, trustStep } from '../support/usual-request';

const actions = (record: RequestRecord, reversal: RequestRecord | null = null): readonly string[] =>
  buttonsOf(record, policy, { reversal }).map(({ action_id: action = '' }) => action.replace('request.', ''));
const find = (record: RequestRecord, action: string): Button | undefined =>
  buttonsOf(record, policy).find(({ action_id: id }) => id === `request.${action}`);
const state = (name: string): RequestRecord => everyState[name] ?? inState('planning');
const written = [step()];

describe('the buttons of a card', () => {
  it.each<[string, readonly string[]]>([
    ['planning', ['withdraw']],
    ['waiting', ['approve', 'deny', 'withdraw']],
    ['approved', ['pause', 'stop']],
    ['running', ['pause', 'stop']],
    ['awaiting-hand', ['look', 'stop']],
    ['stale', ['withdraw']],
    ['stale for good', ['retry']],
    ['done and proved', ['undo']],
    ['done for a time', ['extend', 'undo']],
    ['done, keeping values', []],
    ['partial', ['retry', 'undo']],
    ['stopped', ['retry', 'undo']],
    ['stopped before anything', ['retry']],
    ['failed', ['retry']],
    ['expired', ['retry']],
    ['stuck', []],
    ['denied', ['retry']],
    ['withdrawn', []],
    ['already so', []],
    ['refused', []],
    ['only shown', []],
  ])('of a request that is %s are %j', (name, wanted) => {
    expect(actions(state(name))).toEqual(wanted);
  });

  it.each([
    ['partial', 'Retry'],
    ['stopped', 'Retry'],
    ['failed', 'Re-request'],
    ['denied', 'Re-request'],
    ['expired', 'Re-request'],
    ['stale for good', 'Re-request'],
  ])('of a request that is %s call asking again %s', (name, label) => {
    expect(find(state(name), 'retry')?.text.text).toBe(label);
  });

  it.each([
    ['moves partial', 'Retry failed'],
    ['moves failed', 'Retry failed'],
    ['moves failed before any', 'Re-request'],
    ['moves stopped', 'Retry'],
  ])('of %s call asking again %s', (name, label) => {
    const record = everyMoveState[name];
    expect(record && find(record, 'retry')?.text.text).toBe(label);
  });

  it('offer to try failed machines once more on the way, and nothing of that after a stop', () => {
    const record = everyMoveState['moves running, one failed'] ?? inState('planning');
    expect(actions(record).slice(0, 3)).toEqual(['pause', 'retry-failed', 'stop']);
    const stopped = everyMoveState['moves stopped']?.instructions ?? [];
    expect(actions({ ...record, instructions: stopped })).not.toContain('retry-failed');
  });

  it('all say which request and plan they are about, but for those that stand for a typed command', () => {
    for (const record of Object.values(everyState)) {
      const own = buttonsOf(record, policy).filter(
        ({ action_id: action }) => !action?.startsWith('command.'),
      );
      const values = own.map(({ value }) => value);
      expect(values).toEqual(values.map(() => writeButton(aboutCard(record))));
    }
  });

  it('offer to undo what was written, whoever wrote it, but no trust mode alone', () => {
    const byHand = inState('failed', { steps: [step({ kind: 'by-hand' })], ending: ended });
    expect(actions(byHand)).toEqual(['retry', 'undo']);
    const trust = { plan: planned({ directory: partByHand }), steps: [trustStep({})], ending: ended };
    expect(actions(inState('done', trust))).toEqual([]);
    const removed = inState('done', { steps: [step({ added: [], removed: change.add })], ending: ended });
    expect(actions(removed)).toEqual(['undo']);
  });

  it('offer neither to undo nor to extend what has been taken away again', () => {
    const parent = state('done for a time');
    const reversal = (name: string): RequestRecord | null => everyReversal[name] ?? null;
    expect(actions(parent, reversal('nearly due'))).toEqual(['extend', 'undo']);
    expect(actions(parent, reversal('running'))).toEqual(['undo']);
    expect(actions(parent, reversal('awaiting-hand'))).toEqual(['undo']);
    expect(actions(parent, reversal('done'))).toEqual([]);
    expect(actions(parent, reversal('already so'))).toEqual([]);
    expect(actions(parent, reversal('stuck'))).toEqual(['undo']);
  });

  it('are none on a reversal', () => {
    for (const record of Object.values(everyReversal).filter(({ ending }) => ending)) {
      expect(actions(record)).toEqual([]);
    }
  });

  it('ask again before they stop or undo, and say what that means', () => {
    expect(find(state('running'), 'stop')).toMatchObject({
      style: 'danger',
      text: { text: 'Stop' },
      confirm: {
        title: { text: 'Stop R-1042?' },
        text: { text: 'Stops after the step in flight; what is written stays.' },
      },
    });
    expect(find(state('partial'), 'undo')?.confirm?.text.text).toBe(
      'Makes a new request that takes back exactly what R-1042 changed. It has to be approved.',
    );
  });

  it('say how long an extension is, and who carries out what is approved', () => {
    expect(find(state('done for a time'), 'extend')?.text.text).toBe('Extend by 8 h');
    const confirmed = (record: RequestRecord) => find(record, 'approve')?.confirm?.text.text;
    const power = 'hyper-v01 will be able to act as any user on hyper-v02.';
    expect(confirmed(state('waiting'))).toBe(`${power} The worker writes it at once.`);
    // Its form says so.
    const trusting = find(state('waiting, partly by hand'), 'approve');
    expect([trusting?.text.text, trusting?.confirm]).toEqual(['Approve…', undefined]);
    const directory = { ...part, changes: [{ ...change, by: 'hand' as const }] };
    expect(confirmed(inState('waiting', { plan: planned({ directory }) }))).toBe(
      `${power} A person is told at once how to do it.`,
    );
  });

  it.each<State>(['done', 'partial', 'failed', 'stopped'])('offer no undo while %s is not ended', (name) => {
    expect(actions(inState(name, { steps: written }))).toEqual([]);
  });
});
