import type { SettingChange } from '../core/hyperv/host-settings';
import type { DirectoryPart, Plan, Verdict } from '../core/delegation/plan';

/** What would be done, without a request. `part` is null when something refuses. */
export interface Preview {
  readonly verdicts: readonly Verdict[];
  readonly part: DirectoryPart | null;
  /** Of an ask about hosts: what they would be set to. */
  readonly settings?: readonly SettingChange[];
  /** Of an ask to move machines: the moves; null when there are none to make. */
  readonly moves?: Pick<Plan, 'hosts' | 'forecast'> | null;
}
