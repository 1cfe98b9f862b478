import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { skippedLine, testsThatNeed } from '../../setup/steps/test-needs.mjs';
import { planTests } from '../../setup/steps/test-run.mjs';
import { isInTier, without } from '../../setup/steps/tiers.mjs';

describe('the tests that need a part', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'handover-needs-'));
    put('test/support/domain.ts', 'export const testDomain = 1;');
    put('test/support/chromium.ts', 'export const testChromium = 1;');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function put(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  it.each([
    ['imports its door', "import { testDomain } from './support/domain';"],
    ['imports it over several lines', "import {\n  other,\n  testDomain,\n} from './support/domain';"],
    ['reaches it through another file', "import 'node:fs';\nimport { way } from './support/way';"],
    ['reaches it through a re-export', "import { a } from './support/again';"],
    ['says that it needs it', '/** @needs domain, which it starts itself. */'],
  ])('are those of which one %s', (_, text) => {
    put('test/support/way.ts', "import { testDomain } from './domain';\nexport const way = testDomain;");
    put('test/support/again.ts', "export { testDomain as a } from './domain';");
    put('test/a.test.ts', text);
    put('test/support/round.ts', "import { round } from './round';");
    put('test/b.test.ts', "import { round } from './support/round';");
    expect(testsThatNeed(root, 'domain')).toEqual(['test/a.test.ts']);
    expect(testsThatNeed(root, 'chromium')).toEqual([]);
  });

  it('are not those that only know its types, or speak of it', () => {
    put('test/a.test.ts', "import type { Domain } from './support/domain';\n// from './support/domain'");
    put('test/b.test.ts', "import { faults } from './support/faults';");
    put('test/support/faults.ts', "import type { Domain } from './domain';\nexport const faults = 1;");
    expect(testsThatNeed(root, 'domain')).toEqual([]);
  });

  it('are told apart by part', () => {
    put('test/a/page.test.ts', "import { testChromium } from '../support/chromium';");
    put('test/a/browser.test.ts', "import { startBrowser } from '../support/browser';");
    put('test/support/browser.ts', 'export const startBrowser = 1;');
    put('test/a/domain.test.ts', "import { testDomain } from '../support/domain';");
    put('test/a/shell.test.ts', "import { testEngine } from '../support/powershell';");
    put('test/support/powershell.ts', 'export const testEngine = 1;');
    expect(testsThatNeed(root, 'chromium')).toEqual(['test/a/browser.test.ts', 'test/a/page.test.ts']);
    expect(testsThatNeed(root, 'domain')).toEqual(['test/a/domain.test.ts']);
    expect(testsThatNeed(root, 'powershell')).toEqual(['test/a/shell.test.ts']);
  });

  it('are, in this repository, at least the scenarios, and never what runs in memory', () => {
    const found = testsThatNeed(join(__dirname, '..', '..'), 'domain');
    expect(found).toEqual(
      expect.arrayContaining([
        'test/contract/directory.test.ts',
        'test/labs/lab-run.test.ts',
        'test/scenarios/main-job.test.ts',
        'test/scenarios/killed-bot.test.ts',
      ]),
    );
    expect(found).not.toContain('test/contract/directory-memory.test.ts');
    expect(found).not.toContain('test/labs/simulated-lab.test.ts');
  });
});

describe('a test run on a machine that lacks parts', () => {
  const run = { root: join(__dirname, '..', '..'), typed: ['-t', 'x'], isCi: false } as const;

  it('leaves out what needs them, names it, and asks for the other parts only', () => {
    const { args, parts, lines } = planTests({ ...run, missing: ['domain', 'chromium'] });
    const pattern = String.raw`--testPathIgnorePatterns=<rootDir>/test/scenarios/main-job\.test\.ts$`;
    expect(args.slice(0, 2)).toEqual(['-t', 'x']);
    expect(args).toContain(pattern);
    expect(parts).toBe('redis,powershell');
    expect(lines).toEqual([
      expect.stringMatching(/SKIPPED.*Samba.*test\/scenarios\/main-job\.test\.ts/),
      expect.stringMatching(/SKIPPED.*Chromium.*test\/lab\/chromium\.test\.ts/),
    ]);
  });

  it('leaves out nothing where nothing is lacking', () => {
    const { args, lines } = planTests({ ...run, missing: [], typed: ['--long'] });
    expect([args, lines]).toEqual([[], []]);
  });

  it('does not begin where everything counts', () => {
    expect(() => planTests({ ...run, isCi: true, missing: ['chromium'] })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining('Chromium') }),
    );
    expect(planTests({ ...run, isCi: true, missing: [] }).lines).toEqual([]);
    expect(planTests({ ...run, isCi: true, missing: ['powershell'] }).lines).toEqual([
      expect.stringMatching(/SKIPPED.*PowerShell.*test\/contract\/hyperv\.test\.ts/),
    ]);
  });
});

describe('what is left out', () => {
  it('is named in one line', () => {
    expect(skippedLine('chromium', ['test/a.test.ts', 'test/b.test.ts'])).toBe(
      '*** SKIPPED, because this machine lacks Chromium (test files: 2): test/a.test.ts, test/b.test.ts ***',
    );
  });

  it('is kept from jest by its exact path', () => {
    expect(without(['test/a-b.test.ts'])).toEqual([
      '--testPathIgnorePatterns=<rootDir>/test/a-b\\.test\\.ts$',
    ]);
  });

  it.each([
    ['test/scenarios/a.test.ts', ['--quick'], false],
    ['test/scenarios/a.test.ts', [], true],
    ['test/long/a.test.ts', [], false],
    ['test/long/a.test.ts', ['--long'], true],
    ['test/lab/a.test.ts', ['--quick'], true],
    ['test/contract/directory.test.ts', ['--quick'], false],
    ['test/contract/directory-of-another.test.ts', ['--quick'], true],
  ])('is named only if it would have run: %s with %j: %s', (file, typed, expected) => {
    expect(isInTier(file, typed)).toBe(expected);
  });
});
