import fc from 'fast-check';

import { parseCommand } from '../../../src/core/commands/parse';
import { firstBaseline, compareWithBaseline, settleBaseline } from '../../../src/core/findings/baseline';
import { findingsOf } from '../../../src/core/findings/find';
import { delegationsOf } from '../../../src/core/survey/delegations';
import { originKey } from '../../../src/core/survey/landscape';
import type { Survey } from '../../../src/core/survey/survey';
import { baseDn, context, migrationService, newHost, surveyOf } from '../survey/surveyed-domain';

const names = ['a', 'b', 'c', 'd', 'ghost', 'dc'];
const classes = ['cifs', 'CIFS', migrationService, 'HTTP', 'HOST'];
const spn = fc
  .tuple(fc.constantFrom(...classes), fc.constantFrom(...names), fc.constantFrom('', '.mabofeng.com', ':80'))
  .map(([serviceClass, host, rest]) => `${serviceClass}/${host}${rest}`);
const control = fc.constantFrom(0x100_1000, 0x1000, 0x8_1000, 0x100_1002, 0x8_2000);

/** Four hosts that are trusted, named and delegated to in any way. */
const hosts = fc.tuple(
  ...['a', 'b', 'c', 'd'].map((name, at) =>
    fc
      .record({
        userAccountControl: control,
        allowedToDelegateTo: fc.uniqueArray(spn, { maxLength: 8, selector: (each) => each.toLowerCase() }),
        more: fc.uniqueArray(spn, { maxLength: 2 }),
        actedOnBehalf: fc.boolean(),
        adminCount: fc.boolean(),
        isOutside: fc.boolean(),
        isBare: fc.boolean(),
      })
      .map(({ more, isOutside, isBare, ...part }) => {
        const own = isBare ? [] : newHost(name).spns;
        const dn = isOutside ? { dn: `CN=${name},OU=Other${at},${baseDn}` } : {};
        return newHost(name, { ...part, ...dn, spns: [...new Set([...(own ?? []), ...more])] });
      }),
  ),
);

/** The same survey, every list in it in another order. */
function reordered(survey: Survey): fc.Arbitrary<Survey> {
  const shuffled = <T>(items: readonly T[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
  return fc
    .tuple(
      shuffled(survey.objects),
      fc.tuple(
        ...survey.objects.map(({ guid, spns, allowedToDelegateTo }) =>
          fc.tuple(shuffled(spns), shuffled(allowedToDelegateTo)).map(([own, list]) => ({ guid, own, list })),
        ),
      ),
      shuffled(survey.holdings),
      fc.tuple(
        ...survey.holdings.map(({ spn: text, holders }) => shuffled(holders).map((some) => ({ text, some }))),
      ),
    )
    .map(([objects, lists, holdings, holders]) => ({
      ...survey,
      objects: objects.map((object) => {
        const { own = [], list = [] } = lists.find(({ guid }) => guid === object.guid) ?? {};
        return { ...object, spns: own, allowedToDelegateTo: list };
      }),
      holdings: holdings.map((holding) => ({
        ...holding,
        holders: holders.find(({ text }) => text === holding.spn)?.some ?? [],
      })),
    }));
}

describe('findings and delegations', () => {
  it('are the same in whatever order the directory was read', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, fc.gen(), async (objects, gen) => {
        const survey = await surveyOf(...objects);
        const other = gen(reordered, survey);
        expect(findingsOf(other, context)).toEqual(findingsOf(survey, context));
        expect(delegationsOf(other, context)).toEqual(delegationsOf(survey, context));
      }),
      { numRuns: 150 },
    );
  });

  it('have keys of their own, a sentence of risk, one of remedy, and a fix', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, async (objects) => {
        const findings = findingsOf(await surveyOf(...objects), context);
        const keys = findings.flatMap((finding) => finding.keys);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { risk, remedy, fix, hosts: about, keys: facts } of findings) {
          expect([about.length > 0, facts.length > 0]).toEqual([true, true]);
          expect(risk).toMatch(/\.$/);
          expect(remedy).toMatch(/\.$/);
          expect(fix.text).not.toBe('');
        }
      }),
      { numRuns: 100 },
    );
  });

  it('offer commands that the parser reads, with the hosts that the finding is about', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, async (objects) => {
        const texts = findingsOf(await surveyOf(...objects), context).flatMap(({ fix }) =>
          fix.kind === 'command' && fix.text.startsWith('/delegate ') ? [fix.text] : [],
        );
        const read = texts.map((text) => parseCommand('/delegate', text.slice('/delegate '.length)));
        expect(read.filter(({ ok }) => !ok)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('show every value once, in exactly one row of its source', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, async (objects) => {
        const survey = await surveyOf(...objects);
        for (const { guid, rows } of delegationsOf(survey, context).sources) {
          const shown = rows.flatMap(({ values }) => values.map(({ value }) => value));
          const object = survey.objects.find((each) => each.guid === guid);
          expect(shown.toSorted()).toEqual([...(object?.allowedToDelegateTo ?? [])].toSorted());
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are new exactly where a fact is not in the baseline, whatever is called new before', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, hosts, async (before, after) => {
        const [earlier, later] = await Promise.all(
          [before, after].map(async (objects) => findingsOf(await surveyOf(...objects), context)),
        );
        const baseline = firstBaseline(earlier ?? [], 1);
        expect(compareWithBaseline(baseline.keys, earlier ?? []).some(({ isNew }) => isNew)).toBe(false);
        const settled = settleBaseline(baseline, later ?? []);
        const marks = (keys: readonly string[]) =>
          compareWithBaseline(keys, later ?? []).map(({ isNew }) => isNew);
        expect(marks(settled.keys)).toEqual(marks(baseline.keys));
        expect(settleBaseline(settled, later ?? [])).toBe(settled);
        const back = compareWithBaseline(settled.keys, earlier ?? []);
        const present = new Set((later ?? []).flatMap(({ keys }) => keys));
        expect(back.map(({ isNew }) => isNew)).toEqual(
          (earlier ?? []).map(({ keys }) => keys.some((key) => !present.has(key))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('never call a value foreign that a request of ours wrote', async () => {
    await fc.assert(
      fc.asyncProperty(hosts, fc.boolean(), async (objects, isUpper) => {
        const survey = await surveyOf(...objects);
        const origins = new Map(
          survey.objects.flatMap(({ guid, allowedToDelegateTo }) =>
            allowedToDelegateTo.map((value): [string, string] => [
              originKey(guid, isUpper ? value.toUpperCase() : value),
              'R-1001',
            ]),
          ),
        );
        const codes = findingsOf(survey, { ...context, origins }).map(({ code }) => code);
        expect(codes).not.toContain('value.not-ours');
      }),
      { numRuns: 50 },
    );
  });
});
