import { join } from 'node:path';
import { readRepository, workingTree } from './architecture/repository';
import { rules } from './architecture/rules';

type Files = Record<string, string>;

/** Made-up files that prove a rule: each of `broken` must be found, by part of its message; `kept` must pass. */
interface Proof {
  readonly rule: RegExp;
  readonly broken: readonly (readonly [Files, string])[];
  readonly kept: readonly Files[];
}

const proofs: readonly Proof[] = [
  {
    rule: /^core imports/,
    broken: [
      [{ 'src/core/a.ts': `import { x } from 'node:fs';` }, 'node:fs'],
      [{ 'src/core/a.ts': `import type { Job } from '../jobs/queue/job';` }, 'src/jobs/queue/job'],
      [{ 'src/core/a.ts': `const later = () => import('../bot/app');` }, 'src/bot/app'],
      [{ 'src/core/a.ts': `const pino = require('pino');` }, 'pino'],
      [{ 'src/core/a.ts': `export * from '../jobs/client';` }, 'src/jobs/client'],
      [{ 'src/core/a.ts': `export type { A } from '../cli';`, 'src/cli.ts': '' }, 'src/cli.ts'],
      [{ 'src/core/a.ts': `type Q = import('bullmq').Queue;` }, 'bullmq'],
      [{ 'src/core/a.ts': `import fs = require('fs');` }, 'fs'],
      [{ 'src/core/a.ts': 'const x = require(`yaml`);' }, 'yaml'],
    ],
    kept: [
      { 'src/core/a.ts': `import 'node:crypto'; import { z } from 'zod'; import './b/c'; // import 'pino'` },
    ],
  },
  {
    rule: /^jobs import/,
    broken: [
      [{ 'src/jobs/a.ts': `import { app } from '../bot/app';` }, 'src/bot/app'],
      [{ 'src/jobs/roles/a.ts': `import type { C } from '../../cli';` }, 'src/cli'],
    ],
    kept: [{ 'src/jobs/roles/a.ts': `import '../client'; import '../../core/ports'; import 'node:fs';` }],
  },
  {
    rule: /^the bot imports/,
    broken: [
      [{ 'src/bot/a.ts': `import type { Role } from '../jobs/roles/conduct';` }, 'src/jobs/roles/conduct'],
      [{ 'src/bot/cards/a.ts': `import { x } from '../../cli/log';` }, 'src/cli/log'],
    ],
    kept: [
      {
        'src/bot/a.ts': `import '../jobs/client'; import '../jobs/events'; import '../core/x'; import './b';`,
        'src/jobs/client.ts': '',
        'src/jobs/events.ts': '',
      },
    ],
  },
  {
    rule: /import adapters/,
    broken: [
      [
        { 'src/jobs/roles/a.ts': `import type { L } from '../ledger/redis-ledger';` },
        'src/jobs/ledger/redis-ledger',
      ],
      [
        { 'src/bot/a.ts': `import { open } from '../jobs/queue/bullmq-queue';` },
        'src/jobs/queue/bullmq-queue',
      ],
      [{ 'src/settings.ts': `import { open } from './jobs/directory/ldap';` }, 'src/jobs/directory/ldap'],
    ],
    kept: [
      {
        'src/cli.ts': `import './jobs/ledger/redis-ledger';`,
        'src/cli/open.ts': `import '../jobs/hyperv/host';`,
        'src/jobs/queue/a.ts': `import '../ledger/redis-connection';`,
        'lab/a.ts': `import '../src/jobs/directory/ldap';`,
        'test/a.test.ts': `import '../src/jobs/directory/ldap';`,
      },
    ],
  },
  {
    rule: /^src imports neither/,
    broken: [
      [{ 'src/cli.ts': `import { lab } from '../lab/main';` }, 'lab/main'],
      [{ 'src/jobs/a.ts': `import type { T } from '../../test/support/t';` }, 'test/support/t'],
      [{ 'lab/main.ts': `import { t } from '../test/support/t';` }, 'test/support/t'],
      [{ 'src/cli.ts': `import { f } from '../bench/figures';` }, 'bench/figures'],
      [{ 'lab/main.ts': `import { f } from '../bench/figures';` }, 'bench/figures'],
      [{ 'bench/main.ts': `import { t } from '../test/support/t';` }, 'test/support/t'],
    ],
    kept: [
      { 'lab/main.ts': `import '../src/cli';`, 'test/a.test.ts': `import '../lab/main';` },
      { 'bench/main.ts': `import '../src/core/x'; import '../lab/practice';` },
    ],
  },
  {
    rule: /computed name/,
    broken: [
      [{ 'src/cli.ts': `const load = (name: string) => import('./' + name);` }, '(computed)'],
      [{ 'lab/a.ts': 'const load = (name: string) => require(`./${name}`);' }, '(computed)'],
    ],
    kept: [{ 'src/cli.ts': `const load = () => import('./cli/log');` }],
  },
  {
    rule: /stay in their folders/,
    broken: [
      [{ 'src/jobs/ledger/a.ts': `import type { Job } from 'bullmq';` }, 'bullmq'],
      [{ 'src/jobs/directory/a.ts': `import { Redis } from 'ioredis';` }, 'ioredis'],
      [{ 'src/jobs/roles/a.ts': `import { DN } from 'ldapts/dn';` }, 'ldapts'],
      [{ 'src/cli.ts': `import { PowerShell } from 'node-powershell';` }, 'node-powershell'],
      [{ 'src/jobs/client.ts': `import type { KnownBlock } from '@slack/types';` }, '@slack/types'],
      [{ 'lab/slack/a.ts': `import { App } from '@slack/bolt/dist/App';` }, '@slack/bolt'],
      [{ 'src/bot/a.ts': `import { WebSocket } from 'ws';` }, 'ws'],
    ],
    kept: [
      {
        'src/jobs/queue/a.ts': `import 'bullmq'; import 'ioredis';`,
        'src/jobs/ledger/a.ts': `import 'ioredis';`,
        'src/jobs/directory/a.ts': `import 'ldapts';`,
        'src/jobs/hyperv/a.ts': `import 'node-powershell';`,
        'src/bot/a.ts': `import '@slack/bolt'; import type { B } from '@slack/types';`,
        'lab/a.ts': `import 'ldapts'; import 'ioredis'; import 'ws';`,
        'test/a.test.ts': `import 'bullmq'; import '@slack/bolt';`,
      },
    ],
  },
  {
    rule: /^the set-up is plain Node/,
    broken: [
      [{ 'setup/lab.mjs': `import { z } from 'zod';` }, 'zod'],
      [{ 'setup/lab.mjs': `import '../lab/main.js';` }, 'lab/main.js'],
    ],
    kept: [{ 'setup/lab.mjs': `import { join } from 'node:path'; import './steps/a.mjs';` }],
  },
  {
    rule: /no clock and no randomness/,
    broken: [
      'Date.now()',
      'export const now = Date.now;',
      "Date['now']()",
      'const { now } = Date;',
      'new Date()',
      'Date()',
      'setTimeout(() => {}, 1)',
      'globalThis.setInterval(() => {}, 1)',
      'export const wait = setImmediate;',
      'Math.random()',
      'crypto.randomUUID()',
      "import { randomBytes } from 'node:crypto';",
      "import { randomUUID as id } from 'crypto';",
      "import * as c from 'node:crypto'; c.randomBytes(4);",
      "import { setTimeout as wait } from 'node:timers/promises';",
      'performance.now()',
      'process.hrtime.bigint()',
      'AbortSignal.timeout(5)',
    ].map((code) => [{ 'src/core/a.ts': code }, 'src/core/a.ts: '] as const),
    kept: [
      { 'src/core/a.ts': 'new Date(clock.now()).toISOString(); new Date(0); Date.parse(x); Math.max(1, 2);' },
      { 'src/core/a.ts': `import { createHash } from 'node:crypto'; random.hex(16); // Date.now()` },
      { 'src/core/a.ts': `socket.setTimeout(5); export interface T { setTimeout(ms: number): void }` },
      { 'src/jobs/ports/system-clock.ts': 'export const now = () => Date.now();' },
      { 'src/jobs/ports/system-random.ts': `import { randomBytes } from 'node:crypto'; randomBytes(4);` },
      { 'lab/a.ts': 'Date.now()', 'test/a.test.ts': 'setTimeout(() => {}, 1)' },
    ],
  },
  {
    rule: /in a circle/,
    broken: [
      [
        {
          'src/a.ts': `import './b';`,
          'src/b.ts': `import type { C } from './c';`,
          'src/c.ts': `import './a';`,
        },
        'src/a.ts → src/b.ts → src/c.ts → src/a.ts',
      ],
      [{ 'lab/a.ts': `import './a';` }, 'lab/a.ts → lab/a.ts'],
    ],
    kept: [
      { 'src/a.ts': `import './b'; import './c';`, 'src/b.ts': `import './c';`, 'src/c.ts': `import 'zod';` },
    ],
  },
  {
    rule: /longer than/,
    broken: [
      [{ 'src/a.ts': lines(251) }, 'src/a.ts: 251 lines'],
      [{ 'lab/a.ts': lines(300) }, 'lab/a.ts: 300 lines'],
      [{ 'bench/a.ts': lines(251) }, 'bench/a.ts: 251 lines'],
    ],
    kept: [{ 'src/a.ts': lines(250), 'test/a.test.ts': lines(400) }],
  },
  {
    rule: /^half of the files/,
    broken: [[manyFiles(20, 91), 'the median is 91']],
    kept: [manyFiles(19, 91), manyFiles(20, 90), { ...manyFiles(11, 10), ...manyFiles(20, 200, 11) }],
  },
  {
    rule: /^nothing is named/,
    broken: [
      [{ 'src/core/string-utils.ts': '' }, 'src/core/string-utils.ts'],
      [{ 'test/helpers/a.ts': '' }, 'test/helpers/a.ts'],
      [{ 'src/core/a.ts': 'export class QueueManager {}' }, 'class QueueManager'],
      [{ 'lab/a.ts': 'class LedgerImpl {} export { LedgerImpl as Ledger };' }, 'class LedgerImpl'],
      [{ 'lab/a.ts': 'export const a = class HelperOfAll {};' }, 'class HelperOfAll'],
    ],
    kept: [{ 'src/core/simple.ts': 'export class Implication {}', 'src/core/a.ts': '// a helper' }],
  },
  {
    rule: /README\.md mentions/,
    broken: [
      [{}, 'There is no README.md'],
      [readme('Type `npm run lab -- --tour`.'), 'npm run lab'],
      [readme('```sh\nnpm run -s check\n```'), 'npm run check'],
      [readme('Then `npm start`.'), 'npm run start'],
      [readme('```\n$ handover audit verify\n```'), 'handover audit'],
      [readme('`npx handover doctor` tells.'), 'handover doctor'],
    ],
    kept: [
      readme(
        '`npm test`, `npm run build`; `handover bot` and `handover worker --role conduct`; not npm run x, handover y',
      ),
    ],
  },
];

