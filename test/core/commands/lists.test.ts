import fc from 'fast-check';

import type { DelegationsAsk } from '../../../src/core/commands/ask';
import { parseCommand } from '../../../src/core/commands/parse';
import { printAsk } from '../../../src/core/commands/print';

const short = (text: string) => ({ kind: 'short', text }) as const;
const nothing = { verb: 'delegations', host: null, verify: false, raw: false };

describe('the lists', () => {
  it.each([
    ['delegations', nothing],
    ['delegations HYPER-V01', { ...nothing, host: short('hyper-v01') }],
    [
      'delegations --raw hyper-v01 --verify',
      { ...nothing, host: short('hyper-v01'), verify: true, raw: true },
    ],
    ['delegations —verify', { ...nothing, verify: true }],
    ['delegations "all"', { ...nothing, host: short('all') }],
    [
      'delegations hyper-v01.mabofeng.com',
      { ...nothing, host: { kind: 'fqdn', text: 'hyper-v01.mabofeng.com' } },
    ],
    ['Findings', { verb: 'findings' }],
  ])('%s', (text, ask) => {
    expect(parseCommand('/hv', text)).toEqual({ ok: true, ask });
  });

  it.each([
    ['delegations hyper-v01 hyper-v02', 'command.extra', 22, null],
    ['delegations all', 'command.host', 12, null],
    ['delegations hyper-v0[1-4]', 'command.host', 12, null],
    ['delegations --verfy', 'command.option', 12, '--verify'],
    ['delegations --raw --raw', 'command.option', 18, null],
    ['findings hyper-v01', 'command.extra', 9, null],
    ['finding', 'command.verb', 0, 'findings'],
  ])('%s is refused', (text, code, position, nearest) => {
    expect(parseCommand('/hv', text)).toMatchObject({ ok: false, problem: { code, position, nearest } });
  });

  it('are read from what they print', () => {
    const host = fc.option(fc.constantFrom('hyper-v01', 'all', 'mesh', 'cifs', '-x', '1').map(short));
    const asks: fc.Arbitrary<DelegationsAsk> = fc.record({
      verb: fc.constant('delegations' as const),
      host,
      verify: fc.boolean(),
      raw: fc.boolean(),
    });
    fc.assert(
      fc.property(asks, (ask) => {
        expect(parseCommand('/hv', printAsk(ask))).toEqual({ ok: true, ask });
      }),
    );
  });
});
