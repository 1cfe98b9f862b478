import { newMoves } from '../../../src/core/moves/new-moves';
import { advance } from '../../../src/core/request/advance';
import { effectorOf, undoneBy } from '../../../src/core/request/effector';
import type { Next } from '../../../src/core/request/next';
import type { RequestRecord } from '../../../src/core/request/record';
import { everySetUpState } from '../../bot/support/set-up-states';
import { step } from '../../bot/support/usual-request';
import { NOW, times } from '../../support/request-record';
import { stopped } from './running';

/** What is next, and whose turn it is. */
function nextOf(name: string, change: Partial<RequestRecord> = {}): readonly [Next, string] {
  const record = stateOf(name, change);
  return [advance(record, NOW + 1_000, times), effectorOf(record)];
}

function stateOf(name: string, change: Partial<RequestRecord> = {}): RequestRecord {
  const record = everySetUpState[name];
  if (!record) throw new Error(`there is no state ${name}`);
  return { ...record, ...change };
}

const BEING_SET = 'set up first, being set';
const steps = (...kinds: readonly ('changed' | 'failed' | 'stale' | null)[]) =>
  kinds.map((kind, at) => ({
    host: `hyper-v0${at + 1}`,
    intent: null,
    outcome: kind && {
      kind,
      inferred: false,
      at: NOW,
      problem: kind === 'changed' ? null : { code: 'x', summary: 'why', remedy: '' },
    },
  }));

describe('moves before which hosts are set up', () => {
  it('begin with the directory, then have the hosts set, then move', () => {
    expect(nextOf('set up first, the directory is written')).toEqual([{ do: 'ask-effector' }, 'directory']);
    const written = { steps: [step()], hostSteps: [] };
    expect(nextOf(BEING_SET, written)).toEqual([{ do: 'begin-settings' }, 'directory']);
    expect(nextOf(BEING_SET)).toEqual([{ do: 'ask-effector' }, 'hyperv']);
    const set = { hostSteps: steps('changed', 'changed') };
    expect(nextOf(BEING_SET, set)).toEqual([{ do: 'begin-moves' }, 'hyperv']);
  });

  it('leave nothing of the directory unknown, whatever journal somebody has put beside it', () => {
    const begun = { steps: [{ ...step(), outcome: null }] };
    const set = { ...begun, hostSteps: steps('changed', 'changed') };
    expect(nextOf(BEING_SET, set)).toEqual([{ do: 'ask-effector' }, 'directory']);
    const moves = newMoves([{ machine: 'm', name: 'web-01', from: 'hv0', to: 'hv1', storage: null }]);
    expect(nextOf(BEING_SET, { ...begun, moves })).toEqual([{ do: 'ask-effector' }, 'directory']);
  });

  it('do not begin where a host could not be set up', () => {
    const problem = { code: 'x', summary: 'why', remedy: '' };
    const failed: Next = { do: 'end', state: 'failed', problem };
    expect(nextOf(BEING_SET, { hostSteps: steps('changed', 'failed') })[0]).toEqual(failed);
    // The directory was written for this plan, so no other one takes its place.
    expect(nextOf(BEING_SET, { hostSteps: steps('stale', 'stale') })[0]).toEqual(failed);
    expect(nextOf(BEING_SET, { hostSteps: steps('stale', 'stale'), steps: [] })[0]).toEqual({
      do: 'turn-stale',
    });
  });

  it('do not begin after a stop, though all hosts are set', () => {
    const record = stopped(stateOf(BEING_SET, { hostSteps: steps('changed', 'changed') }));
    expect(advance(record, NOW + 1_000, times)).toEqual({ do: 'end', state: 'stopped', problem: null });
  });

  it('are undone by whoever has changed something for them, the directory before hosts', () => {
    const set = { hostSteps: steps('changed') };
    expect(undoneBy(stateOf(BEING_SET, set))).toBe('directory');
    expect(undoneBy(stateOf(BEING_SET, { ...set, steps: [] }))).toBe('hyperv');
    expect(undoneBy(stateOf(BEING_SET, { hostSteps: [], steps: [] }))).toBe('directory');
  });
});
