import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommand } from '../../../src/core/commands/parse';
import { usageOf, VERBS, type CommandEntry } from '../../../src/core/commands/verbs';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');

/** The first code span of every line of the table with this heading. */
function firstColumn(heading: string): readonly string[] {
  const [, after = ''] = readme.split(`| ${heading} |`);
  const [table = ''] = after.split('\n\n');
  return table.split('\n').flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1]?.replaceAll('\\|', '|') ?? []);
}

test('README lists every command as its usage has it, in the order of help', () => {
  expect(firstColumn('in Slack')).toEqual(VERBS.map(usageOf));
});

test.each(firstColumn('HOSTS'))('README’s example is understood: %s', (typed) => {
  const [entry = '', ...words] = typed.split(' ');
  expect(parseCommand(entry as CommandEntry, words.join(' '))).toMatchObject({ ok: true });
});
