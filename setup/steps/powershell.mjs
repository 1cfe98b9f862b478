import { join } from 'node:path';
import { runInForeground } from './foreground.mjs';
import { SetupProblem } from './problem.mjs';
import { missingPrograms } from './programs.mjs';

/**
 * Sees to it that something runs PowerShell here: PowerShell itself, else its engine, built once with the .NET SDK where that is there.
 * Without either the hosts of the practice domain are asked in another way, which is said. Wants a build. Throws SetupProblem (exit 2)
 * where everything counts (`isCi`) and the SDK is there but the engine cannot be built with it.
 * @param {string} root
 * @param {{ isCi: boolean }} run
 * @returns {Promise<boolean>} whether something does
 */
export async function ensurePowerShell(root, { isCi }) {
  if (missingPrograms(['pwsh', 'powershell']).length < 2) return true;
  const hasSdk = missingPrograms(['dotnet']).length === 0;
  if (hasSdk && (await isBuilt(root))) return true;
  if (hasSdk && isCi) throw new SetupProblem('the engine of PowerShell could not be built; see above.', 2);
  console.log(withoutPowerShell(hasSdk));
  return false;
}

/**
 * The one loud line.
 * @param {boolean} hasSdk
 */
function withoutPowerShell(hasSdk) {
  const why = hasSdk
    ? 'its engine could not be built with the .NET SDK; see above'
    : 'there is no pwsh here, and no .NET SDK to build its engine with';
  return `*** NO POWERSHELL: ${why}. Hosts are simulated in-process; what goes through PowerShell is not tried. ***`;
}

/**
 * Built by a program of its own, since the set-up itself imports nothing that has to be compiled first.
 * @param {string} root
 */
async function isBuilt(root) {
  const program = join(root, 'dist', 'lab', 'powershell', 'build-engine.js');
  return (await runInForeground([program], { cwd: root })) === 0;
}
