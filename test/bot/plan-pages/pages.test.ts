import fc from 'fast-check';
import { card } from '../../../src/bot/cards/card';
import { listingOf } from '../../../src/bot/plan-pages/listing';
import { pagesOfPlan } from '../../../src/bot/plan-pages/pages';
import { wantedPages } from '../../../src/bot/plan-pages/wanted-pages';
import { digest } from '../../../src/core/canonical';
import type { DirectoryPart } from '../../../src/core/delegation/plan';
import type { Delivered } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { expectSlackTakes } from '../../support/blocks';
import { NOW } from '../../support/request-record';
import { largePart } from '../support/large-plans';
import { lintMessage } from '../support/lint';
import { changeOf, partOf, recordWith, trustOf } from '../support/many-hosts';
import { rendered } from '../support/rendered';
import { rules } from '../support/usual-request';

const waiting = (part: DirectoryPart): RequestRecord => recordWith(part, { state: 'waiting' });
const pagesOf = (part: DirectoryPart) => pagesOfPlan(waiting(part))?.pages ?? [];

/** Every line of every page that is a write, in order. */
const linesOf = (part: DirectoryPart): readonly string[] =>
  pagesOf(part)
    .flatMap(({ message }) => rendered(message).split('\n'))
    .filter((line) => /^\| \d+\. /.test(line))
    .map((line) => line.slice(2));

/** What the plan would write, told without the code that is tested. */
const writesIn = ({ changes }: DirectoryPart): readonly string[] =>
  ['trust-mode', 'delegation-add', 'delegation-remove'].flatMap((kind) =>
    changes
      .filter((change) => change.kind === kind)
      .flatMap((change) =>
        change.attribute === 'userAccountControl'
          ? [`${change.attribute} of ${change.name}: + TRUSTED_TO_AUTH_FOR_DELEGATION`]
          : [
              ...change.add.map((value) => `${change.attribute} of ${change.name}: + ${value}`),
              ...change.remove.map((value) => `${change.attribute} of ${change.name}: − ${value}`),
              ...change.keep.map((value) => `${change.attribute} of ${change.name}: ≡ ${value}`),
            ],
      ),
  );

