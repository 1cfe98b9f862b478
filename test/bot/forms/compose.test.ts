import { printAsk } from '../../../src/core/commands/print';
import { composeFill, composeSaying, type Composed } from '../../../src/bot/forms/delegation/compose';
import {
  addedField,
  COMPUTER,
  DURATION,
  HOLDS,
  REASON,
  SERVICES,
  TICKET,
  TRUST,
  typedField,
} from '../../../src/bot/forms/delegation/fields';
import type { FillState } from '../../../src/bot/forms/delegation/form-state';

const holds = (offered: readonly string[], ticked: readonly string[]): Partial<FillState> => ({
  holds: {
    blocks: [
      {
        type: 'input',
        block_id: `${HOLDS}.a.0`,
        label: { type: 'plain_text', text: 'x' },
        element: { type: 'checkboxes', options: [] },
      },
    ],
    offered,
    ticked,
  },
});

const state = (change: Partial<FillState> = {}): FillState => ({
  where: { channel: 'C1', thread: null },
  round: 3,
  holdsOf: 'a',
  isAnyProtocol: false,
  saying: { reason: '', ticket: '', for: '' },
  computer: 'a',
  more: [],
  trust: 'kerberos',
  added: [],
  typed: '',
  services: ['cifs', 'migration'],
  back: false,
  holds: { blocks: [], offered: [], ticked: [] },
  ...change,
});

const printed = (composed: Composed) => ('ask' in composed ? printAsk(composed.ask) : composed.errors);

test.each<[string, Partial<FillState>]>([
  ['delegate a -> b cifs,migration --protocol kerberos', { added: ['b'] }],
  ['delegate a -> b cifs,migration --protocol any', { added: ['b'], trust: 'any' }],
  [
    'delegate a <-> b,c,d[1-2] cifs --protocol kerberos',
    { added: ['b'], typed: 'c; d[1-2], b', services: ['cifs'], back: true },
  ],
  ['delegate a -> all cifs,migration --protocol kerberos', { typed: 'All' }],
  ['delegate a,e -> b cifs,migration --protocol kerberos', { more: ['e', 'a'], added: ['b'] }],
  ['undelegate a,e -> all all', { more: ['e'], trust: 'none' }],
  ['undelegate a,e -> b cifs', { more: ['e'], ...holds(['cifs|b'], []) }],
  // The trust mode alone, by what the computer holds.
  [
    'delegate a -> b cifs --protocol any',
    { trust: 'any', ...holds(['cifs|b', 'cifs|c'], ['cifs|b', 'cifs|c']) },
  ],
  [
    'delegate a -> "mesh","CN=x,OU=b c,DC=d" cifs,migration --protocol kerberos',
    { added: ['mesh'], typed: 'CN=x,OU=b c,DC=d' },
  ],
  ['delegate a -> b,"cifs" cifs,migration --protocol kerberos', { added: ['b', 'cifs'] }],
  ['undelegate a -> all all', { trust: 'none' }],
  ['undelegate a -> b cifs', holds(['cifs|b', 'migration|b'], ['migration|b'])],
  ['undelegate a -> b,c cifs,migration', holds(['cifs|b', 'migration|b', 'migration|c', 'cifs|c'], [])],
])('The form says “%s”', (command, change) => {
  expect(printed(composeFill(state(change)))).toBe(command);
});

test.each<[string, string, Partial<FillState>]>([
  [COMPUTER, 'Choose the computer', { computer: null }],
  [COMPUTER, 'the same host', { added: ['a'] }],
  [TRUST, 'Choose one', { trust: null, added: ['b'] }],
  [TRUST, 'never sets', { trust: 'any-service', added: ['b'] }],
  [TRUST, 'nothing can be added', { trust: 'none', added: ['b'] }],
  [SERVICES, 'Tick a service', { services: [], added: ['b'] }],
  [typedField(3), 'underscore', { typed: 'b_c' }],
  [typedField(3), 'bracket', { typed: 'b[1-' }],
  [addedField(3), 'Nothing is to change', {}],
  [addedField(3), '300 characters', { added: Array.from({ length: 64 }, (_, at) => `host-number-${at}`) }],
  [`${HOLDS}.a.0`, 'adds or takes away', { added: ['b'], ...holds(['cifs|b'], []) }],
  [`${HOLDS}.a.0`, 'same services', holds(['cifs|b', 'migration|c'], [])],
])('Under %s stands “%s”', (block, text, change) => {
  expect(composeFill(state(change))).toEqual({ errors: { [block]: expect.stringContaining(text) } });
});

const say = (change: object) =>
  composeSaying('delegate a -> b cifs', { reason: '', ticket: '', for: '', ...change });

test('What is said after it is part of the command as it was typed', () => {
  expect(printed(say({ reason: ' it&amp;s "it" ', ticket: 'CHG-1', for: '90m' }))).toBe(
    'delegate a -> b cifs --for 1h30m --reason "it&amp;amp;s ""it""" --ticket CHG-1',
  );
  expect(printed(say({}))).toBe('delegate a -> b cifs');
});

test.each([
  [REASON, { reason: 'a\u0000' }],
  [REASON, { reason: 'x'.repeat(201) }],
  [REASON, { reason: 'x\u202Ey', ticket: 'CHG-1' }],
  [TICKET, { reason: 'fine', ticket: 'CHG 1' }],
  [DURATION, { reason: 'fine', ticket: 'CHG-1', for: 'soon' }],
  [DURATION, { for: '8 hours' }],
])('What is wrong stands under its own input: %s', (block, change) => {
  expect(say(change)).toEqual({ errors: { [block]: expect.stringContaining('Expected') } });
});
