import type { DelegateAsk } from '../../../src/core/commands/ask';
import { askOf } from './refusal-of';
import { dn, fqdn, short } from './terms';

const PLAIN: DelegateAsk = {
  verb: 'delegate',
  sources: [short('hyper-v01')],
  destinations: [short('hyper-v02')],
  way: 'one-way',
  services: ['cifs', 'migration'],
  protocol: null,
  forMs: null,
  reason: null,
  ticket: null,
  planOnly: false,
};
const HOUR = 3_600_000;
const FULL = {
  sources: [fqdn('hyper-v01.corp.com')],
  destinations: [fqdn('hyper-v02.corp.com')],
};
const LINK1 = '<http://hyper-v01.corp.com|hyper-v01.corp.com>';
const LINK2 = '<http://hyper-v02.corp.com|hyper-v02.corp.com>';
const DN = 'CN=HYPER-V01,OU=Hyper-V hosts,DC=corp,DC=com';
const DN2 = 'CN=HYPER-V02,OU=Hyper-V hosts,DC=corp,DC=com';

describe('Arrows', () => {
  test.each([
    ['an ASCII arrow', 'hyper-v01 -> hyper-v02'],
    ['an arrow that Slack escaped', 'hyper-v01 -&gt; hyper-v02'],
    ['a typographic arrow', 'hyper-v01 → hyper-v02'],
    ['a fat arrow', 'hyper-v01 => hyper-v02'],
    ['a fat arrow that Slack escaped', 'hyper-v01 =&gt; hyper-v02'],
    ['the word', 'hyper-v01 to hyper-v02'],
    ['the word as a phone writes it', 'Hyper-v01 TO Hyper-v02'],
    ['an arrow that touches both names', 'hyper-v01->hyper-v02'],
    ['an escaped arrow that touches both names', 'hyper-v01-&gt;hyper-v02'],
    ['a typographic arrow that touches both names', 'hyper-v01→hyper-v02'],
    ['a fat arrow that touches both names', 'hyper-v01=&gt;hyper-v02'],
    ['an arrow that touches only the source', 'hyper-v01-> hyper-v02'],
    ['an arrow that touches only the destination', 'hyper-v01 ->hyper-v02'],
    ['a long arrow', 'hyper-v01-->hyper-v02'],
    ['a long arrow that became a dash', 'hyper-v01 \u2014&gt; hyper-v02'],
    ['spaces of every kind', '\u00A0hyper-v01\u2003\u00A0->\u3000hyper-v02 \u202F'],
  ])('%s separates the hosts', (_what, text) => {
    expect(askOf(text)).toEqual(PLAIN);
  });

  test('A host may be called like the word', () => {
    expect(askOf('to to to-2')).toMatchObject({ sources: [short('to')], destinations: [short('to-2')] });
  });
});

