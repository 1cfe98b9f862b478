import { refusalOf } from './refusal-of';

test.each([
  ['a short text is shown whole', 'a -> b ldap', 'a -> b ldap\n       ^'],
  ['what is missing is pointed at after the end', 'a ->', 'a ->\n    ^'],
  ['an empty text has its caret too', '', '\n^'],
  ['escaped characters take one column, as they were seen', 'a -&gt; b_', 'a -> b_\n      ^'],
  [
    'a character outside the basic plane takes one',
    'a -> b --reason "🌙" x',
    'a -> b --reason "🌙" x\n                    ^',
  ],
  ['what cannot be seen, or would break the line, is replaced', 'a\n-> b', 'a\uFFFD-> b\n ^'],
])('%s', (_what, text, caret) => {
  expect(refusalOf(text).caret).toBe(caret);
});

test('A long text is shortened on both sides of the place', () => {
  const [line = '', below = ''] = refusalOf(
    `a -> b --reason "${'x'.repeat(100)}" ldap --ticket ${'y'.repeat(40)}`,
  ).caret.split('\n');
  expect(line).toBe(`…${'x'.repeat(38)}" ldap --ticket yyyyyy…`);
  expect(below.indexOf('^')).toBe(line.indexOf('ldap'));
});

test('The caret of a text that is too long stands under the ellipsis after its last shown character', () => {
  const [line = '', below = ''] = refusalOf('x'.repeat(400)).caret.split('\n');
  expect(line).toBe(`…${'x'.repeat(60)}…`);
  expect(below.indexOf('^')).toBe(61);
});

test('A long found word is shortened in the summary', () => {
  expect(refusalOf(`a ${'b'.repeat(100)}`).summary).toContain(`“${'b'.repeat(39)}…”`);
});
