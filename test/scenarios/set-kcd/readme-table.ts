import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';

/** One line of the tables: what somebody did before, and what is typed instead. */
export interface Row {
  /** As the first column has it, without back quotes. */
  readonly action: string;
  /** What stands in back quotes in the second column and begins as a command does, in its order. */
  readonly commands: readonly string[];
}

const HEADING = '## Coming from Set-KCD.ps1 or the Delegation tab\n';

/** Every line of every table of the section, in the order of README. */
export function readTables(readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8')): readonly Row[] {
  const [, after = ''] = readme.split(HEADING);
  const [section = ''] = after.split('\n## ');
  return section.split(/\n\n/).flatMap((part) => {
    const lines = part.split('\n').filter((line) => line.startsWith('|'));
    // Heading and rule of the table.
    return lines.slice(2).map(rowOf);
  });
}

function rowOf(line: string): Row {
  const [, action = '', here = ''] = line.split(/ *(?<!\\)\| */);
  const code = [...here.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  return { action: action.replaceAll('`', ''), commands: code.filter((text) => text.startsWith('/')) };
}
