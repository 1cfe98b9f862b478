import { LONGEST_COMMAND } from '../../../src/core/commands/typed-text';
import { askOf, refusalOf } from './refusal-of';

const fill = (text: string, length: number): string => text + ' '.repeat(length - text.length);

test('A command of 300 characters is read and one of 301 is refused at the 301st', () => {
  expect(askOf(fill('a -> b', LONGEST_COMMAND))).toMatchObject({ verb: 'delegate' });
  expect(refusalOf(fill('a -> b', LONGEST_COMMAND + 1))).toMatchObject({
    code: 'command.long',
    position: 300,
  });
});

test('Characters that Slack escapes count once, as a person sees them', () => {
  expect(askOf(`a -> b --reason "${'&amp;'.repeat(200)}"`)).toMatchObject({ reason: '&'.repeat(200) });
});

test('A character outside the basic plane counts once', () => {
  expect(askOf(`a -> b --reason "${'🌙'.repeat(150)}"${' '.repeat(132)}`)).toMatchObject({
    verb: 'delegate',
  });
});

test('A command whose canonical text does not fit is refused, so that a signed one can be read again', () => {
  // The verb, the services, quotation marks and the spaces around the arrow are 28 characters more.
  const typed = (length: number) => `CN=a,OU=${'x'.repeat(length - 16)},DC=x->b`;
  expect(askOf(typed(LONGEST_COMMAND - 28))).toMatchObject({ verb: 'delegate' });
  expect(refusalOf(typed(LONGEST_COMMAND - 27))).toMatchObject({
    code: 'command.long',
    position: LONGEST_COMMAND - 27,
    summary: 'Written out in full, the command is longer than 300 characters.',
  });
});

test('A list whose canonical text does not fit is refused, where the same hosts fit as a range', () => {
  const hosts = (count: number) => Array.from({ length: count }, (_, index) => `h${index + 100}`);
  // 5 characters a host but the last; the verb, the services and the spaces are 29 more than "a->" and the list.
  expect(askOf(`a->${hosts(54).join()}`)).toMatchObject({ verb: 'delegate' });
  expect(refusalOf(`a->${hosts(55).join()}`)).toMatchObject({ code: 'command.long', position: 277 });
  expect(askOf('a->h[100-154]')).toMatchObject({ destinations: [{ kind: 'range', first: 100, last: 154 }] });
});

test('A megabyte is refused without being walked through', () => {
  const { position, caret } = refusalOf('a'.repeat(1_000_000));
  expect(position).toBe(300);
  expect(caret.length).toBeLessThan(200);
});

test.each([
  ['onboard', (name: string) => `onboard ${name}`, 10],
  ['the host after “like”', (name: string) => `onboard a like ${name}`, 17],
  ['retire', (name: string) => `retire ${name}`, 9],
])('The quotation marks around a distinguished name count too: %s', (_what, command, more) => {
  const named = (length: number) => command(`CN=b,OU=${'x'.repeat(length - 13)},DC=x`);
  expect(askOf(named(LONGEST_COMMAND - more), '/hv')).toHaveProperty('planOnly', false);
  expect(refusalOf(named(LONGEST_COMMAND - more + 1), '/hv')).toMatchObject({
    code: 'command.long',
    summary: 'Written out in full, the command is longer than 300 characters.',
  });
});
