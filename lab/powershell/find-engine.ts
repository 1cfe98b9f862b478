import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, mustRun } from '../processes';
import { repositoryRoot } from '../repository';

/** What runs PowerShell on this machine. */
export interface Engine {
  /** `powershell`: PowerShell itself; `engine`: the real engine, hosted by the console beside this file. */
  readonly kind: 'powershell' | 'engine';
  readonly executable: string;
}

const source = join(repositoryRoot, 'lab', 'powershell', 'engine');
const cache = join(repositoryRoot, 'lab', '.cache');
const BUILD_MS = 180_000;

/**
 * PowerShell of this machine, else the engine, which is built once and kept by the hash of its sources; null without the .NET SDK, and
 * when it cannot build (no network for its packages), which goes to stderr. `onBuild` hears that it is being built.
 */
export async function findEngine(onBuild: () => void = () => undefined): Promise<Engine | null> {
  const own = findProgram('pwsh') ?? findProgram('powershell');
  if (own !== undefined) return { kind: 'powershell', executable: own };
  const dotnet = findProgram('dotnet');
  if (dotnet === undefined) return null;
  const kept = join(cache, `powershell-${hashOf(source)}`);
  if (!existsSync(kept)) {
    onBuild();
    try {
      await build(dotnet, kept);
    } catch (error) {
      console.error('The engine of PowerShell could not be built', error);
      return null;
    }
  }
  return { kind: 'engine', executable: join(kept, 'practice-shell') };
}

async function build(dotnet: string, kept: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(join(cache, 'powershell-being-built-'));
  try {
    const out = await compile(dotnet, { to: join(made, 'compiled'), ahead: true }).catch((error: unknown) => {
      console.error('The engine of PowerShell could not be compiled ahead, so it starts more slowly', error);
      return compile(dotnet, { to: join(made, 'built'), ahead: false });
    });
    // Who comes second finds it there.
    await rename(out, kept).catch((error: unknown) => {
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/**
 * Its package has no native code in it, which PowerShell's own releases have: a shell spends most of its time with compiling then. `ahead`
 * compiles it once (crossgen, which .NET fetches from where the packages come from). Gives the folder that it is in.
 */
async function compile(dotnet: string, { to, ahead }: { to: string; ahead: boolean }): Promise<string> {
  const out = join(to, 'out');
  const args = [ahead ? 'publish' : 'build', source, '-c', 'Release', '-o', out, '--nologo'];
  // Beside the sources nothing is left: two builds at a time would be in each other's way.
  const own = [
    `-p:BaseIntermediateOutputPath=${join(to, 'obj')}/`,
    `-p:BaseOutputPath=${join(to, 'bin')}/`,
    '-p:RestoreLockedMode=true',
  ];
  const native = ['-r', `linux-${process.arch}`, '--self-contained', 'false', '-p:PublishReadyToRun=true'];
  await mustRun(dotnet, [...args, ...own, ...(ahead ? native : [])], {
    env: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
    timeoutMs: BUILD_MS,
  });
  return out;
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder).filter((name) => /\.(?:cs|csproj|json)$/.test(name));
  for (const name of names.toSorted()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}