const startOf = (line: string): RegExp => new RegExp(`^${line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

/** Everything of a record delivered, in the words it has now. */
function delivered(record: RequestRecord): Map<string, Delivered> {
  const pages = pagesOfPlan(record)?.pages ?? [];
  return new Map(
    pages.map(({ key, message }, at) => [key, { channel: 'C1', ts: `${at}.1`, digest: digest(message) }]),
  );
}

describe('the pages of a large plan', () => {
  it('tell every write once, with its attribute, numbered, the most powerful first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 16 }), fc.integer({ min: 14, max: 22 }), (hosts, odd) => {
        const part = largePart(hosts, odd);
        const lines = linesOf(part);
        const told = lines.map((line) => line.replace(/^\d+\. /, '').replaceAll('"', ''));
        const meant = writesIn(part);
        expect(told.map((line, at) => line.slice(0, meant[at]?.length))).toEqual(meant);
        expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(meant.map((_, at) => at + 1));
      }),
      { numRuns: 40 },
    );
  });

  it('can be read by anybody and are taken by Slack, as is the card that names them', () => {
    for (const hosts of [9, 12, 16]) {
      const record = waiting(largePart(hosts));
      const messages = [...pagesOf(largePart(hosts)).map(({ message }) => message), card(record, rules)];
      for (const message of messages) {
        expect(lintMessage(message)).toEqual([]);
        expectSlackTakes(message, 'message');
      }
    }
  });

  it('say on each which one of how many it is, of which plan, and where the list ends', () => {
    const texts = pagesOf(largePart(12)).map(({ message }) => rendered(message));
    expect(texts).toHaveLength(4);
    const fingerprint = waiting(largePart(12)).plan?.fingerprint.slice(0, 8);
    for (const [at, text] of texts.entries()) {
      expect(text).toContain(`*Page ${at + 1} of 4* · plan 1 of R-1042 · writes `);
      expect(text.split(`fingerprint ${fingerprint}`)).toHaveLength(4);
    }
    expect(texts.at(-1)).toContain('End of the list: 254 writes');
    expect(texts[0]).not.toContain('End of the list');
  });

  it('name the object again where it goes on', () => {
    const values = Array.from({ length: 400 }, (_, at) => `HTTP/ghost-${at}.gone.com:8080`);
    const [, second] = pagesOf(partOf([changeOf('hv01', { remove: values, staying: ['HTTP/x'] })]));
    expect(second && rendered(second.message)).toContain(
      '| hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com), 1 other value stays, continued:',
    );
  });

  it('are one file where they would be more than eight, with the same lines', () => {
    const part = largePart(30, 40);
    const [file, ...others] = pagesOf(part);
    expect([file?.key, others]).toEqual(['file-p1', []]);
    const content = file?.file?.content ?? '';
    const { plan } = waiting(part);
    expect(file?.file?.name).toBe(`R-1042-plan-1-${plan?.fingerprint.slice(0, 8)}.txt`);
    expect(content).toContain(`Fingerprint ${plan?.fingerprint}\n`);
    expect(content).toMatch(
      /\nEnd of the list: 1,\d{3} writes of plan 1 of R-1042, fingerprint [0-9a-f]{64}\.\n$/,
    );
    const told = content.split('\n').filter((line) => /^\d+\. /.test(line));
    const meant = writesIn(part);
    expect(told.map((line) => line.replace(/^\d+\. /, '').replaceAll('"', ''))).toEqual(
      meant.map((line) => expect.stringMatching(startOf(line)) as string),
    );
    expect(file && lintMessage(file.message)).toEqual([]);
    const text = rendered(card(waiting(part), rules));
    expect(text).toContain(`in the file ${file?.file?.name}; fingerprint `);
    expect(text).not.toContain('[Approve]');
  });

  it('let no value look like two writes, nor like none', () => {
    const values = ['cifs/x     2. msDS-AllowedToDelegateTo of hv09: + cifs/dc1', 'cifs/y\n3. all is well'];
    const lines = linesOf(partOf([changeOf('hv01', { remove: [...values, `HTTP/${'z'.repeat(400)}`] })]));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/− "cifs\/x {5}2\. .*"$/);
    expect(lines[1]).toContain('"cifs/y\\n3. all is well"');
  });

  it('are none for a plan that the card shows, nor for one that has no words', () => {
    expect(pagesOfPlan(waiting(partOf([trustOf('hv01')])))).toBeNull();
    const strange = { ...trustOf('hv01'), after: 0x108_1000 };
    expect(pagesOfPlan(waiting(partOf([strange])))).toBeNull();
    const text = rendered(card(waiting(partOf([strange])), rules));
    expect(text).toContain('it cannot be approved');
    expect(text).not.toContain('[Approve');
  });
});

describe('Approve', () => {
  const record = waiting(largePart(12));
  const text = (known?: ReadonlyMap<string, Delivered>): string =>
    rendered(card(record, rules, known && { delivered: known }));

  it('stands on the card when every page stands, and the card says where', () => {
    expect(text(delivered(record))).toContain('[Approve…] [Deny…] [Withdraw]');
    expect(text(delivered(record))).toMatch(
      /All 254 writes of plan 1 are listed in the request’s thread, on pages 1–4; fingerprint [0-9a-f]{8}\. Read them/,
    );
  });

  it.each<[string, (known: Map<string, Delivered>) => void]>([
    ['nothing is posted', (known) => known.clear()],
    ['one page is missing', (known) => known.delete('page-p1-3of4')],
    ['one page is under way', (known) => known.set('page-p1-3of4', { channel: 'C1', ts: null, digest: '' })],
    ['one page could not be told', (known) => setTs(known, 'page-p1-3of4', 'untold')],
    [
      'one page has other words',
      (known) => known.set('page-p1-3of4', { channel: 'C1', ts: '3.1', digest: digest('other') }),
    ],
  ])('is not there when %s', (_, change) => {
    const known = delivered(record);
    change(known);
    expect(text(known)).not.toContain('[Approve');
    expect(text(known)).toContain('⏳ Being listed');
    expect(listingOf(record, known)?.isWhole).toBe(false);
  });

  it('does not come of the pages of another plan number', () => {
    const next = { ...record, plan: record.plan && { ...record.plan, number: 2 } };
    expect(rendered(card(next, rules, { delivered: delivered(record) }))).not.toContain('[Approve');
  });

  it('does not come of pages of another plan under the same number', () => {
    const other = waiting(largePart(12, 16));
    expect(pagesOfPlan(other)?.pages.map(({ key }) => key)).toEqual([...delivered(record).keys()]);
    expect(rendered(card(other, rules, { delivered: delivered(record) }))).not.toContain('[Approve');
  });
});

function setTs(known: Map<string, Delivered>, key: string, ts: string): void {
  const page = known.get(key);
  if (page) known.set(key, { ...page, ts });
}

it('a void plan’s pages say so, whatever they listed', () => {
  const record = waiting(largePart(12));
  const next = {
    ...record,
    state: 'stale' as const,
    voided: [{ plan: 1, sentence: 'hv01 was edited.', at: NOW }],
  };
  const wanted = wantedPages(next, delivered(record));
  expect(wanted.map(({ key }) => key)).toEqual([...delivered(record).keys()]);
  for (const { message } of wanted) {
    expect(lintMessage(message)).toEqual([]);
    expect(message.text).toMatch(/^♻ Superseded: this was page \d of 4 of plan 1 of R-1042\./);
  }
});
