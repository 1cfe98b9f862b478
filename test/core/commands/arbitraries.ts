import fc from 'fast-check';
import type { Ask, DelegateAsk, OnboardAsk, UndelegateAsk, PrepareAsk } from '../../../src/core/commands/ask';
import { SERVICES } from '../../../src/core/commands/services';
import { isForbidden } from '../../../src/core/commands/typed-text';
import { VERBS } from '../../../src/core/commands/verbs';
import { hostName, isSame, letters, sides } from './host-arbitraries';
import { anyCharacter, anyText } from '../../support/any-text';

/** What the reader would turn into something else, or refuse. */
const isPlain = (char: string): boolean =>
  !isForbidden(char) && (char === ' ' || !/[\p{Zs}\u2018-\u201F]/u.test(char));
const reason = fc
  .string({
    unit: fc.oneof(
      anyCharacter.filter(isPlain),
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

/** Whole seconds from 10 s to 30 days, in milliseconds. */
export const durations: fc.Arbitrary<number> = fc
  .oneof(
    fc.constantFrom(10, 59, 60, 61, 3_599, 3_600, 5_400, 86_399, 86_400, 90_061, 2_592_000),
    fc.integer({ min: 10, max: 2_592_000 }),
  )
  .map((seconds) => seconds * 1_000);
const moment = fc.record({
  day: fc.constantFrom(null, 'Sun', 'Sat', '2026-12-05', '2028-02-29'),
  clock: fc.constantFrom('00:00', '02:00', '09:59', '23:59'),
});
const window = {
  window: fc.oneof(
    fc.constant(null),
    fc.record({ at: moment, until: fc.option(moment), deadlineMs: fc.constant(null) }),
    fc.record({ at: fc.constant(null), until: moment, deadlineMs: fc.constant(null) }),
    fc.record({ at: fc.option(moment), until: fc.constant(null), deadlineMs: durations }),
  ),
};
const label = fc.nat().map((n) => `R-${n + 1}`);

const delegate: fc.Arbitrary<DelegateAsk> = fc
  .record({
    verb: fc.constant('delegate'),
    sides,
    services: subset,
    protocol: fc.constantFrom(null, 'any', 'kerberos'),
    forMs: fc.option(durations),
    ...words,
  })
  .map(({ sides, ...rest }) => ({ ...sides, ...rest }));
const undelegate: fc.Arbitrary<UndelegateAsk> = fc
  .record({
    verb: fc.constant('undelegate'),
    sides,
    services: fc.oneof(subset, fc.constant('all' as const)),
    ...words,
  })
  .map(({ sides, ...rest }) => ({ ...sides, ...rest }));
const onboard: fc.Arbitrary<OnboardAsk> = fc
  .record({ verb: fc.constant('onboard'), host: hostName, like: fc.option(hostName), ...words })
  .filter(({ host, like }) => like === null || !isSame(host.text.toLowerCase(), like.text.toLowerCase()));

/** Any ask that its types allow and whose hosts make a pair, short enough to be printed within the limit mostly. */
export const asks: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 4, arbitrary: delegate },
  { weight: 4, arbitrary: undelegate },
  { weight: 3, arbitrary: onboard },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('retire'), host: hostName, ...words }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('undo'), request: label, ...words }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('extend'), request: label, forMs: durations }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('requests'),
      which: fc.constantFrom(null, 'mine', 'waiting', 'running', 'review'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('delegations'),
      host: fc.option(hostName),
      verify: fc.boolean(),
      raw: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('prepare' as const),
      hosts: fc.uniqueArray(fc.constantFrom('hyper-v01', 'hyper-v02', 'a', 'to', 'like'), { minLength: 1 }),
      auth: fc.constantFrom<PrepareAsk['auth']>('kerberos', 'credssp'),
      networks: fc.constantFrom<PrepareAsk['networks']>(
        null,
        'any',
        ['10.0.5.0/24'],
        ['10.0.5.0/24', '10.0.4.0/23'],
      ),
      most: fc.option(fc.integer({ min: 1, max: 64 })),
      ...words,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verb: fc.constant('migrate' as const),
      machines: fc.uniqueArray(
        reason.map((text) => text.slice(0, 60).trim()).filter((text) => text !== ''),
        { minLength: 1, maxLength: 3, selector: (text) => text.toLowerCase() },
      ),
      to: fc.constantFrom('hyper-v02', 'a', 'to', 'like'),
      storageOnly: fc.constantFrom(null, 'D:\\Machines', '\\\\files\\machines a'),
      noDelegate: fc.boolean(),
      ...window,
      ...words,
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        verb: fc.constant('drain' as const),
        hosts: fc.uniqueArray(fc.constantFrom('hyper-v01', 'a', 'like'), { minLength: 1 }),
        to: fc.option(fc.uniqueArray(fc.constantFrom('hyper-v02', 'b', 'to'), { minLength: 1 })),
        most: fc.option(fc.integer({ min: 1, max: 64 })),
        noStorage: fc.boolean(),
        noDelegate: fc.boolean(),
        ...window,
        returns: fc.constantFrom(null, 'all' as const, 'rolling' as const),
        makeRoom: fc.boolean(),
        ...words,
      })
      // Machines that make room do not return by themselves.
      .map((ask) => ({ ...ask, makeRoom: ask.makeRoom && ask.returns === null })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('return' as const),
      host: fc.constantFrom('hyper-v01', 'to', 'a'),
      most: fc.option(fc.integer({ min: 1, max: 64 })),
      noDelegate: fc.boolean(),
      ...window,
      ...words,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('rebalance' as const),
      hosts: fc.option(fc.uniqueArray(fc.constantFrom('hyper-v01', 'b', 'to'), { minLength: 2 })),
      most: fc.option(fc.integer({ min: 1, max: 64 })),
      ...window,
      ...words,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('choose' as const),
      request: label,
      machine: fc.constantFrom('web-01', 'SQL (old)', 'leave', '->'),
      choice: fc.constantFrom('eject' as const, 'shut-down' as const, 'save' as const, 'leave' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ verb: 'findings' }) },
  {
    weight: 1,
    arbitrary: fc.record({ verb: fc.constant('hosts'), host: fc.option(hostName), full: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('why'),
      from: hostName,
      to: hostName,
      machine: fc.option(reason),
    }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('why'), text: reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('cordon'),
      host: fc.constantFrom('hyper-v01', '-', 'all', 'like', 'on'),
      why: reason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('uncordon'),
      host: fc.constantFrom('hyper-v01', '-', 'all', 'like', 'off'),
      why: fc.option(reason),
    }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constantFrom('freeze', 'unfreeze'), why: reason }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constantFrom('show', 'audit'), request: label }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verb: fc.constant('help'),
      about: fc.constantFrom(null, ...VERBS.map(({ verb }) => verb)),
    }),
  },
);

