import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { chain, CHAIN_START } from '../../../src/core/request/audit';
import { drawSeal, type SignedSeal } from '../../../src/core/audit/seal';
import { STREAM_START, type StreamRecord } from '../../../src/core/audit/stream';
import { openFileMirror } from '../../../src/jobs/mirror/file-mirror';
import { mirrorRecords, mirrorSeals } from '../../../src/jobs/mirror/read-mirror';
import { scratchDirectory } from '../../support/scratch';
import { anyText } from '../../support/any-text';

const DAY = 86_400_000;
const noon = Date.UTC(2026, 10, 23, 12);
const folders: string[] = [];

async function folder(): Promise<string> {
  const made = await scratchDirectory();
  folders.push(made);
  return made;
}

afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))));

function record(number: number, at = noon, text?: string): StreamRecord {
  const link = chain('r', { seq: number, head: CHAIN_START }, { what: 'step', who: 'w', at, detail: {} });
  return { position: `${at}-${number}`, label: 'R-1001', text: text ?? JSON.stringify(link) };
}

const records = (count: number, at = noon): StreamRecord[] =>
  Array.from({ length: count }, (_, number) => record(number, at));

async function read(directory: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const each of mirrorRecords(directory)) found.push(each);
  return found;
}

/** All that a mirror's files hold, by their names. */
async function filesOf(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']));
}

async function write(directory: string, added: readonly StreamRecord[], maxBytes?: number): Promise<void> {
  const mirror = await openFileMirror(directory, maxBytes);
  await mirror.addRecords(added);
  await mirror.close();
}

describe('a mirror', () => {
  it('goes on exactly where it stopped', async () => {
    const directory = await folder();
    const all = records(9);
    await write(directory, all.slice(0, 4));
    const mirror = await openFileMirror(directory);
    expect(mirror.position).toBe(all[3]?.position);
    await mirror.addRecords(all.slice(4));
    expect(mirror.position).toBe(all[8]?.position);
    await mirror.close();
    expect(await read(directory)).toEqual(all);
  });

  it('begins at the start of the stream', async () => {
    const mirror = await openFileMirror(await folder());
    expect([mirror.position, mirror.seal]).toEqual([STREAM_START, 0]);
    await mirror.close();
  });

  it('is the same after its writer died at any byte', async () => {
    const all = records(6);
    const whole = await folder();
    await write(whole, all);
    const name = 'records-2026-11-23-001.jsonl';
    const text = (await filesOf(whole))[name] ?? '';
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (bytes) => {
        const directory = await folder();
        await write(directory, all);
        await truncate(join(directory, name), bytes);
        const mirror = await openFileMirror(directory);
        const lines = text.slice(0, bytes).split('\n').length - 1;
        expect(mirror.position).toBe(all[lines - 1]?.position ?? STREAM_START);
        await mirror.addRecords(all.slice(lines));
        await mirror.close();
        expect(await filesOf(directory)).toEqual(await filesOf(whole));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same although two write it at once', async () => {
    const directory = await folder();
    const all = records(40);
    const [late, now] = [await openFileMirror(directory, 2_000), await openFileMirror(directory, 2_000)];
    await late.addRecords(all.slice(0, 5));
    await now.addRecords(all.slice(0, 30));
    // It was taken for dead and goes on with what it had in hand.
    await late.addRecords(all.slice(5, 20));
    await now.addRecords(all.slice(30));
    await Promise.all([late.close(), now.close()]);
    const alone = await folder();
    await write(alone, all, 2_000);
    expect(await filesOf(directory)).toEqual(await filesOf(alone));
  });

  it('has a new file each day, and when one has grown too large', async () => {
    const directory = await folder();
    await write(directory, [...records(3), ...records(5, noon + DAY)], 500);
    const files = await filesOf(directory);
    expect(Object.keys(files).filter((name) => name.startsWith('records'))).toEqual([
      'records-2026-11-23-001.jsonl',
      'records-2026-11-23-002.jsonl',
      'records-2026-11-24-001.jsonl',
      'records-2026-11-24-002.jsonl',
      'records-2026-11-24-003.jsonl',
    ]);
    const alone = await folder();
    for (const each of [...records(3), ...records(5, noon + DAY)]) await write(alone, [each], 500);
    expect(await filesOf(alone)).toEqual(files);
    expect(await read(directory)).toHaveLength(8);
  });

  it('keeps any text to the byte', async () => {
    const odd = fc.oneof(anyText(), fc.json(), fc.constant('{"a":"\u2028"}'), fc.constant('{}\n{}'));
    await fc.assert(
      fc.asyncProperty(odd, fc.string(), async (text, label) => {
        const directory = await folder();
        const strange = { ...record(1, noon, text), label };
        await write(directory, [strange, record(2)]);
        expect(await read(directory)).toEqual([strange, record(2)]);
      }),
      { numRuns: 60 },
    );
  });

  it('writes nothing behind a line that is none of its own', async () => {
    const directory = await folder();
    await write(directory, records(2));
    const [name = ''] = await readdir(directory);
    await writeFile(join(directory, name), 'else\n', { flag: 'a' });
    await expect(openFileMirror(directory)).rejects.toMatchObject({ code: 'mirror.unreadable' });
    expect((await read(directory)).at(-1)).toEqual({ strange: `${name}, line 3` });
  });

  it('keeps seals beside the records', async () => {
    const directory = await folder();
    const seal = drawSeal(null, records(3), noon);
    const signed: SignedSeal[] = seal ? [{ seal, keyId: 'k1', signature: 's' }] : [];
    const mirror = await openFileMirror(directory);
    await mirror.addSeals(signed);
    await mirror.close();
    const again = await openFileMirror(directory);
    expect(again.seal).toBe(1);
    await again.close();
    expect(await mirrorSeals(directory)).toEqual(signed);
  });

  it('says what to do when it cannot be written', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(openFileMirror(file)).rejects.toMatchObject({ code: 'mirror.unwritable', retry: 'later' });
  });
});
