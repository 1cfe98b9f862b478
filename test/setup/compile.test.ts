import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compile } from '../../setup/steps/compile.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handover-build-'));
  symlinkSync(join(__dirname, '../../node_modules'), join(root, 'node_modules'));
  put('package-lock.json', '{}');
  put(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { module: 'node20', types: [], rootDir: '.', outDir: 'dist', sourceMap: true },
    }),
  );
  put(
    'tsconfig.build.json',
    JSON.stringify({ extends: './tsconfig.json', include: ['src/**/*.ts', 'lab/**/*.ts'] }),
  );
  put('src/a.ts', 'export const a: number = 1;');
  put('lab/page/page.js', 'void 0;');
  put('lab/.run/secret.ts', 'export {};');
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function built(): string[] {
  const entries = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

function mark(): string {
  return readFileSync(join(root, 'dist/.handover-build'), 'utf8');
}

describe('the build', () => {
  it('compiles sources and copies what lies beside them', async () => {
    await compile(root);
    expect(new Set(built())).toEqual(new Set(['.handover-build', 'a.js', 'a.js.map', 'page.js']));
    expect(readFileSync(join(root, 'dist/lab/page/page.js'), 'utf8')).toBe('void 0;');
  });

  it('does nothing when nothing has changed', async () => {
    await compile(root);
    const first = statSync(join(root, 'dist/src/a.js')).mtimeMs;
    await compile(root);
    expect(statSync(join(root, 'dist/src/a.js')).mtimeMs).toBe(first);
  });

  it('runs again when a source, a copied file, the settings or the lock file has changed', async () => {
    await compile(root);
    const marks = [mark()];
    const changes: readonly [string, string][] = [
      ['src/a.ts', 'export const a = 2;'],
      ['lab/page/page.js', 'void 2;'],
      ['tsconfig.build.json', '{ "extends": "./tsconfig.json", "include": ["src/**/*.ts"] }'],
      ['package-lock.json', '{ }'],
    ];
    for (const [path, text] of changes) {
      put(path, text);
      await compile(root);
      marks.push(mark());
    }
    expect(new Set(marks).size).toBe(5);
    expect(readFileSync(join(root, 'dist/src/a.js'), 'utf8')).toContain('a = 2');
    expect(readFileSync(join(root, 'dist/lab/page/page.js'), 'utf8')).toBe('void 2;');
  });

  it('removes what has no source any more', async () => {
    put('src/old.ts', 'export const old = 1;');
    await compile(root);
    expect(existsSync(join(root, 'dist/src/old.js'))).toBe(true);
    rmSync(join(root, 'src/old.ts'));
    await compile(root);
    expect(built()).not.toContain('old.js');
    expect(built()).not.toContain('old.js.map');
  });

  it('shows the errors and is not taken for done', async () => {
    put('src/a.ts', 'export const a: number = "one";');
    await expect(compile(root)).rejects.toThrow(/tsc found errors:\nsrc\/a\.ts\(1,14\)/);
    await expect(compile(root)).rejects.toThrow('TS2322');
  });
});
