import fc from 'fast-check';
import { expandProduct, productOf, readRow } from '../../../../src/bot/cards/changes/product';
import {
  factorChanges,
  productChanges,
  saysExactly,
} from '../../../../src/bot/cards/changes/product-changes';
import { changeTexts } from '../../../../src/bot/cards/changes/presentation';
import type { DirectoryChange, ListChange } from '../../../../src/core/delegation/plan';
import { spnsFor } from '../../../../src/core/delegation/spn';
import { listChanges } from '../../../../src/core/delegation/powers';
import { minusValues, sortValues } from '../../../../src/core/delegation/values';
import { changeOf, crossPart, hostNames, trustOf, valuesFor } from '../../support/many-hosts';
import { meantBy, ordered, toldIn } from '../../support/told-values';

const names = [...hostNames(9), 'hv10', 'rack-a', 'rack-b', 'x9y', 'x10y', 'cifs', 'of', 'in', 'also', '7'];
const domains = ['mabofeng.com', 'other.com'];
const odd = [
  'CIFS/hv01',
  'cifs/HV02',
  'cifs/HV02.mabofeng.com',
  'HTTP/hv03:80',
  'cifs/x, y',
  ' cifs/a',
  'nothing',
  'x: also cifs/q',
];

/** Values of some of the hosts, most of them by the rule, as lists really are and as they might be. */
const valuesOf = (hosts: readonly string[]) =>
  fc
    .record({
      whole: fc.subarray([...hosts]),
      halves: fc.array(
        fc.tuple(
          fc.constantFrom(...hosts),
          fc.constantFrom('cifs', 'migration'),
          fc.constantFrom(...domains),
        ),
        {
          maxLength: 3,
        },
      ),
      others: fc.subarray(odd, { maxLength: 2 }),
      lost: fc.nat(5),
    })
    .map(({ whole, halves, others, lost }) => {
      const values = [
        ...whole.flatMap((name) => [...valuesFor(name)]),
        ...halves.flatMap(([name, service, domain]) => [
          ...spnsFor({ name, dnsHostName: `${name}.${domain}` }, [service]),
        ]),
        ...others,
      ];
      return [...new Set(values)].filter((_, index) => lost > 1 || index % 7 !== lost);
    });

/** A mesh, whole or with a few values that are there already; or anything. */
const plans: fc.Arbitrary<readonly DirectoryChange[]> = fc
  .record({
    hosts: fc.subarray(names, { minLength: 1 }),
    isMesh: fc.boolean(),
    isRemoval: fc.boolean(),
    hasTrust: fc.boolean(),
    seed: fc.nat(),
  })
  .chain(({ hosts, isMesh, isRemoval, hasTrust, seed }) =>
    fc
      .tuple(...hosts.map((host) => fc.tuple(fc.constant(host), valuesOf(hosts), valuesOf(hosts), fc.nat(3))))
      .map((rows) => {
        const lists = rows.map(([name, some, there, chance], index): ListChange => {
          const all = hosts.filter((other) => other !== name).flatMap((other) => [...valuesFor(other)]);
          const wanted = isMesh ? [...minusValues(all, chance === 0 ? there : [])] : some;
          const keep = isRemoval || chance !== 1 ? [] : there.filter((value) => !wanted.includes(value));
          const values = isRemoval ? { remove: wanted } : { add: wanted, keep };
          const by = (seed + index) % 5 === 0 ? 'hand' : 'worker';
          const change = changeOf(name, { ...values, staying: minusValues(odd, [...wanted, ...keep]), by });
          const dn =
            chance === 2
              ? `CN=other ${name},OU=A`
              : `CN=${name.toUpperCase()},OU=${chance === 3 ? 'A' : 'B'},DC=x`;
          return { ...change, dn };
        });
        const trusts = hasTrust ? hosts.filter((_, index) => index % 3 > 0).map(trustOf) : [];
        return [
          ...lists.filter(({ add, remove, keep }) => add.length + remove.length + keep.length > 0),
          ...trusts,
        ];
      }),
  );

