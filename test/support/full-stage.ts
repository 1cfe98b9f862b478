import { GB } from '../../lab/hyperv/model';
import type { HyperV } from '../../src/core/hyperv-port';
import type { Policy, Settings } from '../../src/core/settings';
import { UNPREPARED } from './fabric';
import { MOVE_POLICY, MoveStage } from './move-stage';

const small = { memoryBytes: 30 * GB };
const away = { host: 'hyper-v04' };

/** What a test may have otherwise; `isBare`: nothing is delegated, and hyper-v03 is not set up. */
interface Otherwise {
  readonly policy?: Policy;
  readonly around?: (hyperV: HyperV) => HyperV;
  readonly rules?: Settings['machines'];
  readonly isBare?: boolean;
  /** The worker knows hyper-v04 too, which has room for web-03, and none for sql-01. */
  readonly isLarger?: boolean;
}

/**
 * A fabric in which sql-01 (16 GB) has no room on hyper-v02 before web-03 (4 GB) has gone from there to hyper-v03, and none on hyper-v03 at all. With
 * it on hyper-v01 is tiny-01 (2 GB), which has room anywhere.
 */
export async function fullStage({
  policy = MOVE_POLICY,
  around,
  rules = [],
  isBare = false,
  isLarger = false,
}: Otherwise = {}): Promise<MoveStage> {
  const stage = new MoveStage(policy, {
    hosts: { 'hyper-v02': small, 'hyper-v03': { ...small, ...(isBare && { migration: UNPREPARED }) } },
    ...(isLarger && { more: ['hyper-v04'] }),
    machines: { 'web-01': away, 'web-02': away, 'app-01': away, 'mail-01': away },
  });
  stage.machineRules = rules;
  stage.add('tiny-01', { like: 'web-03', gigabytes: 2, host: 'hyper-v01' });
  await stage.begin(around);
  if (!isBare) stage.delegateAll();
  return stage;
}