describe('Host names', () => {
  test.each([
    ['full names are lower-cased', 'HYPER-V01.Corp.com -> hyper-v02.CORP.com', FULL],
    ['a trailing dot is dropped', 'hyper-v01.corp.com.->hyper-v02.corp.com.', FULL],
    ['links that Slack makes are read as their labels', `${LINK1} -&gt; ${LINK2}`, FULL],
    ['links may touch the arrow', `${LINK1}-&gt;${LINK2} --plan`, FULL],
    ['the dot after a link is dropped', `${LINK1}. to ${LINK2}.`, FULL],
    ['names may be quoted', '“hyper-v01” -> \u2018hyper-v02\u2019', PLAIN],
    ['fifteen characters fit', 'abcdefghijklmno -> b', { sources: [short('abcdefghijklmno')] }],
    ['only the first part of a full name is so short', 'a.abcdefghijklmnop.com -> b', {}],
    ['a name may have hyphens at its ends, in quotes', '"-a-" -> b', { sources: [short('-a-')] }],
  ])('%s', (_what, text, part) => {
    expect(askOf(text)).toMatchObject({ ...part });
  });

  test.each([
    ['in quotes', `"${DN}" -> hyper-v02 cifs`, { sources: [dn(DN)], services: ['cifs'] }],
    ['in curly quotes', `“${DN}” -> “${DN2}” cifs`, { sources: [dn(DN)], destinations: [dn(DN2)] }],
    ['bare, up to the arrow', `${DN} -> hyper-v02`, { sources: [dn(DN)] }],
    ['bare, touching the arrow', `${DN}-&gt;${DN2}`, { sources: [dn(DN)], destinations: [dn(DN2)] }],
    ['bare, before the word', `${DN} to ${DN2}`, { sources: [dn(DN)], destinations: [dn(DN2)] }],
    [
      'bare, before services',
      `a -> ${DN2} smb, lm`,
      { destinations: [dn(DN2)], services: ['cifs', 'migration'] },
    ],
    ['bare, before an option', `a -> ${DN2} \u2014plan`, { destinations: [dn(DN2)], planOnly: true }],
    [
      'bare, with “to” in a unit',
      'CN=a,OU=move to cloud,DC=x to b',
      { sources: [dn('CN=a,OU=move to cloud,DC=x')] },
    ],
    ['with spaces after commas', 'CN=a, OU=b c, DC=x -> b', { sources: [dn('CN=a, OU=b c, DC=x')] }],
    [
      'with escapes',
      'CN=a,OU=x\\, y\\20\\"\\C3\\A9,DC=x -> b',
      { sources: [dn('CN=a,OU=x\\, y\\20\\"\\C3\\A9,DC=x')] },
    ],
    ['with an escaped arrow', 'CN=a,OU=x-\\>y,DC=x -> b', { sources: [dn('CN=a,OU=x-\\>y,DC=x')] }],
    [
      'with letters of other languages in a unit',
      'CN=a,OU=Büro,DC=x -> b',
      { sources: [dn('CN=a,OU=Büro,DC=x')] },
    ],
    [
      'with an ampersand that Slack escaped',
      'CN=a,OU=R&amp;D,DC=x -> b',
      { sources: [dn('CN=a,OU=R&D,DC=x')] },
    ],
    [
      'with a quotation mark, written twice',
      '"CN=a,OU=\\""x,DC=x" -> b',
      { sources: [dn('CN=a,OU=\\"x,DC=x')] },
    ],
  ])('A distinguished name is accepted %s', (_what, text, part) => {
    expect(askOf(text)).toMatchObject(part);
  });
});

describe('Services', () => {
  test.each([
    ['none means both', '', ['cifs', 'migration']],
    ['one', 'cifs', ['cifs']],
    ['any case', 'CIFS,Migration', ['cifs', 'migration']],
    ['canonical order', 'migration,cifs', ['cifs', 'migration']],
    ['spaces around the comma', 'migration , cifs', ['cifs', 'migration']],
    ['short names', 'lm,smb', ['cifs', 'migration']],
    ['the full name in curly quotes', '“Microsoft Virtual System Migration Service”', ['migration']],
    ['the full name and another', '"microsoft virtual system migration service", smb', ['cifs', 'migration']],
  ])('%s', (_what, services, expected) => {
    expect(askOf(`hyper-v01 -> hyper-v02 ${services}`)).toEqual({ ...PLAIN, services: expected });
  });
});

