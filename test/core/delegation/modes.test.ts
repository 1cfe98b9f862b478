import type { DirectoryAsk } from '../../../src/core/commands/ask';
import type { ChangeKind } from '../../../src/core/delegation/plan';
import type { Modes } from '../../../src/core/settings';
import { historyOf, journalOf, onboardAsk, retireAsk, undoAsk } from './asks';
import { asked, carriedOut, inputFor, inputOf, partOf } from './many-hosts';
import { practiceDomain } from './practice-domain';

const domain = practiceDomain();
const mesh = partOf(inputFor(domain, 'delegate mesh hyper-v0[1-3]')).changes;
const held = carriedOut(domain, mesh);
const history = historyOf([], journalOf(mesh));

const asks: readonly [title: string, ask: DirectoryAsk, from: typeof domain][] = [
  ['a delegation', asked('delegate hyper-v-kerb <-> hyper-v01', { protocol: 'any' }), domain],
  ['an onboarding', onboardAsk('hyper-v-kerb', 'hyper-v01'), domain],
  ['a removal', asked('undelegate mesh hyper-v0[1-3]'), held],
  ['a retirement', retireAsk('hyper-v02'), held],
  ['an undo', undoAsk(), held],
];
const hows: readonly Modes['trust-mode'][] = ['act', 'advise', 'observe'];
const all = hows.flatMap((add) =>
  hows.flatMap((remove) =>
    hows.map((trust): Modes => ({
      'delegation-add': add,
      'delegation-remove': remove,
      'trust-mode': trust,
      'host-setting': 'act',
      'live-move': 'act',
      'storage-move': 'act',
      shutdown: 'act',
    })),
  ),
);

describe('who carries a change out', () => {
  it.each(asks)('is a person where the mode of its kind is advise: %s', (_title, ask, from) => {
    for (const modes of all) {
      const { changes } = partOf(inputOf(from, ask, { modes, history }));
      const expected = (kind: ChangeKind) => (modes[kind] === 'advise' ? 'hand' : 'worker');
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.map(({ by }) => by)).toEqual(changes.map(({ kind }) => expected(kind)));
    }
  });
});
