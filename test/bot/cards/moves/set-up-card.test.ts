import { card } from '../../../../src/bot/cards/card';
import { whoCarriesOut } from '../../../../src/bot/cards/buttons';
import { entriesOf } from '../../../../src/bot/plan-pages/plan-entries';
import type { RequestRecord } from '../../../../src/core/request/record';
import { essence, rendered } from '../../support/rendered';
import { everySetUpState } from '../../support/set-up-states';
import { rules } from '../../support/usual-request';

/** What the card of a state says below its head, without the lines of each machine. */
function said(name: string): readonly string[] {
  return essence(card(stateOf(name), rules))
    .slice(2)
    .filter((line) => !/^\| (?:→|All of it|.* ends at)/.test(line));
}

function stateOf(name: string): RequestRecord {
  const record = everySetUpState[name];
  if (!record) throw new Error(`there is no state ${name}`);
  return record;
}

const FIRST = '| Change first: how hyper-v01, hyper-v02 move machines';
const MOVES = '| Change: where machines run';

describe('the card of moves before which hosts are set up', () => {
  it('shows what each setting was and will be, before the moves', () => {
    const lines = rendered(card(stateOf('set up first, waiting'), rules)).split('\n');
    const at = lines.indexOf(FIRST);
    expect(lines.slice(at, at + 4)).toEqual([
      FIRST,
      '| =  live migration on   (was: live migration off)',
      '| =  authentication Kerberos   (was: authentication CredSSP)',
      MOVES,
    ]);
  });

  it('tells on the way what comes first, what was set and what was not yet', () => {
    expect(said('set up first, the directory is written').at(-3)).toBe(
      '| No machine has moved yet: the delegation that they need comes first, then the settings of hosts.',
    );
    expect(said('set up first, being set')).toEqual([
      '▶ *Setting hosts up* · R-1042 · asked by <@U0REQUESTER>',
      '| Change: msDS-AllowedToDelegateTo of hyper-v01',
      FIRST,
      MOVES,
      'Approved by <@U0APPROVER>.',
      '| Written on dc1: 4 values added to hyper-v01.',
      '| On 2 of 2 domain controllers.',
      '| Host settings · Set and read back: hyper-v01.',
      '| Host settings · Not changed yet: hyper-v02.',
      '| No machine has moved yet: the settings of hosts come first.',
      '| Not finished yet: the result comes in this thread.',
      '[Pause] [Stop]',
    ]);
  });

  it('tells at the end what was set, and of one that could not be that nothing was moved', () => {
    expect(said('set up first, done')).toContain(
      '| Host settings · Set and read back: hyper-v01 and hyper-v02.',
    );
    expect(said('set up first, failed').slice(4)).toEqual([
      'Approved by <@U0APPROVER>.',
      '| Written on dc1: 4 values added to hyper-v01.',
      '| Host settings · Set and read back: hyper-v01.',
      '| Host settings · Not changed: hyper-v02.',
      '| No machine was moved.',
      '| hyper-v02: Access denied.',
      '| To do: Ask its owner.',
      '[Re-request] [Undo…]',
    ]);
  });

  it('says before an approval what is done at once', () => {
    expect(whoCarriesOut(stateOf('set up first, waiting'))).toBe(
      'The worker sets the hosts up at once, and moves then.',
    );
    expect(whoCarriesOut(stateOf('set up first, waiting, with the delegation'))).toBe(
      'The worker writes the delegation and sets the hosts up at once, and moves then.',
    );
  });

  it('has the settings on its list, where a plan is too long for the card', () => {
    const { plan } = stateOf('set up first, waiting');
    expect(plan && entriesOf(plan)[0]).toEqual({
      heading: 'How hosts move machines, set first',
      lines: [
        '1. hyper-v01: live migration on (was: live migration off), authentication Kerberos (was: authentication CredSSP)',
        '2. hyper-v02: live migration on (was: live migration off), authentication Kerberos (was: authentication CredSSP)',
      ],
    });
  });
});