/** Meshes of many hosts, a few pairs of which are there already. */
const largePlans: fc.Arbitrary<readonly DirectoryChange[]> = fc
  .record({
    hosts: fc.subarray([...hostNames(40), 'rack-a', 'rack-b', 'x9', 'x10', 'x11'], { minLength: 22 }),
    there: fc.array(fc.tuple(fc.nat(44), fc.nat(44)), { maxLength: 30 }),
    byHand: fc.nat(4),
    isRemoval: fc.boolean(),
  })
  .map(({ hosts, there, byHand, isRemoval }) => {
    const lists = hosts.map((name, index): ListChange => {
      const others = hosts.filter(
        (other, at) => other !== name && !there.some(([from, to]) => from === index && to === at),
      );
      const values = others.flatMap((other) => [...valuesFor(other)]);
      const by = byHand > 2 && index % byHand === 0 ? 'hand' : 'worker';
      return changeOf(name, { [isRemoval ? 'remove' : 'add']: sortValues(values), by });
    });
    return [...lists, ...(isRemoval ? [] : hosts.slice(byHand * 3).map(trustOf))];
  });

describe('the product form', () => {
  it('leaves nothing away: the plan can be told again from the lines', () => {
    let shared = 0;
    fc.assert(
      fc.property(plans, (changes) => {
        const lists = listChanges({ changes });
        const lines = productChanges(lists) ?? [];
        if (lines.some((line) => line.startsWith('Each of these'))) shared += 1;
        const meant = meantBy(lists.map((change) => ({ ...change, by: 'worker' })));
        expect(ordered(toldIn(lines))).toEqual(ordered(meant));
        for (const line of lines) expect(line.length).toBeLessThan(1_000);
      }),
      { numRuns: 150 },
    );
    expect(shared).toBeGreaterThan(40);
  });

  it('tells a whole plan again, with what a person does and the trust modes', () => {
    let shown = 0;
    fc.assert(
      fc.property(largePlans, (changes) => {
        const texts = changeTexts(changes, 'Planned');
        if (texts === null) return;
        shown += 1;
        const [head = '', ...rest] = texts;
        expect(head).toMatch(/^Planned: \d+ objects, /);
        expect(ordered(toldIn(rest.join('\n').split('\n')))).toEqual(ordered(meantBy(changes)));
      }),
      { numRuns: 25 },
    );
    expect(shown).toBeGreaterThan(12);
  });

  it('is only used where it says the plan to the letter', () => {
    const { changes } = crossPart('add', hostNames(6), hostNames(6));
    const lists = listChanges({ changes });
    const told = factorChanges(lists);
    expect(told[0]?.products).toHaveLength(1);
    expect(saysExactly(told, lists)).toBe(true);
    const altered = (add: (values: readonly string[]) => readonly string[]) =>
      lists.map((each, index) => (index === 3 ? { ...each, add: add(each.add) } : each));
    expect(
      saysExactly(
        told,
        altered((add) => add.slice(1)),
      ),
    ).toBe(false);
    expect(
      saysExactly(
        told,
        altered((add) => [...add, 'cifs/x']),
      ),
    ).toBe(false);
    expect(
      saysExactly(
        told,
        altered((add) => [...add.slice(1), 'cifs/x']),
      ),
    ).toBe(false);
    expect(
      saysExactly(
        told,
        altered((add) => [...add.slice(1), ...add.slice(2, 3)]),
      ),
    ).toBe(false);
    expect(
      saysExactly(
        told,
        altered((add) => add.map((value) => value.toUpperCase())),
      ),
    ).toBe(false);
    expect(
      saysExactly(
        told,
        altered(() => []),
      ),
    ).toBe(false);
    expect(saysExactly(told, lists.slice(1))).toBe(false);
    const doubled = lists.map((each) => ({ ...each, add: [...each.add, ...each.add.slice(0, 1)] }));
    expect(productChanges(doubled)).toBeNull();
  });

  it('expands to what its sources share, without their own and with their exceptions', () => {
    const rows = [
      { source: 'hv01', values: [...valuesFor('hv02'), 'cifs/x'] },
      { source: 'hv02', values: [] },
      { source: 'hv03', values: valuesFor('hv01') },
    ].map(readRow);
    const hosts = ['hv01', 'hv02'].flatMap((name) => readRow({ source: '', values: valuesFor(name) }).hosts);
    const product = productOf(rows, hosts);
    expect(product.exceptions).toEqual([
      { source: 'hv01', without: [], also: ['cifs/x'] },
      { source: 'hv02', without: valuesFor('hv01'), also: [] },
      { source: 'hv03', without: valuesFor('hv02'), also: [] },
    ]);
    expect(expandProduct(product)).toEqual(rows.map(({ source, values }) => ({ source, values })));
  });

  it('says a mesh in two lines, and what stays in one', () => {
    const part = crossPart('add', hostNames(6), hostNames(6), ['HTTP/x']);
    expect(productChanges(listChanges(part))).toEqual([
      'Each of these 6 hosts in OU=Hyper-V,DC=mabofeng,DC=com:',
      'hv[01-06]',
      '+  cifs and migration of every other of them in mabofeng.com',
      '=  HTTP/x',
    ]);
  });

  it('says in a line each what is there already, or odd, in a mesh', () => {
    const names = hostNames(6);
    const changes = names.map((name) => {
      const all = names.filter((other) => other !== name).flatMap((other) => [...valuesFor(other)]);
      const staying = name === 'hv02' ? valuesFor('hv04') : name === 'hv03' ? valuesFor('hv05').slice(2) : [];
      return changeOf(name, {
        add: [...minusValues(all, staying), ...(name === 'hv06' ? ['cifs/odd'] : [])],
        staying,
      });
    });
    expect(productChanges(changes)).toEqual([
      'Each of these 6 hosts in OU=Hyper-V,DC=mabofeng,DC=com:',
      'hv[01-06]',
      '+  cifs and migration of every other of them in mabofeng.com',
      'hv02: without hv04',
      'hv03: without migration of hv05 in mabofeng.com',
      'hv06: also cifs/odd',
      '=  other values that stay: 0 in each of these lists; 4 in hv02; 2 in hv03',
    ]);
  });

  it('says what a new host gets apart from what the others get for it', () => {
    const others = hostNames(6).slice(1);
    const changes = [
      ...crossPart('add', ['hv01'], others).changes,
      ...crossPart('add', others, ['hv01']).changes,
    ];
    expect(productChanges(listChanges({ changes }))).toEqual([
      'Each of these 5 hosts in OU=Hyper-V,DC=mabofeng,DC=com:',
      'hv[02-06]',
      '+  cifs and migration of hv01 in mabofeng.com',
      'hv01 (CN=hv01,OU=Hyper-V,DC=mabofeng,DC=com)',
      '+  cifs and migration of hv[02-06] in mabofeng.com',
    ]);
  });

  it('names containers, and objects that are not called like their account, where they differ', () => {
    const changes = crossPart('remove', hostNames(4), ['fs1', 'fs2']).changes.map((change, index) => {
      const dn = ['CN=HV01,OU=A', 'CN=hv02,OU=B', String.raw`CN=Old\, HV03,OU=B`, 'CN=Spare 7,OU=A'][index];
      return { ...change, dn: dn ?? '' };
    });
    expect(productChanges(listChanges({ changes }))).toEqual([
      'Each of these 4 hosts:',
      'hv01 in OU=A',
      'hv02 in OU=B',
      String.raw`hv03 is CN=Old\, HV03,OU=B`,
      'hv04 is CN=Spare 7,OU=A',
      '−  cifs and migration of fs1, fs2 in mabofeng.com',
    ]);
  });

  it('is not used for names that could be taken for something else', () => {
    const { changes } = crossPart('remove', hostNames(4), ['fs1']);
    const named = (name: string) =>
      listChanges({ changes }).map((change, index) => (index === 1 ? { ...change, name } : change));
    expect(productChanges(named('hv[03-09]'))).toBeNull();
    expect(productChanges(named('hv02: also cifs/x'))).toBeNull();
    expect(productChanges(named('hv01'))).toBeNull();
    expect(productChanges(named('hv09'))).not.toBeNull();
  });
});
