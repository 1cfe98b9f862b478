import type { CordonState } from '../../src/core/hyperv/cordon';
import type { FreezeState } from '../../src/core/request/freeze';
import type { CordonWord, Instruction } from '../../src/core/request/statement';
import { approver, NOW, requester, signed } from '../support/request-record';
import { nextId, times, type LedgerStage } from './ledger-stage';

/** What holds for all requests alike. */
export function standingSuite(stage: LedgerStage): void {
  const { each } = stage;

  const freeze = (): FreezeState => ({
    freeze: { id: nextId(), by: requester, why: 'a “storm” \\ 🧊', at: NOW },
    unfreeze: null,
  });
  const ended = (state: FreezeState): FreezeState => {
    const word = {
      kind: 'instruction',
      what: 'unfreeze',
      intake: state.freeze.id,
      by: approver,
      at: NOW,
    } as const;
    return { ...state, unfreeze: signed<Instruction>(word) };
  };

  describe('the freeze', () => {
    it('is none, then the last one, for everybody, and ends by a word that is kept', async () => {
      const before = await stage.ledger.freezeState();
      const first = freeze();
      expect(await stage.ledger.setFreezeState(before, first)).toBe(true);
      expect(await each(1).freezeState()).toEqual(first);
      expect(await each(1).setFreezeState(first, ended(first))).toBe(true);
      expect((await stage.ledger.freezeState())?.unfreeze?.statement.what).toBe('unfreeze');
    });

    it('is set by one of many who saw the same', async () => {
      const seen = await stage.ledger.freezeState();
      const set = await Promise.all(times(8, (at) => each(at).setFreezeState(seen, freeze())));
      expect(set.filter(Boolean)).toHaveLength(1);
      expect(await stage.ledger.setFreezeState(null, freeze())).toBe(false);
    });
  });

  describe('cordons', () => {
    const cordon = (host: string, own: Pick<CordonWord, 'drain'> = {}): CordonState => {
      const word = {
        kind: 'cordon',
        id: nextId(),
        what: 'cordon',
        host,
        ...own,
        why: 'a “storm” \\ ⛔',
        by: requester,
        at: NOW,
      } as const;
      return { cordon: signed<CordonWord>(word), uncordon: null };
    };
    const of = async (host: string): Promise<CordonState | null> =>
      (await each(1).cordons()).find((state) => state.cordon.statement.host === host) ?? null;
    let hosts = 0;
    const nextHost = (): string => `host-${(hosts += 1)}`;

    it('are none, then one of each host, for everybody, and end by a word that is kept', async () => {
      const [one, two] = [nextHost(), nextHost()];
      expect(await of(one)).toBeNull();
      const first = cordon(one, { drain: nextId() });
      expect(await stage.ledger.setCordon(null, first)).toBe(true);
      expect(await stage.ledger.setCordon(null, cordon(two))).toBe(true);
      expect(await of(one)).toEqual(first);
      const ended: CordonState = {
        ...first,
        uncordon: signed<CordonWord>({ ...first.cordon.statement, what: 'uncordon' }),
      };
      expect(await each(1).setCordon(first, ended)).toBe(true);
      expect(await of(one)).toEqual(ended);
      const again = cordon(one);
      expect(await stage.ledger.setCordon(ended, again)).toBe(true);
      expect(await of(one)).toEqual(again);
      expect((await of(two))?.uncordon).toBeNull();
      const names = (await stage.ledger.cordons()).map((state) => state.cordon.statement.host);
      expect(names).toEqual(names.toSorted());
    });

    it('are set by one of many who saw the same', async () => {
      const host = nextHost();
      const set = await Promise.all(times(8, (at) => each(at).setCordon(null, cordon(host))));
      expect(set.filter(Boolean)).toHaveLength(1);
      expect(await stage.ledger.setCordon(cordon(host), cordon(host))).toBe(false);
    });
  });

  describe('the settings that programs work by', () => {
    it('are none, then the last ones of each program', async () => {
      const program = `bot-${nextId()}`;
      expect(await stage.ledger.settingsDigest(program)).toBeNull();
      await stage.ledger.setSettingsDigest(program, 'a');
      await each(1).setSettingsDigest(program, 'b');
      await each(1).setSettingsDigest(`${program}2`, 'c');
      expect(await stage.ledger.settingsDigest(program)).toBe('b');
    });
  });

  describe('a count', () => {
    it('counts everybody’s times, each once, and begins anew when its window is over', async () => {
      const key = nextId();
      const counts = await Promise.all(times(10, (at) => each(at).countWithin(key, 300)));
      expect(counts.toSorted((a, b) => a - b)).toEqual(times(10, (at) => at + 1));
      expect(await stage.ledger.countWithin(`${key}2`, 300)).toBe(1);
      await stage.under.pass(310);
      expect(await stage.ledger.countWithin(key, 300)).toBe(1);
    });
  });
}
