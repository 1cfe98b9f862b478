import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liftStaleGuard, withoutStartingServices } from '../../setup/steps/service-guard.mjs';

const ALLOWING = '#!/bin/sh\nexit 0\n';

let root: string;
let policy: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handover-guard-'));
  policy = join(root, 'usr/sbin/policy-rc.d');
});
afterEach(() => rmSync(root, { recursive: true }));

/** What invoke-rc.d would be told: 101 is "forbidden by policy". */
function ask(): number | null {
  return spawnSync(policy, ['smbd', 'start']).status;
}

function putPolicy(text: string, mode = 0o755): void {
  mkdirSync(join(root, 'usr/sbin'), { recursive: true });
  writeFileSync(policy, text);
  chmodSync(policy, mode);
}

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync('true').pid;
}

describe('the guard against starting services', () => {
  it('forbids while packages are installed and is gone afterwards', async () => {
    await expect(withoutStartingServices(root, async () => ask())).resolves.toBe(101);
    expect(readdirSync(join(root, 'usr/sbin'))).toEqual([]);
  });

  it('is gone after a failure, too', async () => {
    const failing = withoutStartingServices(root, async () => {
      throw new Error('no such package');
    });
    await expect(failing).rejects.toThrow('no such package');
    expect(existsSync(policy)).toBe(false);
  });

  it('forbids in spite of a policy that allows, and puts that one back as it was', async () => {
    putPolicy(ALLOWING, 0o750);
    await expect(withoutStartingServices(root, async () => ask())).resolves.toBe(101);
    expect(readFileSync(policy, 'utf8')).toBe(ALLOWING);
    expect(statSync(policy).mode & 0o777).toBe(0o750);
    expect(readdirSync(join(root, 'usr/sbin'))).toEqual(['policy-rc.d']);
  });

  it('is replaced by the policy that was there when a process died under it', async () => {
    putPolicy(ALLOWING);
    await withoutStartingServices(root, async () => {
      writeFileSync(policy, readFileSync(policy, 'utf8').replace(`${process.pid}`, `${deadProcess()}`));
      liftStaleGuard(root);
    });
    expect(readFileSync(policy, 'utf8')).toBe(ALLOWING);
  });

  it('stays while its process lives', async () => {
    await withoutStartingServices(root, async () => {
      liftStaleGuard(root);
      expect(ask()).toBe(101);
    });
  });

  it('leaves a policy of others alone', () => {
    putPolicy(ALLOWING);
    liftStaleGuard(root);
    expect(readFileSync(policy, 'utf8')).toBe(ALLOWING);
  });
});
