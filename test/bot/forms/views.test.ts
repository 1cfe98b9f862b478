import { doneView, planFailed, planSkeleton, planView } from '../../../src/bot/forms/delegation/plan-view';
import { fillView } from '../../../src/bot/forms/delegation/fill-view';
import { readingView } from '../../../src/bot/forms/delegation/fill';
import { firstState, fitsForm } from '../../../src/bot/forms/delegation/first-state';
import type { FillState } from '../../../src/bot/forms/delegation/form-state';
import { holdsBlocks } from '../../../src/bot/forms/delegation/holds';
import { sayView } from '../../../src/bot/forms/delegation/say-view';
import { isChange, type ChangeAsk } from '../../../src/core/commands/ask';
import { parseCommand } from '../../../src/core/commands/parse';
import { understand } from '../../../src/core/commands/understood';
import type { HostDelegations } from '../../../src/core/survey/views';
import { expectSlackTakes } from '../../support/blocks';

const signs = '<&>*_~`"\\😀 ';
const long = (length: number): string => signs.repeat(Math.ceil(length / signs.length)).slice(0, length);
const where = { channel: 'C0HYPERV', thread: '1795894170.869000' };

/** A computer that holds as much as there may be, most of it as long as the directory lets it be. */
const view: HostDelegations = {
  server: 'dc1',
  at: 0,
  name: 'host-of-15-chars',
  host: {
    guid: 'g',
    name: 'host-of-15-chars',
    dn: 'CN=x,DC=y',
    trust: 'any-protocol',
    isInBases: true,
    rows: Array.from({ length: 200 }, (_, at) => ({
      serviceType:
        at % 3 === 0 ? long(200) : at % 2 === 0 ? 'cifs' : 'Microsoft Virtual System Migration Service',
      host: at % 5 === 0 ? long(200) : `host-number-${at}`,
      ownerGuid: null,
      owner: 'nobody',
      names: ['short', 'fqdn', 'other'],
      values: [{ value: `cifs/${long(200)}`, origin: 'R-1' }],
    })),
  },
  incoming: [],
};

const state = (change: Partial<FillState> = {}): FillState => ({
  ...firstState(null, { where, mayTrust: true }),
  computer: 'host-of-15-chars',
  holdsOf: 'host-of-15-chars',
  saying: { reason: long(200), ticket: 'x'.repeat(40), for: '30d' },
  added: Array.from({ length: 64 }, (_, at) => `host-number-${at}`),
  typed: long(900),
  holds: { blocks: holdsBlocks(view, (tick) => tick.includes('4')), offered: [], ticked: [] },
  ...change,
});

function askOf(text: string): ChangeAsk {
  const parsed = parseCommand('/hv', text);
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error(`no change: ${text}`);
  return parsed.ask;
}

const ask = askOf(`delegate mesh a[01-64] --reason "${long(200).replaceAll('"', '')}"`);

describe('Slack takes', () => {
  it.each(['none', 'any-service', 'kerberos', 'any', null] as const)(
    'the first step with trust %s',
    (trust) => {
      const content = {
        ...state({ trust }),
        notice: long(2_500),
        checked: Array.from({ length: 64 }, () => long(300)),
      };
      expectSlackTakes(fillView(content), 'modal');
    },
  );

  it.each(['', 'a -> b,', 'a -> b_c --reason "x"', '-> x', 'a,'.repeat(200), long(400)])(
    'the empty and the prefilled form: “%s”',
    (text) => {
      const understood = understand('/delegate', text);
      expectSlackTakes(readingView(firstState(understood, { where, mayTrust: false })), 'modal');
    },
  );

  it('the second step, with as long a list as there may be', () => {
    const ticks = Array.from({ length: 60 }, (_, at) => `migration|host-number-${at}`);
    const full = state({ holds: { blocks: [], offered: ticks, ticked: ticks.slice(30) } });
    expectSlackTakes(sayView(full, ask), 'modal');
    expectSlackTakes(sayView(full, askOf('undelegate a -> all')), 'modal');
  });

  it('the third step in each of its forms', () => {
    const about = { where, ask, externalId: 'plan-1' };
    expectSlackTakes(planSkeleton(about), 'modal');
    expectSlackTakes(planFailed(about, long(1_000)), 'modal');
    expectSlackTakes(doneView(long(1_000)), 'modal');
    const verdict = { check: 'x', verdict: 'refuse' as const, sentence: long(900), remedy: long(900) };
    const refused = planView(about, { verdicts: Array.from({ length: 200 }, () => verdict), part: null });
    expectSlackTakes(refused, 'modal');
    expect(refused.submit).toBeUndefined();
  });
});

test('What a person holds of other classes and names is listed as staying, and has no box', () => {
  const text = JSON.stringify(holdsBlocks(view, () => false));
  expect(text).toContain('Stays, whatever is ticked');
  expect(text).not.toContain(`"value":"|`);
});

test.each([
  ['/delegate', 'a -> b,c', true],
  ['/undelegate', 'a', true],
  ['/hv', 'delegate', true],
  ['/delegate', 'a,b -> c', true],
  ['/delegate', 'mesh a,b', false],
  ['/delegate', 'all -> c', false],
  ['/delegate', 'a[1-2] -> c', false],
  ['/hv', 'show', false],
] as const)('Whether the form can say all of “%s %s”: %s', (entry, text, fits) => {
  expect(fitsForm(understand(entry, text))).toBe(fits);
});