/** Divided by ¦, which means nothing to the grammar. */
const pieces = [
  'a¦hyper-v01¦to¦cifs¦lm¦,¦ ¦  ¦->¦-&gt;¦→¦=>¦-¦--¦—¦=',
  '"¦\'¦“¦”¦\\¦<¦>¦|¦<http://a.b|a.b>¦<@U1>¦&amp;¦&lt;¦&¦\u00A0¦\n',
  'CN=a,¦OU=b c,¦DC=x¦DC=¦--reason¦--ticket¦—plan¦.¦$¦é¦🌙¦\uD83C¦\u202E',
  'delegate ¦undelegate ¦help ¦freeze ¦show ¦R-1042¦[¦]¦*¦_',
  '<->¦&lt;-&gt;¦<=>¦↔¦mesh ¦all¦a[1-3]¦b[01-12]-x¦, c¦--both',
  'onboard ¦retire ¦undo ¦extend ¦requests ¦ like ¦like¦mine¦--for ¦ 8h¦1h30m¦ 8 ¦h ¦--protocol any',
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
      ' --for 1d12h',
      ' --for=90 m',
      ' —Protocol Kerberos',
      ' all',
      '\u00A0',
      ' ,',
    ]),
  )
  .map(([verb, source, arrow, destination, rest]) => verb + source + arrow + destination + rest.join(''));

/** The same for the verbs that name one host or one request. */
const likelyOne = fc
  .tuple(
    fc.constantFrom(
      'onboard ',
      'retire ',
      'delegations ',
      'undo ',
      'extend ',
      'requests ',
      'show ',
      'audit ',
    ),
    fc.constantFrom(
      'A',
      '“like”',
      'like',
      'CN=a,OU=b c,DC=x',
      '<http://a.b|a.b>',
      'r-7',
      'R-1042',
      'waiting',
      'all',
    ),
    fc.shuffledSubarray([
      ' like “b”',
      ' Like c.d.',
      ' 8h',
      ' --for=90M',
      ' 1h 30m',
      ' —reason “x”',
      ' --ticket #1',
      ' --plan',
    ]),
  )
  .map(([verb, what, rest]) => verb + what + rest.join(''));

/** Texts of arbitrary characters, of pieces that mean something to the grammar, and likely commands. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  likely,
  likelyOne,
  anyText({ maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 }).map((rest) => `a -> b ${rest}`),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 }).map((rest) => `CN=a,OU=b,DC=x ${rest}`),
);
