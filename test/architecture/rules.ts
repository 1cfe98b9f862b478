import { ambientUses } from './ambient';
import { commandsOf, mentionedCommands } from './readme';
import type { Link, Repository, SourceFile } from './repository';
import { classesOf } from './syntax';

/** One rule about the repository: a sentence that holds, and what breaks it (empty: nothing does). */
export interface Rule {
  readonly sentence: string;
  readonly violations: (repository: Repository) => string[];
}

const ADAPTERS = ['ledger', 'queue', 'directory', 'hyperv', 'mirror', 'planning'].map(
  (name) => `src/jobs/${name}/`,
);
const CLI = ['src/cli.ts', 'src/cli/'];
const OF_JOBS_FOR_BOT = ['src/jobs/client.ts', 'src/jobs/events.ts'];
const AMBIENT_ADAPTERS = ['src/jobs/ports/system-clock.ts', 'src/jobs/ports/system-random.ts'];
const LONGEST_FILE = 250;
const LARGEST_MEDIAN = 90;
/** Below this many files a median says nothing. */
const FEWEST_FOR_MEDIAN = 20;

/** Where a library may be used in src and lab. Tests may use any: some play the other side of the wire. */
const LIBRARIES: readonly { readonly name: RegExp; readonly only: readonly string[] }[] = [
  { name: /^bullmq$/, only: ['src/jobs/queue/'] },
  { name: /^ioredis$/, only: ['src/jobs/ledger/', 'src/jobs/queue/', 'lab/'] },
  { name: /^ldapts$/, only: ['src/jobs/directory/', 'lab/'] },
  { name: /^node-powershell$/, only: ['src/jobs/hyperv/'] },
  { name: /^@slack\//, only: ['src/bot/'] },
  { name: /^ws$/, only: ['lab/'] },
];

/** All rules, in the order in which ARCHITECTURE.md speaks of them. */
export const rules: readonly Rule[] = [
  {
    sentence: 'core imports only core, node:crypto and zod',
    violations: eachLink(['src/core/'], ({ module, isOurs }) =>
      isOurs ? isIn(module, ['src/core/']) : module === 'node:crypto' || module === 'zod',
    ),
  },
  {
    sentence: 'jobs import of src only core and jobs',
    violations: eachLink(
      ['src/jobs/'],
      ({ module, isOurs }) => !isOurs || isIn(module, ['src/core/', 'src/jobs/']),
    ),
  },
  {
    sentence: 'the bot imports of src only core, bot, jobs/client and jobs/events',
    violations: eachLink(
      ['src/bot/'],
      ({ module, isOurs }) => !isOurs || isIn(module, ['src/core/', 'src/bot/', ...OF_JOBS_FOR_BOT]),
    ),
  },
  {
    sentence: 'of src only cli and an adapter itself import adapters: the rest knows their ports',
    violations: ({ sources }) =>
      sources
        .filter(({ path }) => isIn(path, ['src/']) && !isIn(path, [...CLI, ...ADAPTERS]))
        .flatMap((file) =>
          file.links.filter(({ module }) => isIn(module, ADAPTERS)).map((link) => show(file, link)),
        ),
  },
  {
    sentence:
      'src imports neither lab nor bench nor test, lab neither bench nor test, and bench does not import test',
    violations: (repository) => [
      ...eachLink(['src/'], ({ module }) => !isIn(module, ['lab/', 'bench/', 'test/']))(repository),
      ...eachLink(['lab/'], ({ module }) => !isIn(module, ['bench/', 'test/']))(repository),
      ...eachLink(['bench/'], ({ module }) => !isIn(module, ['test/']))(repository),
    ],
  },
  {
    sentence: 'nothing is imported under a computed name',
    violations: eachLink(['src/', 'lab/', 'bench/', 'setup/'], ({ specifier }) => specifier !== null),
  },
  {
    sentence: 'BullMQ, ioredis, ldapts, node-powershell, Slack and ws each stay in their folders',
    violations: eachLink(['src/', 'lab/'], ({ module }, { path }) =>
      LIBRARIES.every(({ name, only }) => !name.test(module) || isIn(path, only)),
    ),
  },
  {
    sentence: 'the set-up is plain Node: it imports nothing that would have to be installed first',
    violations: eachLink(['setup/'], ({ module, isOurs }) =>
      isOurs ? isIn(module, ['setup/']) : module.startsWith('node:'),
    ),
  },
  {
    sentence: 'src reads no clock and no randomness but through the two adapters',
    violations: ({ sources }) =>
      sources
        .filter(({ path }) => isIn(path, ['src/']) && !AMBIENT_ADAPTERS.includes(path))
        .flatMap(({ path, tree }) => ambientUses(tree).map((use) => `${path}: ${use}`)),
  },
  { sentence: 'no files import each other in a circle', violations: cycles },
  {
    sentence: `no file of src, lab or bench is longer than ${LONGEST_FILE} lines`,
    violations: ({ sources }) =>
      sources
        .filter(({ path, lines }) => isIn(path, ['src/', 'lab/', 'bench/']) && lines > LONGEST_FILE)
        .map(({ path, lines }) => `${path}: ${lines} lines`),
  },
  {
    sentence: `half of the files of src have at most ${LARGEST_MEDIAN} lines`,
    violations: ({ sources }) => {
      const lengths = sources.filter(({ path }) => isIn(path, ['src/'])).map(({ lines }) => lines);
      const median = lengths.toSorted((a, b) => a - b)[Math.floor((lengths.length - 1) / 2)] ?? 0;
      return lengths.length >= FEWEST_FOR_MEDIAN && median > LARGEST_MEDIAN
        ? [`src: the median is ${median}`]
        : [];
    },
  },
  {
    sentence: 'nothing is named Manager, Utils, Helper or Impl: names say what a thing is',
    violations: ({ sources }) =>
      sources.flatMap(({ path, tree }) => [
        ...(/(^|[/.-])(managers?|utils?|helpers?|impl)([/.-]|$)/i.test(path) ? [path] : []),
        ...classesOf(tree)
          .filter((name) => /(Managers?|Utils?|Helpers?|Impl)(?![a-z])/.test(name))
          .map((name) => `${path}: class ${name}`),
      ]),
  },
  { sentence: 'every command that README.md mentions exists', violations: unknownCommands },
];

/** The rule that every import out of these folders must satisfy, as a search for those that do not. */
function eachLink(
  folders: readonly string[],
  isAllowed: (link: Link, file: SourceFile) => boolean,
): Rule['violations'] {
  return ({ sources }) =>
    sources
      .filter(({ path }) => isIn(path, folders))
      .flatMap((file) => file.links.filter((link) => !isAllowed(link, file)).map((link) => show(file, link)));
}

/** Whether a path is one of these files or below one of these folders (written with a slash at the end). */
function isIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}

function show({ path }: SourceFile, { module }: Link): string {
  return `${path} imports ${module}`;
}

/** Each circle once, from the file at which a depth-first search closed it. Imports of types count: they bind as much. */
function cycles({ sources }: Repository): string[] {
  const files = new Map(sources.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || finished.has(path)) return;
    for (const { module } of files.get(path)?.links ?? []) visit(module, [...trail, path]);
    finished.add(path);
  };
  for (const path of files.keys()) visit(path, []);
  return found;
}

function unknownCommands({ sources, texts }: Repository): string[] {
  const readme = texts.get('README.md');
  if (readme === undefined) return ['There is no README.md'];
  const { scripts = {} } = JSON.parse(texts.get('package.json') ?? '{}') as {
    scripts?: Record<string, string>;
  };
  const known = {
    npm: new Set(Object.keys(scripts)),
    handover: new Set(sources.filter(({ path }) => isIn(path, CLI)).flatMap(({ tree }) => commandsOf(tree))),
  };
  return mentionedCommands(readme)
    .filter(({ kind, name }) => !known[kind].has(name))
    .map(({ kind, name }) => `README.md mentions ${kind === 'npm' ? 'npm run' : 'handover'} ${name}`);
}
