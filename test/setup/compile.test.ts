import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from '../../setup/steps/compile.mjs';

/** Stands for the compiler where only the question is whether it runs: it keeps count, and makes one file of each source. */
const COUNTING = `
  const fs = require('node:fs');
  fs.appendFileSync('runs', '.');
  fs.mkdirSync('dist/src', { recursive: true });
  for (const name of fs.readdirSync('src')) fs.writeFileSync('dist/src/' + name.replace('.ts', '.js'), '');
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handover-build-'));
  const compilerOptions = { module: 'node20', types: [], rootDir: '.', outDir: 'dist', sourceMap: true };
  put('tsconfig.json', JSON.stringify({ compilerOptions }));
  put(
    'tsconfig.build.json',
    JSON.stringify({ extends: './tsconfig.json', include: ['src/**/*.ts', 'lab/**/*.ts'] }),
  );
  put('package-lock.json', '{}');
  put('src/a.ts', 'export const a: number = 1;');
  put('lab/page/page.js', 'void 0;');
  put('lab/.run/secret.ts', 'export {};');
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function has(path: string): boolean {
  return existsSync(join(root, path));
}

describe('the build with the real compiler', () => {
  beforeEach(() => symlinkSync(join(__dirname, '../../node_modules'), join(root, 'node_modules')));

  it('compiles sources and copies what lies beside them', async () => {
    await compile(root);
    expect(read('dist/src/a.js')).toContain('exports.a = 1');
    expect(has('dist/src/a.js.map')).toBe(true);
    expect(read('dist/lab/page/page.js')).toBe('void 0;');
    expect(has('dist/lab/.run')).toBe(false);
  });

  it('shows the errors and is not taken for done', async () => {
    put('src/a.ts', 'export const a: number = "one";');
    await expect(compile(root)).rejects.toThrow(/tsc found errors:\nsrc\/a\.ts\(1,14\): error TS2322/);
    expect(has('dist/.handover-build')).toBe(false);
  });
});

describe('the build', () => {
  beforeEach(() => put('node_modules/typescript/bin/tsc', COUNTING));

  it('does nothing when nothing has changed', async () => {
    await compile(root);
    await compile(root);
    expect(read('runs')).toBe('.');
  });

  it.each([
    ['a source', 'src/a.ts'],
    ['a copied file', 'lab/page/page.js'],
    ['a compiler setting', 'tsconfig.json'],
    ['a build setting', 'tsconfig.build.json'],
    ['the lock file', 'package-lock.json'],
  ])('runs again when %s has changed', async (_, path) => {
    await compile(root);
    put(path, `${read(path)} `);
    await compile(root);
    expect(read('runs')).toBe('..');
  });

  it('runs again when dist has been deleted', async () => {
    await compile(root);
    rmSync(join(root, 'dist'), { recursive: true });
    await compile(root);
    expect(read('runs')).toBe('..');
  });

  it('removes what has no source any more', async () => {
    put('src/old.ts', 'export {};');
    put('lab/page/old.css', '');
    await compile(root);
    expect([has('dist/src/old.js'), has('dist/lab/page/old.css')]).toEqual([true, true]);
    rmSync(join(root, 'src/old.ts'));
    rmSync(join(root, 'lab/page/old.css'));
    await compile(root);
    expect([has('dist/src/old.js'), has('dist/lab/page/old.css')]).toEqual([false, false]);
    expect([has('dist/src/a.js'), has('dist/lab/page/page.js')]).toEqual([true, true]);
  });
});
