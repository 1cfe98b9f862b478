import { buttonsOf } from '../../../src/bot/cards/buttons';
import { card } from '../../../src/bot/cards/card';
import { isShownWhole } from '../../../src/bot/cards/plan-blocks';
import { isShownToApprovers } from '../../../src/bot/plan-pages/listing';
import { pagesOfPlan } from '../../../src/bot/plan-pages/pages';
import { digestOf } from '../../../src/bot/reports/wanted';
import type { Delivered } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { expectSlackTakes } from '../../support/blocks';
import { intake, planOf, recordOf, signed } from '../../support/request-record';
import { lintMessage } from '../support/lint';
import { machineId } from '../support/move-states';
import { rendered } from '../support/rendered';
import { part, rules } from '../support/usual-request';

const statement = intake({ command: 'migrate web-01 -> hyper-v02' });

/** A request to move so many machines of two hosts, with or without the delegation that they need. */
function waiting(count: number, { destinations = ['hyper-v03'], directory = part } = {}): RequestRecord {
  const machines = Array.from({ length: count }, (_, at) => ({
    id: machineId(at + 1),
    name: `machine-${(at * 7_919) % 10_007}`,
    from: `hyper-v0${1 + (at % 2)}`,
    storage: at % 5 === 0 ? 'D:\\Hyper-V' : null,
  }));
  const plan = planOf(statement, {
    directory,
    hosts: { settings: [], envelope: { machines, destinations } },
    forecast: {
      moves: machines.map(({ id: machine, ...each }) => ({
        ...each,
        machine,
        to: 'hyper-v03',
        kind: 'live' as const,
        bytes: 5 * 1024 ** 3,
        ms: 45_000,
      })),
      staying: [],
      summary: [],
      hosts: [{ host: 'hyper-v03', memory: 88 }],
      ms: 3_600_000,
    },
  });
  return recordOf({ state: 'waiting', label: 'R-1042', plan, intake: signed(statement) });
}

/** As if all pages but the last `missing` had been posted. */
function delivered(record: RequestRecord, missing = 0): Map<string, Delivered> {
  const pages = pagesOfPlan(record)?.pages ?? [];
  return new Map(
    pages
      .slice(0, pages.length - missing)
      .map((page, at) => [page.key, { channel: 'C1', ts: `${at}.1`, digest: digestOf(page) }]),
  );
}

const mayApprove = (record: RequestRecord, told = new Map<string, Delivered>()): boolean =>
  buttonsOf(record, rules, { delivered: told }).some(({ action_id: id }) => id === 'request.approve');

/** Every machine of the plan that a text tells with its hosts. */
const toldIn = (record: RequestRecord, text: string): number =>
  (record.plan?.hosts.envelope?.machines ?? []).filter(({ name, from, storage }) =>
    text
      .split('\n')
      .some(
        (line) =>
          line.includes(`${name},`) &&
          line.includes(`${from} → hyper-v03`) &&
          line.includes('D:\\Hyper-V') === (storage !== null),
      ),
  ).length;

describe('a plan with more moves than a card can show', () => {
  it('tells on card and pages which machines of other hosts make room', () => {
    const record = waiting(300, { destinations: ['hyper-v02', 'hyper-v03'] });
    const { envelope } = record.plan?.hosts ?? {};
    if (!record.plan || !envelope) throw new Error('there is no plan');
    const machines = envelope.machines.map((each) =>
      each.from === 'hyper-v02' ? { ...each, room: true as const } : each,
    );
    const plan = { ...record.plan, hosts: { settings: [], envelope: { ...envelope, machines } } };
    const said = rendered(card({ ...record, plan }, rules)).replaceAll('\n', ' ');
    expect(said).toContain('150 machines of other hosts among them, to make room first');
    const pages = (pagesOfPlan({ ...record, plan })?.pages ?? []).map(({ message }) => rendered(message));
    const text = pages.join('\n');
    // On each page that has some of them.
    const [asked = '', ...others] = text.split('Machines of other hosts that make room first');
    const makers = others.join('\n');
    const count = (part: string): number => part.match(/, hyper-v0\d → hyper-v03,/g)?.length ?? 0;
    expect([count(asked), count(makers)]).toEqual([150, 150]);
    expect(makers).not.toContain('hyper-v01 → ');
  });

  it('cannot be approved before every machine stands in the thread', () => {
    const record = waiting(300);
    expect(record.plan && isShownWhole(record.plan)).toBe(false);
    expect(mayApprove(record)).toBe(false);
    expect(mayApprove(record, delivered(record, 1))).toBe(false);
    expect(isShownToApprovers(record, delivered(record))).toBe(true);
    expect(mayApprove(record, delivered(record))).toBe(true);
  });

  it('has each machine on its pages, numbered after the writes, with where from, where to and its disks', () => {
    const record = waiting(150, { destinations: ['hyper-v03', 'hyper-v04'] });
    const pages = pagesOfPlan(record)?.pages ?? [];
    const text = pages.map(({ message }) => rendered(message)).join('\n');
    expect(toldIn(record, text)).toBe(150);
    expect(text.match(/^\| (\d+)\. /gm)).toHaveLength(4 + 150 + 2);
    expect(text).toContain(
      '| Hosts to any of which each of them may go:\n| 155. hyper-v03\n| 156. hyper-v04',
    );
    expect(text).toContain(`id ${machineId(150)}`);
    expect(text).toContain('End of the list: 156 items');
    for (const { message } of pages) {
      expect(lintMessage(message)).toEqual([]);
      expectSlackTakes(message, 'message');
    }
  });

  it('is one file where it would be more than eight pages', () => {
    const record = waiting(1_000);
    const [only, ...others] = pagesOfPlan(record)?.pages ?? [];
    expect(others).toEqual([]);
    expect(toldIn(record, only?.file?.content ?? '')).toBe(1_000);
    expect(mayApprove(record)).toBe(false);
    expect(mayApprove(record, delivered(record))).toBe(true);
  });

  it('has a summary on its card, way by way, and everything else a card has', () => {
    const record = waiting(300);
    const message = card(record, rules, { delivered: delivered(record) });
    expect(lintMessage(message)).toEqual([]);
    expectSlackTakes(message, 'message');
    const text = rendered(message);
    expect(text).toContain('| Change: where 300 machines run, too many to stand here one by one.');
    expect(text).toContain('| →  hyper-v01 → hyper-v03: 150 machines, 750 GB to copy');
    expect(text).toContain(
      'all 304 items of plan 1 are listed in the request’s thread'.replace('all', 'All'),
    );
    expect(text).toContain('hyper-v03 ends at 88 % memory');
  });

  it('is told whole where it fits, and then needs no pages', () => {
    const record = waiting(20);
    expect(pagesOfPlan(record)).toBeNull();
    expect(mayApprove(record)).toBe(true);
    const text = rendered(card(record, rules));
    for (const { name } of record.plan?.hosts.envelope?.machines ?? []) expect(text).toContain(name);
  });

  it('tells machines of one name apart', () => {
    const record = waiting(3);
    const machines = record.plan?.hosts.envelope?.machines.map((each) => ({ ...each, name: 'web' })) ?? [];
    const plan = record.plan && {
      ...record.plan,
      hosts: { settings: [], envelope: { machines, destinations: ['hyper-v03'] } },
    };
    expect(rendered(card({ ...record, plan }, rules))).toContain(`web (${machineId(2)})`);
  });
});
