import { askOf, refusalOf } from './refusal-of';

const HOUR = 3_600_000;
const undo = { verb: 'undo', request: 'R-1042', reason: null, ticket: null, planOnly: false };
const extend = { verb: 'extend', request: 'R-1042', forMs: 8 * HOUR };

test.each([
  ['undo R-1042', undo],
  ['Undo r-1042 —plan', { ...undo, planOnly: true }],
  ['undo R-1042 --ticket X --reason “No longer”', { ...undo, ticket: 'X', reason: 'No longer' }],
  ['extend R-1042 8h', extend],
  ['extend r-1042 8H', extend],
  ['extend R-1042 “8h”', extend],
  ['extend R-1042 --for 8h', extend],
  ['extend R-1042 —for=8h', extend],
  ['extend R-1042 1h30m', { ...extend, forMs: 1.5 * HOUR }],
  ['requests', { verb: 'requests', which: null }],
  ['requests mine', { verb: 'requests', which: 'mine' }],
  ['Requests Waiting ', { verb: 'requests', which: 'waiting' }],
  ['requests RUNNING', { verb: 'requests', which: 'running' }],
])('“%s” is understood', (text, ask) => {
  expect(askOf(text, '/hv')).toEqual(ask);
});

/** In `marked`, ‸ stands where the problem is said to be. */
test.each([
  ['undo‸', 'command.empty', /request is missing/, null],
  ['extend ‸', 'command.empty', /request is missing/, null],
  ['undo ‸--plan R-1042', 'command.request', /request is missing here/, null],
  ['extend ‸--for 8h', 'command.request', /request is missing here/, null],
  ['undo ‸1042', 'command.request', /“1042” is not the label/, 'R-1042'],
  ['extend ‸1042 8h', 'command.request', /“1042” is not the label/, 'R-1042'],
  ['show ‸r1042', 'command.request', /“r1042” is not the label/, 'R-1042'],
  ['show ‸#1042', 'command.request', /“#1042” is not the label/, 'R-1042'],
  ['undo ‸R\u20131042', 'command.request', /is not the label/, 'R-1042'],
  ['undo ‸R-0', 'command.request', /is not the label/, null],
  ['undo ‸hyper-v01', 'command.request', /“hyper-v01” is not the label/, null],
  ['undo R-1042 ‸R-1043', 'command.extra', /“R-1043” is more than/, null],
  ['undo R-1042 ‸--for 8h', 'command.option', /--for does not go with undo/, null],
  ['undo R-1042 ‸--paln', 'command.option', /“--paln” is not an option/, '--plan'],
  ['extend R-1042‸', 'command.empty', /duration is missing/, null],
  ['extend R-1042 --for‸', 'command.option', /value of this option is missing/, null],
  ['extend R-1042 ‸8', 'command.duration', /“8” has no unit/, null],
  ['extend R-1042 ‸8 h', 'command.duration', /“8 h” has a space/, '8h'],
  ['extend R-1042 ‸8hours', 'command.duration', /is not a duration/, '8h'],
  ['extend R-1042 --for ‸8 hours', 'command.duration', /“8 hours” has a space/, '8h'],
  ['extend R-1042 ‸8h 9h', 'command.duration', /“8h 9h” has a space/, null],
  ['extend R-1042 ‸5s', 'command.duration', /is shorter than 10 seconds/, null],
  ['extend R-1042 ‸soon', 'command.duration', /“soon” is not a duration/, null],
  ['extend R-1042 ‸about 8h', 'command.duration', /“about” is not a duration/, null],
  ['extend R-1042 ‸for 8h', 'command.option', /“for” stands here without the dashes/, '--for'],
  ['undo R-1042 ‸plan', 'command.option', /“plan” stands here without the dashes/, '--plan'],
  ['undo R-1042 ‸for 8h', 'command.extra', /“for” is more than/, null],
  ['extend R-1042 8h ‸please', 'command.extra', /“please” is more than/, null],
  ['extend R-1042 8h ‸--for 9h', 'command.option', /--for is given twice/, null],
  ['extend R-1042 --for 8h ‸--plan', 'command.option', /--plan does not go with extend/, null],
  ['extend R-1042 8h ‸--reason x', 'command.option', /An extension has the reason of its request/, null],
  ['extend R-1042 8h ‸--ticket x', 'command.option', /An extension has the ticket of its request/, null],
  ['extend R-1042 ‸--until 8h', 'command.option', /--until does not go with extend/, '--for'],
  ['requests ‸all', 'command.which', /“all” is no choice/, null],
  ['requests ‸waitng', 'command.which', /“waitng” is no choice/, 'waiting'],
  ['requests mine ‸waiting', 'command.extra', /“waiting” is more than/, null],
  ['‸request', 'command.verb', /“request” is not a command/, 'requests'],
  ['‸extned R-1 8h', 'command.verb', /“extned” is not a command/, 'extend'],
  ['‸unod R-1', 'command.verb', /“unod” is not a command/, 'undo'],
])('“%s” is refused', (marked, code, summary, nearest) => {
  const problem = refusalOf(marked.replace('‸', ''), '/hv');
  expect(problem).toMatchObject({ code, position: marked.indexOf('‸'), nearest });
  expect(problem.summary).toMatch(summary);
  expect(problem.expected).not.toBe('');
});

test('The refusals of extend say what could stand there', () => {
  const duration = 'a duration from 10s to 30d as one word, such as 30m, 8h, 2d or 1h30m';
  expect(refusalOf('extend R-1', '/hv').expected).toBe(duration);
  expect(refusalOf('extend R-1 8', '/hv').expected).toBe(duration);
  expect(refusalOf('extend R-1 8h or so', '/hv').expected).toBe('one duration, such as 8h');
});
