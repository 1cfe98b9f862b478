import fc from 'fast-check';
import type { Ask, ChangeAsk } from '../../../src/core/commands/ask';
import { SERVICES } from '../../../src/core/commands/services';
import { isForbidden } from '../../../src/core/commands/typed-text';
import { VERBS } from '../../../src/core/commands/verbs';
import { letters, sides } from './host-arbitraries';

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

const subset = fc.subarray([...SERVICES], { minLength: 1 });
const words = { reason: fc.option(reason), ticket: fc.option(ticket), planOnly: fc.boolean() };

const change: fc.Arbitrary<ChangeAsk> = fc.oneof(
  fc
    .record({ verb: fc.constant('delegate' as const), sides, services: subset, ...words })
    .map(({ sides, ...rest }) => ({ ...sides, ...rest })),
  fc
    .record({
      verb: fc.constant('undelegate' as const),
      sides,
      services: fc.oneof(subset, fc.constant('all' as const)),
      ...words,
    })
    .map(({ sides, ...rest }) => ({ ...sides, ...rest })),
);

/** Any ask that its types allow and whose hosts make a pair, short enough to be printed within the limit mostly. */
export const asks: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 8, arbitrary: change },
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
  'delegate ¦undelegate ¦help ¦show ¦R-1042¦[¦]¦*¦_',
  '<->¦&lt;-&gt;¦<=>¦↔¦mesh ¦all¦a[1-3]¦b[01-12]-x¦, c¦--both',
].flatMap((line) => line.split('¦'));

/** Commands as people type them, most of them right. */
const likely = fc
  .tuple(
    fc.constantFrom('', '<@U1> delegate ', 'delegate ', 'undelegate '),
    fc.oneof(
      fc.constantFrom('A', '“a”', 'CN=a,OU=b c,DC=x', '<http://a.b|a.b>', 'a.b.', '-', '"-"'),
      fc.constantFrom(
        'mesh',
        'mesh ',
        'all, “mesh”',
        'd, "CN=a,DC=x",hv[1-3]',
        'a[09-11]-x,<http://a.b|a.b>',
      ),
    ),
    fc.constantFrom('->', ' -&gt; ', ' to ', '→', ' =>', '—>', ' &lt;-&gt; ', '<=>', '↔', ''),
    fc.constantFrom(
      'c',
      "'c'",
      'CN=c,OU=&amp;lt\\;,DC=x',
      '<http://c.d|c.d>.',
      'to',
      'all',
      'c, d',
      'hv[1-2],“cifs”',
    ),
    fc.shuffledSubarray([
      ' lm , smb',
      ' —reason “x ""&amp;lt;”',
      ' --ticket=#1',
      ' --plan',
      ' --both',
      ' all',
      '\u00A0',
      ' ,',
    ]),
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
