import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { figure } from '../../bench/figures';
import { commitOf, thisMachine, writeResult, type Result } from '../../bench/result';
import { tableOf } from '../../bench/table';

/** What whoever reads `bench/results/NAME.json` may rely on. */
const ResultFile = z.strictObject({
  bench: z.string(),
  commit: z.string().regex(/^(?:[0-9a-f]{40}(?:\+changes)?|unknown)$/),
  machine: z.strictObject({
    cpus: z.int().positive(),
    model: z.string(),
    memoryGiB: z.int(),
    system: z.string(),
    node: z.string(),
  }),
  figures: z.array(
    z.strictObject({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      reference: z.number().nullable(),
      ratio: z.number().nullable(),
      goal: z.number().nullable(),
      met: z.boolean().nullable(),
      spread: z.strictObject({
        runs: z.array(z.number()),
        min: z.number(),
        median: z.number(),
        max: z.number(),
      }),
    }),
  ),
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'handover-result-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function madeUp(): Result {
  const good = figure({
    name: 'fast thing',
    unit: 'ms',
    runs: [1, 2, 3, 4, 5],
    reference: [2, 2],
    goal: 1.5,
  });
  const bad = figure({
    name: 'slow thing',
    unit: 'ms',
    runs: [20, 30, 40, 50, 60],
    reference: [20],
    goal: 1.3,
  });
  const plain = figure({ name: 'a part', unit: 'ms', runs: [0.5, 0.25, 0.75, 0.5, 0.5] });
  return {
    bench: 'made-up',
    commit: commitOf(join(__dirname, '../..')),
    machine: thisMachine(),
    figures: [good, bad, plain],
  };
}

describe('the result file', () => {
  it('has the shape that readers rely on', () => {
    const file = writeResult(join(folder, 'results'), madeUp());
    expect(file).toBe(join(folder, 'results', 'made-up.json'));
    expect(ResultFile.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual(madeUp());
  });

  it('replaces the one before', () => {
    writeResult(folder, madeUp());
    const file = writeResult(folder, { ...madeUp(), figures: [] });
    expect(ResultFile.parse(JSON.parse(readFileSync(file, 'utf8'))).figures).toEqual([]);
  });

  it('names no commit outside of git', () => {
    expect(commitOf(folder)).toBe('unknown');
  });
});

describe('the table', () => {
  const lines = tableOf({
    ...madeUp(),
    commit: `${'0123456789'.repeat(4)}+changes`,
    machine: { cpus: 2, model: 'Processor', memoryGiB: 4, system: 'linux', node: '20.19.0' },
  });

  it('says where the figures were taken, and of what', () => {
    expect(lines[0]).toBe('made-up · 012345678901 with changes · 2 × Processor · Node 20.19.0');
  });

  it('has a row for each figure, with minimum, median and maximum, and whether the goal is met', () => {
    expect(lines.slice(2).map((line) => line.split(/ {2,}/))).toEqual([
      ['fast thing', 'ms', '1.00', '3.00', '5.00', '5', '2.00', '1.50', '≤ 1.5', 'met'],
      ['slow thing', 'ms', '20.0', '40.0', '60.0', '5', '20.0', '2.00', '≤ 1.3', 'not met'],
      ['a part', 'ms', '0.25', '0.50', '0.75', '5'],
    ]);
  });
});
