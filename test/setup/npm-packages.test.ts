import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNpmPackages, isInstalledAsLocked } from '../../setup/steps/npm-packages.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  },
};

describe('what npm installed', () => {
  it.each([
    ['everything', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }, true],
    ['all but an optional package', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    [
      'another version of an optional package',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.1.0' } },
      false,
    ],
    ['nothing', {}, false],
  ])('is as locked or not: %s', (_, packages, expected) => {
    expect(isInstalledAsLocked(lock, { packages })).toBe(expected);
  });

  it('is taken over when a person installed it, and remembered', async () => {
    const root = mkdtempSync(join(tmpdir(), 'handover-npm-'));
    try {
      mkdirSync(join(root, 'node_modules'));
      writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
      writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(lock));
      await ensureNpmPackages(root);
      const hash = createHash('sha256').update(JSON.stringify(lock)).digest('hex');
      expect(readFileSync(join(root, 'node_modules/.handover-lock'), 'utf8')).toBe(hash);
      // Now the mark alone decides: without it, this would have to run npm and fail.
      rmSync(join(root, 'node_modules/.package-lock.json'));
      await expect(ensureNpmPackages(root)).resolves.toBeUndefined();
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
