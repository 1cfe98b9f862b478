import { digest } from '../core/canonical';
import type { Clock, Ledger } from '../core/ports';
import type { Settings } from '../core/settings';

/** Programs that work by the settings. */
type Program = 'bot' | 'worker/conduct' | 'worker/directory' | 'worker/hyperv';

/** What of the settings decides what is done. */
type Deciding = Pick<Settings, 'policy' | 'modes' | 'times' | 'tier0'>;

/**
 * A changed file takes effect at a start, and is audited there: when a program starts by other settings than the last one of
 * its kind, the system's chain says so. Told before it is remembered: a crash between may tell it twice, never not at all.
 */
export async function noteSettings(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  { program, settings }: { program: Program; settings: Deciding },
): Promise<void> {
  const { policy, modes, times, tier0 } = settings;
  const now = digest({ policy, modes, times, tier0 });
  const before = await ledger.settingsDigest(program);
  if (before === now) return;
  const detail = { digest: now, policy: digest(policy), before };
  await ledger.note('', { what: 'config.changed', who: program, at: clock.now(), detail });
  await ledger.setSettingsDigest(program, now);
}
