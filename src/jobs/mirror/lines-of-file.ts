import { createReadStream } from 'node:fs';

/** The lines of a file. They end with a line feed and nothing else: a person's reason may hold any other separator. */
export async function* linesOfFile(
  path: string,
): AsyncIterable<{ readonly line: string; readonly isWhole: boolean }> {
  let rest = '';
  // SAFETY: with an encoding a stream gives texts.
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield { line, isWhole: true };
  }
  if (rest !== '') yield { line: rest, isWhole: false };
}