function lines(count: number): string {
  return '//\n'.repeat(count);
}

function manyFiles(end: number, length: number, start = 0): Files {
  const numbers = Array.from({ length: end - start }, (_, index) => start + index);
  return Object.fromEntries(numbers.map((number) => [`src/core/f${number}.ts`, lines(length)]));
}

function readme(text: string): Files {
  return {
    'README.md': text,
    'package.json': JSON.stringify({ scripts: { test: 'x', build: 'y' } }),
    'src/cli.ts': `program.command('worker <role>'); command('bot', 'serves Slack');`,
  };
}

const repository = readRepository(workingTree(join(__dirname, '..')));

describe('the repository', () => {
  it('was read', () => {
    const folders = new Set(repository.sources.map(({ path }) => path.split('/')[0]));
    expect(folders).toEqual(new Set(['bench', 'lab', 'setup', 'src', 'test']));
  });

  it.each(rules)('$sentence', ({ violations }) => {
    expect(violations(repository)).toEqual([]);
  });
});

describe('each rule', () => {
  const cases = proofs.map((proof) => ({
    ...proof,
    matching: rules.filter(({ sentence }) => proof.rule.test(sentence)),
  }));

  it('has its proof', () => {
    expect(cases.map(({ matching }) => matching.length)).toEqual(proofs.map(() => 1));
    expect(new Set(cases.flatMap(({ matching }) => matching))).toEqual(new Set(rules));
  });

  const breaking = cases.flatMap(({ matching: [rule], broken }) =>
    broken.map(([files, found]) => ({ rule, files, found, shown: show(files) })),
  );
  it.each(breaking)('finds $shown against: $rule.sentence', ({ rule, files, found }) => {
    expect(rule?.violations(readRepository(files))).toEqual([expect.stringContaining(found)]);
  });

  const keeping = cases.flatMap(({ matching: [rule], kept }) =>
    kept.map((files) => ({ rule, files, shown: show(files) })),
  );
  it.each(keeping)('passes $shown for: $rule.sentence', ({ rule, files }) => {
    expect(rule?.violations(readRepository(files))).toEqual([]);
  });
});

/** Made-up files for a title: the first of them, on one line. */
function show(files: Files): string {
  const [[path, text] = ['no file', '']] = Object.entries(files);
  return `${path} ${text.replaceAll('\n', ' ').slice(0, 60)}`.trim();
}