describe('Options', () => {
  test.each([
    ['a reason in quotes', '--reason "Patch night"', { reason: 'Patch night' }],
    ['a reason in curly quotes after a long dash', '\u2014reason “Patch night”', { reason: 'Patch night' }],
    ['a reason after an equals sign', '--reason="Patch night"', { reason: 'Patch night' }],
    ['a reason after an en dash and a loose equals sign', '\u2013Reason = "x"', { reason: 'x' }],
    ['a reason of one bare word', '--reason patching', { reason: 'patching' }],
    ['an apostrophe inside', '--reason “it’s time”', { reason: "it's time" }],
    ['quotation marks, written twice', '--reason "the ""big"" one"', { reason: 'the "big" one' }],
    ['a backslash, which is only that', '--reason "C:\\temp\\"', { reason: 'C:\\temp\\' }],
    [
      'markup, which stays as typed',
      '--reason "<!channel> <https://x|Approve>"',
      { reason: '<!channel> <https://x|Approve>' },
    ],
    ['entities, undone once', '--reason "&amp;lt; &lt;b&gt; R&amp;D R&D"', { reason: '&lt; <b> R&D R&D' }],
    [
      'an arrow and options inside quotes',
      '--reason "a -> b --plan"',
      { reason: 'a -> b --plan', planOnly: false },
    ],
    ['spaces inside quotes, kept', '--reason " a\u00A0 b "', { reason: ' a  b ' }],
    ['letters of other languages', '--reason "ночь 🌙 می\u200Cخواهم"', { reason: 'ночь 🌙 می\u200Cخواهم' }],
    ['200 characters', `--reason "${'🌙'.repeat(200)}"`, { reason: '🌙'.repeat(200) }],
    ['a ticket', '--ticket CHG-1/2.3_4#5', { ticket: 'CHG-1/2.3_4#5' }],
    ['a ticket of 40 characters in quotes', `--ticket="${'x'.repeat(40)}"`, { ticket: 'x'.repeat(40) }],
    ['plan only', '--plan', { planOnly: true }],
    ['any protocol', '--protocol any', { protocol: 'any' }],
    ['Kerberos only, in any case', '\u2014Protocol="KERBEROS"', { protocol: 'kerberos' }],
    ['a time', '--for 8h', { forMs: 8 * HOUR }],
    ['a time of two units after an equals sign', '--for=1D12H', { forMs: 36 * HOUR }],
    ['a time in quotes', '\u2014for “90m”', { forMs: 1.5 * HOUR }],
    ['a time before services', '--for 2d lm', { forMs: 48 * HOUR, services: ['migration'] }],
    [
      'every option in any order, services between',
      '--plan --for 8h --ticket X cifs —reason=“y” --protocol any --both',
      {
        way: 'both-ways',
        services: ['cifs'],
        protocol: 'any',
        forMs: 8 * HOUR,
        reason: 'y',
        ticket: 'X',
        planOnly: true,
      },
    ],
  ])('%s', (_what, options, part) => {
    expect(askOf(`hyper-v01->hyper-v02 ${options}`)).toEqual({ ...PLAIN, ...part });
  });
});

describe('Verbs', () => {
  test.each([
    ['/hv', 'delegate hyper-v01 -> hyper-v02', PLAIN],
    ['/hv', '  Delegate hyper-v01 -> hyper-v02', PLAIN],
    ['/hv', '/delegate hyper-v01 -> hyper-v02', PLAIN],
    ['mention', '<@U012AB> delegate hyper-v01 -&gt; hyper-v02', PLAIN],
    ['mention', 'delegate hyper-v01 to hyper-v02', PLAIN],
    ['/hv', 'show R-1042', { verb: 'show', request: 'R-1042' }],
    ['/hv', 'audit r-1042', { verb: 'audit', request: 'R-1042' }],
    ['mention', '<@U012AB|handover> show r-1042 ', { verb: 'show', request: 'R-1042' }],
    ['/hv', 'help', { verb: 'help', about: null }],
    ['/hv', '', { verb: 'help', about: null }],
    ['mention', '<@U012AB>', { verb: 'help', about: null }],
    ['/hv', 'help delegate', { verb: 'help', about: 'delegate' }],
    ['/hv', 'help /delegate', { verb: 'help', about: 'delegate' }],
    ['/delegate', 'help', { verb: 'help', about: 'delegate' }],
    ['/delegate', ' --help ', { verb: 'help', about: 'delegate' }],
  ] as const)('%s understands “%s”', (entry, text, ask) => {
    expect(askOf(text, entry)).toEqual(ask);
  });

  test('A source host may be called help', () => {
    expect(askOf('help -> hyper-v02')).toEqual({ ...PLAIN, sources: [short('help')] });
  });
});
