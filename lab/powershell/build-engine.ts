import { findEngine } from './find-engine';

/** For the set-up: sees to it that something runs PowerShell here. Ends with 0 if so, 1 if nothing can; says when it builds. */
async function main(): Promise<number> {
  const engine = await findEngine(() => {
    process.stdout.write('Building the engine of PowerShell, once (.NET SDK)\n');
  });
  return engine === null ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
