import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandTable } from '../../../src/core/commands/manifest';
import { parseCommand } from '../../../src/core/commands/parse';
import { usageOf, VERBS, type CommandEntry } from '../../../src/core/commands/verbs';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

/** The first code span of every line of the table with this heading. */
function firstColumn(heading: string): readonly string[] {
  const [, after = ''] = readme.split(`| ${heading} |`);
  const [table = ''] = after.split('\n\n');
  return table.split('\n').flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1]?.replaceAll('\\|', '|') ?? []);
}

test('README lists every command as the table of verbs has it', () => {
  const [, after = ''] = readme.split('| in Slack | what it does |\n|---|---|\n');
  const [table = ''] = after.split('\n\n');
  expect(table.split('\n')).toEqual(commandTable());
  expect(firstColumn('in Slack')).toEqual(VERBS.map(usageOf));
});

test.each(firstColumn('HOSTS'))('README’s example is understood: %s', (typed) => {
  const [entry = '', ...words] = typed.split(' ');
  expect(parseCommand(entry as CommandEntry, words.join(' '))).toMatchObject({ ok: true });
});
