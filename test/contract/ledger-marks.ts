import { NOW, planOf } from '../support/request-record';
import type { RequestRecord, StepOutcome } from '../../src/core/request/record';
import { guid, listStep, partOf, trustStep } from './ledger-journal';
import { ended, entry, times, type LedgerStage } from './ledger-stage';

/** What recorded outcomes tell of values and objects. */
export function markSuite(stage: LedgerStage): void {
  const { record, commit } = stage;
  const another = guid.replaceAll('1', '2');
  const named = (values: readonly string[], of = guid) => values.map((value) => ({ guid: of, value }));
  const originsOf = (...values: string[]) => stage.under.others[0].origins(named(values));
  const claimsOf = (...values: string[]) => stage.under.others[0].claims(named(values));
  const carried = async (
    outcome: Partial<StepOutcome>,
    until: number | null = null,
  ): Promise<RequestRecord> => commit(await record(), { steps: [listStep(outcome)], until });

  describe('the origin of values', () => {
    it('is the request whose outcome added them, in whatever case, and of no other object', async () => {
      const made = await carried({ added: ['cifs/Of-Origin', 'cifs/b-origin'] });
      expect(await originsOf('CIFS/of-origin', 'cifs/nobody', 'cifs/b-origin')).toEqual([
        made.label,
        null,
        made.label,
      ]);
      expect(await stage.ledger.origins(named(['cifs/of-origin'], another))).toEqual([null]);
      expect(await stage.ledger.origins([])).toEqual([]);
    });

    it('is nobody while there is an intent only, and nobody when the outcome was not committed', async () => {
      const made = await record();
      const intent = { at: NOW, worker: 'w', server: 'dc1' };
      const steps = [listStep({ added: ['cifs/late'] })];
      const begun = await commit(made, { steps: [listStep({}, { intent, outcome: null })] });
      expect(await originsOf('cifs/late')).toEqual([null]);
      expect(await stage.ledger.commit(made, { steps }, entry)).toBeNull();
      expect([await originsOf('cifs/late'), await claimsOf('cifs/late')]).toEqual([[null], [[]]]);
      await commit(begun, { steps });
      expect(await originsOf('cifs/late')).toEqual([made.label]);
    });

    it('ends when a request removes them', async () => {
      const made = await carried({ added: ['cifs/gone', 'cifs/left'] });
      await carried({ removed: ['CIFS/Gone'] });
      expect(await originsOf('cifs/gone', 'cifs/left')).toEqual([null, made.label]);
    });

    it('stays with the last that added them, whatever is committed later about an earlier one', async () => {
      const first = await carried({ added: ['cifs/again'] });
      const second = await carried({ added: ['cifs/again'] });
      await commit(first, { attempt: 7 });
      expect(await originsOf('cifs/again')).toEqual([second.label]);
    });

    it('is not taken over by who only keeps them', async () => {
      const first = await carried({ added: ['cifs/stays'] });
      await carried({ kept: ['cifs/stays', 'cifs/old'] });
      expect(await originsOf('cifs/stays', 'cifs/old')).toEqual([first.label, null]);
    });

    it('is known of a list though the same object’s trust mode was recorded before', async () => {
      const made = await commit(await record(), { steps: [trustStep()] });
      await commit(made, { steps: [trustStep(), listStep({ added: ['cifs/second'] })] });
      expect(await originsOf('cifs/second')).toEqual([made.label]);
    });
  });

  describe('the claims of a value', () => {
    it('are those of all whose outcome added or kept it, the last one last', async () => {
      const until = NOW + 1e12;
      const first = await carried({ added: ['cifs/Wanted', 'cifs/one'] }, until);
      const second = await carried({ kind: 'by-hand', added: ['cifs/two'], kept: ['CIFS/wanted'] });
      const [one, two] = [
        { request: first.label, until },
        { request: second.label, until: null },
      ];
      const values = ['cifs/wanted', 'cifs/one', 'cifs/two', 'cifs/nobody'];
      expect(await claimsOf(...values)).toEqual([[one, two], [one], [two], []]);
      expect(await stage.ledger.claims(named(values, another))).toEqual([[], [], [], []]);
      expect(await stage.ledger.claims(named(['cifs/wanted'], guid.toUpperCase()))).toEqual([[one, two]]);
      expect(await stage.ledger.claims([])).toEqual([]);
    });

    it('are one per request: its newer one takes the place of the older', async () => {
      const until = NOW + 1e12;
      const first = await carried({ added: ['cifs/twice'] }, until);
      const second = await carried({ kept: ['cifs/twice'] });
      await commit(first, { steps: [...first.steps, trustStep({ kept: ['cifs/twice'] })], until: until + 1 });
      expect(await claimsOf('cifs/twice')).toEqual([
        [
          { request: second.label, until: null },
          { request: first.label, until: until + 1 },
        ],
      ]);
    });

    it('are told also when they are over, until the value is claimed anew', async () => {
      const until = (await stage.ledger.time()) + 1_000;
      const first = await carried({ added: ['cifs/passing'] }, until);
      const second = await carried({ kept: ['cifs/passing'] }, until + 3_600_000);
      const [one, two] = [
        { request: first.label, until },
        { request: second.label, until: until + 3_600_000 },
      ];
      expect(await claimsOf('cifs/passing')).toEqual([[one, two]]);
      await stage.under.pass(1_050);
      expect(await claimsOf('cifs/passing')).toEqual([[one, two]]);
      const third = await carried({ kept: ['cifs/passing'] });
      expect(await claimsOf('cifs/passing')).toEqual([[two, { request: third.label, until: null }]]);
    });

    it('all end when any request removes it', async () => {
      const made = await carried({ added: ['cifs/ends', 'cifs/lasts'] });
      await carried({ kept: ['cifs/ends'] });
      await carried({ removed: ['CIFS/ends'] });
      expect(await claimsOf('cifs/ends', 'cifs/lasts')).toEqual([[], [{ request: made.label, until: null }]]);
    });

    it('are told of as many values as a domain has', async () => {
      const added = times(252, (at) => `cifs/many-${at}`);
      const { label } = await carried({ added });
      const values = [...times(12_000, (at) => `cifs/none-${at}`), ...added];
      const found = await claimsOf(...values);
      const claimed = found.map((claims) => claims.map(({ request }) => request).join());
      expect(claimed).toEqual([...times(12_000, () => ''), ...added.map(() => label)]);
    });
  });

  describe('the open requests that change an object', () => {
    const objects = [1, 2, 3].map((at) => `${at}bbbbbbb-2222-3333-4444-555555555555`);
    const [first = '', second = '', third = ''] = objects;
    const planned = async (...guids: string[]): Promise<RequestRecord> => {
      const made = await record();
      const directory = partOf(...guids.map((of) => ({ guid: of, add: ['cifs/x'] })));
      return commit(made, { state: 'waiting', plan: planOf(made.intake.statement, { directory }) });
    };
    const labelsOf = (of: readonly string[], most = 9) => stage.under.others[0].changing(of, most);

    it('are those whose plan is about it, in whatever case, until they end', async () => {
      const one = await planned(first, second);
      const other = await planned(second.toUpperCase());
      const both = [one.label, other.label].toSorted();
      expect(await labelsOf([first.toUpperCase(), second, third])).toEqual([[one.label], both, []]);
      expect(await labelsOf([second], 1)).toEqual([both.slice(0, 1)]);
      await commit(one, { attempt: 1 });
      expect(await labelsOf([second])).toEqual([both]);
      await commit(other, ended);
      expect(await labelsOf([first, second])).toEqual([[one.label], [one.label]]);
    });

    it('follow the plan that they have by now', async () => {
      const of = '9ccccccc-2222-3333-4444-555555555555';
      const made = await planned(of);
      const directory = partOf({ guid: third, add: ['cifs/x'] });
      await commit(made, { plan: planOf(made.intake.statement, { directory, number: 2 }) });
      expect(await labelsOf([of, third])).toEqual([[], [made.label]]);
    });
  });

  describe('the last write to an object', () => {
    let count = 0;
    const fresh = () => `${(count += 1)}aaaaaaa-2222-3333-4444-555555555555`;
    const lastOf = async (of: string) => (await stage.under.others[0].lastWrites([of]))[0];

    it('is the server and the ledger’s time of the commit, whatever the outcome says', async () => {
      const of = fresh();
      const before = await stage.ledger.time();
      await commit(await record(), {
        steps: [listStep({ added: ['cifs/w'], at: 5, server: 'dc one' }, { guid: of })],
      });
      const [write, none] = await stage.ledger.lastWrites([of.toUpperCase(), fresh()]);
      expect([write?.server, none]).toEqual(['dc one', null]);
      expect(write?.at).toBeGreaterThanOrEqual(before);
      expect(write?.at).toBeLessThanOrEqual(await stage.ledger.time());
      expect(await stage.ledger.lastWrites([])).toEqual([]);
    });

    it('is any that added, removed or set the trust mode, and the last of them', async () => {
      const of = fresh();
      const writes = [{ added: ['cifs/w'] }, { removed: ['cifs/w'] }, { trusted: true }];
      for (const [at, outcome] of writes.entries()) {
        const step = listStep({ ...outcome, server: `dc${at}` }, { guid: of });
        await commit(await record(), { steps: [step] });
        expect((await lastOf(of))?.server).toBe(`dc${at}`);
      }
    });

    it('is also one that is about to be sent, as long as the request is as it was seen', async () => {
      const of = fresh();
      const made = await record();
      expect(await stage.ledger.markWrite(made, { guid: of.toUpperCase(), server: 'dc1' })).toBe(true);
      expect((await lastOf(of))?.server).toBe('dc1');
      await stage.ledger.note(made.id, entry);
      expect(await stage.ledger.markWrite(made, { guid: of, server: 'dc2' })).toBe(true);
      await commit(made, { attempt: 1 });
      expect(await stage.ledger.markWrite(made, { guid: of, server: 'dc3' })).toBe(false);
      const nobody = { ...made, id: 'nobody' };
      expect(await stage.ledger.markWrite(nobody, { guid: of, server: 'dc3' })).toBe(false);
      expect((await lastOf(of))?.server).toBe('dc2');
    });

    it('is none that is only intended', async () => {
      const of = fresh();
      const intent = { at: NOW, worker: 'w', server: 'dc1' };
      const steps = [listStep({}, { guid: of, intent, outcome: null })];
      await commit(await record(), { steps });
      expect(await lastOf(of)).toBeNull();
    });

    it.each<[string, Partial<StepOutcome>]>([
      ['was done by hand', { kind: 'by-hand', added: ['cifs/w'] }],
      ['was set by hand', { kind: 'by-hand', trusted: true }],
      ['was so already', { kind: 'already-so' }],
      ['only keeps', { kind: 'changed', kept: ['cifs/w'] }],
      ['failed', { kind: 'failed' }],
    ])('is none that %s', async (_, outcome) => {
      const of = fresh();
      await commit(await record(), { steps: [listStep(outcome, { guid: of })] });
      expect(await lastOf(of)).toBeNull();
    });

    it('is not moved by a later revision of the same request', async () => {
      const of = fresh();
      const made = await commit(await record(), { steps: [listStep({ added: ['cifs/w'] }, { guid: of })] });
      const write = await lastOf(of);
      await stage.under.pass(20);
      await commit(made, { attempt: 4 });
      expect(await lastOf(of)).toEqual(write);
    });
  });
}
