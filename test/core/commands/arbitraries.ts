import fc from 'fast-check';
import type { Ask, DelegateAsk, HostName } from '../../../src/core/commands/ask';
import { SERVICES } from '../../../src/core/commands/services';
import { isForbidden } from '../../../src/core/commands/typed-text';
import { VERBS } from '../../../src/core/commands/verbs';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-'.split('');
const label = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength });

const short = fc.oneof(label(15), fc.constantFrom('to', 'help', '--plan', '-', 'cifs', 'delegate'));
const fqdn = fc
  .tuple(short, fc.array(label(20), { minLength: 1, maxLength: 3 }), fc.constantFrom('com', 'to'))
  .map(([computer, domain, top]) => [computer, ...domain, top].join('.'));

const unit = fc.string({
  unit: fc.constantFrom(...'a¦Z¦9¦-¦ ¦ü¦&¦&amp¦\\,¦\\"¦\\>¦\\;¦\\20¦\\C3¦=¦\''.split('¦')),
  minLength: 1,
  maxLength: 15,
});
const dn = fc
  .tuple(label(15), fc.array(unit, { maxLength: 3 }), fc.constantFrom(',', ', '))
  .map(([name, units, comma]) => [`CN=${name}`, ...units.map((each) => `OU=${each}`), 'DC=x'].join(comma));

const host: fc.Arbitrary<HostName> = fc.oneof(
  short.map((text) => ({ kind: 'short', text }) as const),
  fqdn.map((text) => ({ kind: 'fqdn', text }) as const),
  dn.map((text) => ({ kind: 'dn', text }) as const),
);

/** What the reader would turn into something else, or refuse. */
const isPlain = (char: string): boolean =>
  !isForbidden(char) && (char === ' ' || !/[\p{Zs}\u2018-\u201F]/u.test(char));
const reason = fc
  .string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isPlain),
      fc.constantFrom('"', "'", '&lt;', '&amp;', '&', '<', '>', '->', '--', '\\', ' ', '—'),
    ),
    minLength: 1,
    maxLength: 40,
  })
  .filter((text) => text.trim() !== '');
const ticket = fc.string({
  unit: fc.constantFrom(...letters, 'Z', '.', '_', '#', '/'),
  minLength: 1,
  maxLength: 40,
});

const domainless = ({ text }: HostName): string => text.toLowerCase().split('.')[0] ?? '';

const delegate: fc.Arbitrary<DelegateAsk> = fc
  .record({
    verb: fc.constant('delegate' as const),
    source: host,
    destination: host,
    services: fc.subarray([...SERVICES], { minLength: 1 }),
    reason: fc.option(reason),
    ticket: fc.option(ticket),
    planOnly: fc.boolean(),
  })
  .filter(({ source, destination }) => domainless(source) !== domainless(destination));

/** Any ask that its types allow and whose hosts differ, short enough to be printed within the limit mostly. */
export const asks: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 8, arbitrary: delegate },
  { weight: 1, arbitrary: fc.nat().map((n) => ({ verb: 'show', request: `R-${n + 1}` }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(null, ...VERBS.map(({ verb }) => verb))
      .map((about) => ({ verb: 'help', about }) as const),
  },
);

/** Divided by ¦, which means nothing to the grammar. */
const pieces = [
  'a¦hyper-v01¦to¦cifs¦lm¦,¦ ¦  ¦->¦-&gt;¦→¦=>¦-¦--¦—¦=',
  '"¦\'¦“¦”¦\\¦<¦>¦|¦<http://a.b|a.b>¦<@U1>¦&amp;¦&lt;¦&¦\u00A0¦\n',
  'CN=a,¦OU=b c,¦DC=x¦DC=¦--reason¦--ticket¦—plan¦.¦$¦é¦🌙¦\uD83C¦\u202E',
  'delegate ¦help ¦show ¦R-1042¦[¦*¦_',
].flatMap((line) => line.split('¦'));

/** Commands as people type them, most of them right. */
const likely = fc
  .tuple(
    fc.constantFrom('', '<@U1> delegate ', 'delegate '),
    fc.constantFrom('A', '“a”', 'CN=a,OU=b c,DC=x', '<http://a.b|a.b>', 'a.b.', '-', '"-"'),
    fc.constantFrom('->', ' -&gt; ', ' to ', '→', ' =>', '—>'),
    fc.constantFrom('c', "'c'", 'CN=c,OU=&amp;lt\\;,DC=x', '<http://c.d|c.d>.', 'to'),
    fc.shuffledSubarray([' lm , smb', ' —reason “x ""&amp;lt;”', ' --ticket=#1', ' --plan', '\u00A0', ' ,']),
  )
  .map(([verb, source, arrow, destination, rest]) => verb + source + arrow + destination + rest.join(''));

/** Texts of arbitrary characters, of pieces that mean something to the grammar, and likely commands. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  likely,
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 }).map((rest) => `a -> b ${rest}`),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 }).map((rest) => `CN=a,OU=b,DC=x ${rest}`),
);
