import { policyWarnings } from './policy/warnings';
import { Settings } from './settings';
import { flawsOf, type SettingsFlaw } from './settings-errors';

/** The settings of a file, with what is to be warned of; or every flaw for which it cannot be used. */
export type ReadSettings =
  | { readonly settings: Settings; readonly warnings: readonly SettingsFlaw[] }
  | { readonly flaws: readonly SettingsFlaw[] };

/** Reads what stands in a settings file. */
export function readSettings(raw: unknown): ReadSettings {
  const read = Settings.safeParse(raw);
  if (!read.success) return { flaws: flawsOf(read.error) };
  const warnings = policyWarnings(read.data.policy).map((flaw) => ({
    ...flaw,
    path: ['policy', ...flaw.path],
  }));
  return { settings: read.data, warnings };
}
