import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { runQuietly } from './programs.mjs';

const SOURCE_FOLDERS = ['src', 'lab', 'bench'];
/** What else the build depends on: the compiler's version is in the lock file. */
const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Brings dist/ up to date: TypeScript compiled, every other file of src and lab copied beside it, what has no source
 * any more removed. Costs a few milliseconds when nothing has changed.
 * @param {string} root
 */
export async function compile(root) {
  const sources = listSources(root);
  const hash = hashFiles(root, [...sources, ...SETTINGS]);
  const mark = join(root, 'dist', '.handover-build');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;

  rmSync(mark, { force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await runQuietly(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
  });
  if (code !== 0) throw new SetupProblem(`tsc found errors:\n${output.trim()}`);
  copyAssets(root, sources.filter(isAsset));
  removeOrphans(root, sources);
  writeFileSync(mark, hash);
}

/**
 * Every file of src and lab and the programs of bench, as sorted paths from the root; hidden folders (the lab's run and cache)
 * are no sources, nor are the figures that benches leave behind.
 * @param {string} root
 */
function listSources(root) {
  return SOURCE_FOLDERS.flatMap((folder) => listFiles(join(root, folder)))
    .map((file) => relative(root, file))
    .filter((file) => !file.startsWith(join('bench', 'results')))
    .toSorted();
}

/**
 * The files that a source becomes in dist/, as paths from there.
 * @param {string} source
 */
function outputsOf(source) {
  if (isAsset(source)) return [source];
  const script = source.replace(/\.ts$/, '.js');
  return [script, `${script}.map`];
}

/** @param {string} file */
function isAsset(file) {
  return !file.endsWith('.ts');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    });
}

/**
 * @param {string} root
 * @param {string[]} files
 */
function hashFiles(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string[]} assets
 */
function copyAssets(root, assets) {
  for (const asset of assets) {
    const target = join(root, 'dist', asset);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, asset), target);
  }
}

/**
 * @param {string} root
 * @param {string[]} sources
 */
function removeOrphans(root, sources) {
  const dist = join(root, 'dist');
  const wanted = new Set(sources.flatMap(outputsOf));
  for (const file of SOURCE_FOLDERS.flatMap((folder) => listFiles(join(dist, folder)))) {
    if (!wanted.has(relative(dist, file))) rmSync(file);
  }
}
