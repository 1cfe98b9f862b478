import fc from 'fast-check';
import { anchorLine, readAnchors } from '../../../src/core/audit/anchors';
import { readAuditText } from '../../../src/core/audit/record-text';
import type { StreamRecord } from '../../../src/core/audit/stream';
import type { FoundFlaw } from '../../../src/jobs/audit/verified';
import { verifyAudit } from '../../../src/jobs/audit/verify-audit';
import { newKeyPair, openSigner, openVerifier } from '../../../src/jobs/ports/ed25519-keys';
import { copyOf, rechain, reseal, signSeal, sourceOf, thousandRecords, type KeptAudit } from './thousand';

const keys = newKeyPair();
const signer = openSigner({ keyId: 'bot-1', pem: keys.privateKey });
const verifier = openVerifier({ 'bot-1': keys.publicKey });
const thief = openSigner({ keyId: 'bot-1', pem: newKeyPair().privateKey });
const sound = thousandRecords(signer);
const anchors = readAnchors(sound.seals.flatMap((each) => (each ? [anchorLine(each)] : [])).join('\n'));
/** Places that each kind is tried at; HANDOVER_ROUNDS takes more. */
const numRuns = Number(process.env['HANDOVER_ROUNDS'] ?? 4);
const anywhere = fc.integer({ min: 0, max: sound.stream.length - 1 });

async function flawsOf(kept: KeptAudit, mirrored?: KeptAudit): Promise<readonly FoundFlaw[]> {
  const mirror = mirrored
    ? () => Promise.resolve({ records: iterate(mirrored.stream), seals: mirrored.seals })
    : null;
  return (await verifyAudit({ ledger: sourceOf(kept), mirror, verifier, anchors: [] })).flaws;
}

async function* iterate(records: readonly StreamRecord[]): AsyncIterable<StreamRecord> {
  yield* records;
}

/** Puts something else in place of some records of the stream, and the same in their requests' chains. */
function tamper(at: number, removed: number, put: readonly StreamRecord[]): KeptAudit {
  const kept = copyOf(sound);
  const before = kept.stream.splice(at, removed, ...put);
  const touched = new Set([...before, ...put].map(({ text }) => readAuditText(text)?.request ?? ''));
  for (const id of touched) {
    const own = kept.stream.filter(({ text }) => text.includes(`"request":"${id}"`));
    kept.chains.set(
      id,
      own.map(({ text }) => text),
    );
  }
  return kept;
}

const recordAt = (at: number): StreamRecord => sound.stream[at] as StreamRecord;
const nameAt = (at: number, further = 0): string => {
  const { text, label } = recordAt(at);
  const seq = readAuditText(text)?.seq ?? Number.NaN;
  return `${label === '' ? 'the system’s chain' : label}, record ${seq + further}`;
};
const flipped = (record: StreamRecord): StreamRecord => ({
  ...record,
  text: record.text.replace('"added":["cifs/', '"added":["cifs/dc1.'),
});

/** Every flaw's place, to be told when it is not the one that is looked for. */
const placesOf = (flaws: readonly FoundFlaw[]): readonly string[] => flaws.map(({ place }) => place);
const isNamed = (flaws: readonly FoundFlaw[], ...places: readonly string[]): boolean =>
  placesOf(flaws).some((place) => places.some((each) => place.includes(each)));

const expectNamed = (flaws: readonly FoundFlaw[], ...places: readonly string[]): void =>
  expect({ places, named: isNamed(flaws, ...places) ? 'one of them' : placesOf(flaws) }).toEqual({
    places,
    named: 'one of them',
  });

/** Each way of tampering with one record, and the places of which one must be named. */
const WAYS: Record<string, (at: number) => { kept: KeptAudit; places: readonly string[] }> = {
  flip: (at) => ({ kept: tamper(at, 1, [flipped(recordAt(at))]), places: [`${nameAt(at)} (`] }),
  delete: (at) => ({
    kept: tamper(at, 1, []),
    places: [nameAt(at), at + 1 < sound.stream.length ? `${nameAt(at + 1)} (` : `after ${nameAt(at - 1)} (`],
  }),
  insert: (at) => {
    const put = { ...recordAt(at), position: `${Number.parseInt(recordAt(at).position, 10)}-1` };
    // Linked anew it is the next of its chain.
    return { kept: tamper(at + 1, 0, [put]), places: [`(${put.position})`, nameAt(at, 1)] };
  },
  reorder: (at) => {
    const [first, second] = at + 1 < sound.stream.length ? [at, at + 1] : [at - 1, at];
    const [a, b] = [recordAt(first), recordAt(second)];
    const swapped = [
      { ...b, position: a.position },
      { ...a, position: b.position },
    ];
    return { kept: tamper(first, 2, swapped), places: [`(${a.position})`, `(${b.position})`] };
  },
  truncate: (at) => {
    const last = at === 0 ? 'after 0-0' : `after ${nameAt(at - 1)} (`;
    return { kept: tamper(at, sound.stream.length, []), places: [last, nameAt(at)] };
  },
};

