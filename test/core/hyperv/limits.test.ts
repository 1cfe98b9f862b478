import { isAtLimit } from '../../../src/core/hyperv/limits';

it.each([
  ['21501', 'the maximum number of 2 migrations at host ‘hyper-v01’ was reached', true],
  [
    '32768',
    "Storage migration for 'web' was not finished because maximum storage migration limit '2' was reached, please wait",
    true,
  ],
  ['32768', "Storage migration for 'web' failed", false],
  ['0x8007000E', 'Not enough memory resources are available', false],
])('a move that was refused with %s: %s', (code, message, expected) => {
  expect(isAtLimit({ code, message })).toBe(expected);
});
