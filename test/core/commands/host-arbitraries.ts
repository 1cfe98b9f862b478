import fc from 'fast-check';
import type { HostName, HostTerm, PairedAsk } from '../../../src/core/commands/ask';
import { ALL, dn, fqdn, range, short } from './terms';

/** What a host name may hold. */
export const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-'.split('');
const label = (maxLength: number, minLength = 1) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength });

const words = ['to', 'help', '--plan', '-', 'cifs', 'lm', 'delegate', 'all', 'mesh', 'like'];
const shortText = fc.oneof({ weight: 2, arbitrary: label(15) }, fc.constantFrom(...words));
const fqdnText = fc
  .tuple(shortText, fc.array(label(20), { minLength: 1, maxLength: 3 }), fc.constantFrom('com', 'to'))
  .map(([computer, domain, top]) => [computer, ...domain, top].join('.'));

const unit = fc.string({
  unit: fc.constantFrom(...'a¦Z¦9¦-¦ ¦ü¦&¦&amp¦\\,¦\\"¦\\>¦\\;¦\\20¦\\C3¦=¦\'¦[1-2]'.split('¦')),
  minLength: 1,
  maxLength: 15,
});
const dnText = fc
  .tuple(label(15), fc.array(unit, { maxLength: 3 }), fc.constantFrom(',', ', '))
  .map(([name, units, comma]) => [`CN=${name}`, ...units.map((each) => `OU=${each}`), 'DC=x'].join(comma));

const rangeTerm = fc
  .record({
    prefix: label(8, 0),
    first: fc.oneof(fc.constantFrom(0, 1, 9, 98, 999), fc.nat({ max: 99_999 })),
    more: fc.oneof(fc.nat({ max: 63 }), fc.nat({ max: 3 })),
    zeros: fc.nat({ max: 2 }),
    suffix: fc.oneof(fc.constant(''), label(4)),
  })
  .map(({ prefix, first, more, zeros, suffix }) => {
    const last = String(first + more);
    const width = zeros === 0 ? 0 : last.length + zeros - 1;
    return range(prefix, [String(first).padStart(width, '0'), last], suffix);
  })
  .filter((term) => textsOf(term).every((text) => text.length <= 15));

const term: fc.Arbitrary<HostTerm> = fc.oneof(
  { weight: 4, arbitrary: shortText.map(short) },
  { weight: 2, arbitrary: fqdnText.map(fqdn) },
  { weight: 2, arbitrary: dnText.map(dn) },
  { weight: 4, arbitrary: rangeTerm },
  { weight: 1, arbitrary: fc.constant(ALL) },
);

/** A host as a command names it alone. */
export const hostName: fc.Arbitrary<HostName> = fc.oneof(
  shortText.map((text) => ({ kind: 'short', text }) as const),
  fqdnText.map((text) => ({ kind: 'fqdn', text }) as const),
  dnText.map((text) => ({ kind: 'dn', text }) as const),
);

/** Written out once more, by counting up, so that the product's own expansion is not its own judge. */
export function textsOf(term: HostTerm): string[] {
  if (term.kind === 'all') return ['*'];
  if (term.kind === 'host') return [term.host.text.toLowerCase()];
  const texts: string[] = [];
  for (let number = term.first; number <= term.last; number += 1) {
    const zeros = '0'.repeat(Math.max(0, term.digits - `${number}`.length));
    texts.push(`${term.prefix}${zeros}${number}${term.suffix}`);
  }
  return texts;
}

const list = fc.array(term, { minLength: 1, maxLength: 4 }).map((terms) => {
  const known = new Set<string>();
  return terms.filter((each) => {
    const texts = textsOf(each);
    const isNew = texts.every((text) => !known.has(text));
    if (isNew) for (const text of texts) known.add(text);
    return isNew;
  });
});

/** A full name and the short one that it begins with are one host; a distinguished name is only equal to itself. */
export function isSame(one: string, other: string): boolean {
  if (one === '*' || one.includes('=') || other.includes('=')) return one === other && one !== '*';
  const [first = '', second = ''] = [one.split('.')[0], other.split('.')[0]];
  return one.includes('.') && other.includes('.') ? one === other : first === second;
}

function isPossible({ sources, destinations, way }: Sides): boolean {
  const [from, to] = [sources, way === 'mesh' ? sources : destinations].map((side) => side.flatMap(textsOf));
  if (from === undefined || to === undefined) return false;
  const named = new Set([...from, ...to].filter((text) => text !== '*'));
  const hasAll = from.includes('*') || to.includes('*');
  return named.size <= 64 && (hasAll || from.some((one) => to.some((other) => !isSame(one, other))));
}

type Sides = Pick<PairedAsk, 'sources' | 'destinations' | 'way'>;

/** Sides of every way: lists without doubles, at most 64 hosts, and two different hosts to be paired. */
export const sides: fc.Arbitrary<Sides> = fc
  .oneof(
    fc.record({
      sources: list,
      destinations: list,
      way: fc.constantFrom<Sides['way']>('one-way', 'both-ways'),
    }),
    list.map((sources): Sides => ({ sources, destinations: [], way: 'mesh' })),
  )
  .filter(isPossible);