describe('an audit of a thousand records', () => {
  it('is sound as it was written', async () => {
    const mirror = () => Promise.resolve({ records: iterate(sound.stream), seals: sound.seals });
    const verified = await verifyAudit({ ledger: sourceOf(sound), mirror, verifier, anchors });
    const count = { records: 1_000, chains: 41, seals: 8, unsealed: 0 };
    const told = { unmirrored: 0, anchors: 8, unverified: [] };
    expect(verified).toEqual({ flaws: [], redis: count, mirror: count, ...told });
  });

  describe.each(Object.entries(WAYS))('with a tampering of the kind %s', (_, way) => {
    it('names the place', async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (at) => {
          const { kept, places } = way(at);
          const flaws = await flawsOf(kept);
          expectNamed(flaws, ...places);
        }),
        { numRuns },
      );
    });

    it('names the place although everything after it was linked anew', async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (at) => {
          const { kept, places } = way(at);
          const flaws = await flawsOf(rechain(kept));
          expectNamed(flaws, ...places);
        }),
        { numRuns },
      );
    });

    it('is found by signatures although the seals were made anew too, and by the mirror at its place', async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (at) => {
          const { kept, places } = way(at);
          const all = reseal(rechain(kept), thief);
          const flaws = await flawsOf(all, sound);
          // Of nothing at all there is no seal either: the mirror is what remembers.
          expect(all.stream.length === 0 || isNamed(flaws, 'seal ')).toBe(true);
          const compared = flaws.filter(({ source }) => source === 'Redis and mirror');
          // What is put behind the last record the mirror may only not have yet: there the foreign seals tell.
          const end = at + 1 === sound.stream.length ? ['seal '] : [];
          const there = [...places, `${nameAt(at)} (`, ...end];
          expectNamed(compared, ...there);
        }),
        { numRuns },
      );
    });

    it('is found by what was posted although the bot’s own key signed other seals', async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (at) => {
          const all = reseal(rechain(way(at).kept), signer);
          const flaws = (await verifyAudit({ ledger: sourceOf(all), mirror: null, verifier, anchors })).flaws;
          expect(isNamed(flaws, 'anchor of seal')).toBe(true);
        }),
        { numRuns },
      );
    });
  });

  it.each(['stream', 'chains'] as const)('names a record that was changed in its %s alone', async (where) => {
    await fc.assert(
      fc.asyncProperty(anywhere, async (at) => {
        const both = tamper(at, 1, [flipped(recordAt(at))]);
        const flaws = await flawsOf({ ...copyOf(sound), [where]: both[where] });
        expect(placesOf(flaws)).toContainEqual(expect.stringContaining(nameAt(at)));
      }),
      { numRuns },
    );
  });

  it('names a seal that is edited, missing, doubled or swapped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 1, 2, 3), async (at, way) => {
        const kept = copyOf(sound);
        const [one, next] = kept.seals.slice(at, at + 2);
        if (!one || !next) throw new Error('no seal');
        const edited = { ...one, seal: { ...one.seal, total: one.seal.total + 1 } };
        kept.seals.splice(at, 2, ...([[edited, next], [next], [one, one, next], [next, one]][way] ?? []));
        const flaws = await flawsOf(kept);
        expect(placesOf(flaws)).toContainEqual(`seal ${way === 2 ? at + 2 : at + 1}`);
      }),
      { numRuns },
    );
  });

  it('finds that the newest seals were taken away with their records only by what was posted or mirrored', async () => {
    const kept = copyOf(sound);
    const short = rechain({ ...kept, stream: kept.stream.slice(0, 137 * 7), seals: kept.seals.slice(0, 7) });
    const labels = new Map([...sound.labels].filter(([, id]) => short.chains.has(id)));
    expect(await flawsOf({ ...short, labels })).toEqual([]);
    const posted = await verifyAudit({
      ledger: sourceOf({ ...short, labels }),
      mirror: null,
      verifier,
      anchors,
    });
    expect(placesOf(posted.flaws)).toEqual(['anchor of seal 8']);
    expect(isNamed(await flawsOf({ ...short, labels }, sound), `${nameAt(137 * 7)} (`)).toBe(true);
  });

  it('names a seal whose text was signed for another place', async () => {
    const kept = copyOf(sound);
    const third = kept.seals[2]?.seal;
    if (!third) throw new Error('no seal');
    kept.seals[2] = signSeal({ ...third, previous: 'a'.repeat(64) }, signer);
    expect(placesOf(await flawsOf(kept))).toContain('seal 3');
  });
});
