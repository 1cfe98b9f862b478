/** @needs domain, which it starts itself. */
import { readDelegation } from '../../lab/directory/delegation';
import { openDesk, type Answer, type Desk } from './desk';
import { startHostileDomain, type HostileDomain } from './hostile-domain';
import type { Row } from './row';
import { accountRows, placeRows } from './rows/accounts';
import { controllerRows, tierZeroRows } from './rows/controllers';
import { listRows, removalRows } from './rows/lists';
import { ambiguousRows, oddlyNamedRows, unknownRows } from './rows/names';
import { ownerRows } from './rows/owners';
import { serviceRows, textRows } from './rows/texts';

const areas: readonly [area: string, rows: readonly Row[]][] = [
  ['a domain controller', controllerRows],
  ['Tier 0', tierZeroRows],
  ['the wrong account', accountRows],
  ['the wrong place', placeRows],
  ['nobody', unknownRows],
  ['several, or the same', ambiguousRows],
  ['a host whose own names are wrong', oddlyNamedRows],
  ['a service that is somebody else’s', ownerRows],
  ['what is no name', textRows],
  ['another service', serviceRows],
  ['many hosts', listRows],
  ['a removal', removalRows],
];
const rows = areas.flatMap(([, of]) => of);

let hostile: HostileDomain;
let desk: Desk;
let before: ReadonlyMap<string, string>;
let after: ReadonlyMap<string, string>;
const answers = new Map<Row, readonly Answer[]>();
const answerTo = (row: Row): Answer => {
  const [answer] = answers.get(row) ?? [];
  if (!answer) throw new Error(`${row.target} was not typed`);
  return answer;
};

beforeAll(async () => {
  hostile = await startHostileDomain();
  desk = await openDesk(hostile.open(), hostile.settings);
  before = await hostile.snapshot();
  for (const row of rows) {
    const all: Answer[] = [];
    for (const text of [row.typed, ...(row.also ?? [])]) all.push(await desk.type(text, row.by));
    answers.set(row, all);
  }
  after = await hostile.snapshot();
}, 120_000);
afterAll(async () => {
  await desk.close();
  await hostile.stop();
});

describe.each(areas)('aimed at %s', (_area, of) => {
  it.each(of)('is refused: $target', (row) => expectRefusal(row, answerTo(row)));

  const further = of.flatMap((row) => (row.also ?? []).map((text, index) => ({ row, text, index })));
  if (further.length === 0) return;
  it.each(further)('gets the same answer: $text', ({ row, index }) => {
    expect(answers.get(row)?.[index + 1]).toEqual(answerTo(row));
  });
});

describe('all of them', () => {
  it('are sixty and more that the directory itself was asked about, and each has a message of its own', () => {
    expect(rows.filter((row) => answerTo(row).state === 'refused').length).toBeGreaterThanOrEqual(60);
    const messages = rows.map((row) => `${answerTo(row).code}: ${answerTo(row).sentence}`);
    expect(new Set(messages).size).toBe(rows.length);
    const alike = rows.flatMap((row) => {
      const told = rows.filter((other) => {
        const { code, sentence } = answerTo(other);
        return code === row.code && sentence.includes(row.says);
      });
      return told.length === 1 ? [] : [told.map(({ target }) => target)];
    });
    expect(alike).toEqual([]);
  });

  it('got nothing written: nothing was sent, and every object of the domain is as it was', () => {
    expect(desk.sent).toEqual([]);
    expect(before.size).toBeGreaterThan(250);
    expect(after).toEqual(before);
  });

  it('were typed where a right command does write', async () => {
    expect(await desk.type('/delegate hyper-v01 -> hyper-v02')).toMatchObject({ state: 'waiting' });
    expect(await desk.approve()).toMatchObject({ state: 'done' });
    expect(desk.sent).toHaveLength(1);
    expect(await readDelegation(hostile.domain, 'hyper-v01')).toHaveLength(4);
    const now = await hostile.snapshot();
    const changed = [...now].filter(([dn, attributes]) => before.get(dn) !== attributes);
    expect(changed.map(([dn]) => dn)).toEqual([expect.stringContaining('CN=hyper-v01,')]);
  });
});

function expectRefusal(row: Row, answer: Answer): void {
  expect([answer.code, answer.sentence]).toEqual([row.code, expect.stringContaining(row.says)]);
  expect(answer.sentence).toMatch(/\.$/);
  expect(answer.remedy).not.toBe('');
  expect(answer.remedy).toContain(row.remedy ?? '');
  const state = stateOf(row.code);
  const audit = state === 'refused' ? ['intake', 'refused'] : [];
  expect(answer).toMatchObject({ state, audit, changes: 0, helpless: [] });
}

/** Where the way of a command ends: at the parser, at the policy, or at the guards. */
function stateOf(code: string): Answer['state'] {
  if (code.startsWith('command.')) return 'not-understood';
  return code === 'request.not-allowed' ? 'not-recorded' : 'refused';
}
