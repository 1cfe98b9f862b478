import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { importsOf, parse, type Import, type Node } from './syntax';

/** One import as the rules see it: `module` is a path of the repository, or the name of a package or of a Node module. */
export interface Link extends Import {
  readonly module: string;
  readonly isOurs: boolean;
}

/** A source file, read once. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly tree: Node;
  readonly links: readonly Link[];
}

/** What the rules look at: sources that have been parsed, and the text of any file. */
export interface Repository {
  readonly sources: readonly SourceFile[];
  readonly texts: ReadonlyMap<string, string>;
}

const SOURCE = /^(src|lab|bench|test|setup)\/.*\.(ts|mjs)$/;
const ENDINGS = ['', '.ts', '.mjs', '.js', '.json', '/index.ts'];

/** A repository of files given as text by path: the real one, or one made up to prove a rule. */
export function readRepository(files: Readonly<Record<string, string>>): Repository {
  const texts = new Map(Object.entries(files));
  const sources = [...texts].flatMap(([path, text]) =>
    SOURCE.test(path) ? [readSource(path, text, texts)] : [],
  );
  return { sources, texts };
}

/** The files of the working tree that git tracks or would: what is ignored is no part of the project. */
export function workingTree(root: string): Record<string, string> {
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = new Set(listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path))));
  return Object.fromEntries([...paths].map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function readSource(path: string, text: string, texts: ReadonlyMap<string, string>): SourceFile {
  const tree = parse(path, text);
  const links = importsOf(tree).map((each) => resolveImport(path, each, texts));
  return { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), tree, links };
}

function resolveImport(from: string, each: Import, texts: ReadonlyMap<string, string>): Link {
  const specifier = each.specifier ?? '(computed)';
  if (!specifier.startsWith('.')) return { ...each, module: packageOf(specifier), isOurs: false };
  const path = posix.join(posix.dirname(from), specifier);
  const ending = ENDINGS.find((each) => texts.has(path + each)) ?? '';
  return { ...each, module: path + ending, isOurs: true };
}

/** `@slack/bolt/dist/x` belongs to @slack/bolt; Node's own modules keep their path. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
