import { refusalOf } from './refusal-of';

/** In `marked`, ‸ stands where the problem is said to be. */
function expectRefusal(marked: string, code: string, summary: RegExp): void {
  const problem = refusalOf(marked.replace('‸', ''));
  expect(problem).toMatchObject({ code, position: marked.indexOf('‸') });
  expect(problem.summary).toMatch(summary);
  expect(problem.summary).toMatch(/\.$/);
  expect(problem.expected).not.toBe('');
}

test.each([
  ['nothing', '‸', 'command.empty', /hosts are missing/],
  ['only spaces', ' \u00A0‸', 'command.empty', /hosts are missing/],
  ['no arrow', 'a ‸b', 'command.arrow', /arrow should follow the source host “a”, but “b” stands here/],
  ['no arrow and nothing after', 'a‸', 'command.arrow', /arrow should follow .* but the text ends/],
  ['an arrow that points back', 'a ‸<- b', 'command.arrow', /but “<-” stands here/],
  ['no source', '‸-> b', 'command.host', /source host is missing/],
  ['no destination', 'a ->‸', 'command.host', /destination host is missing/],
  ['an option instead of the destination', 'a -> ‸--plan', 'command.host', /options come after/],
  ['an option before the hosts', '‸--plan a -> b', 'command.host', /options come after/],
  ['an empty name', 'a -> ‸""', 'command.host', /name of the destination host is empty/],
  ['a second arrow', 'a -> b ‸-> c', 'command.arrow', /second arrow/],
  ['a second arrow that touches', 'a->b‸->c', 'command.arrow', /second arrow/],
])('%s instead of two hosts and an arrow is refused', (_what, marked, code, summary) => {
  expectRefusal(marked, code, summary);
});

test.each([
  ['a comma in quotes', 'a -> "b‸,c"', /“,” in it: .* own quotation marks/],
  ['an underscore', 'a -> hv‸_02', /“_” in it: .* underscore/],
  ['the dollar of an account', 'a -> hyper-v02‸$', /“\$” in it: .* without the \$/],
  ['a dollar that ends no account', 'a -> ‸$(Stop-Computer)', /“\$” in it: only letters, digits/],
  ['a dollar in the middle', 'a -> hyper‸$v02', /“\$” in it: only letters, digits/],
  ['two dollars', 'a -> hyper-v02‸$$', /“\$” in it: only letters, digits/],
  ['a dollar alone', 'a -> ‸$', /“\$” in it: only letters, digits/],
  ['another character before a dollar', 'a -> hv‸_02$', /“_” in it: .* underscore/],
  ['a star', 'a -> hyper-v‸*', /“\*” in it: patterns/],
  ['a bracket that nothing opens', 'a -> hyper-v0‸]', /“\]” in it: a range has a bracket that opens/],
  ['a NetBIOS domain', 'CORP‸\\a -> b', /“\\” in it: write the name without the domain before it/],
  ['the account of a NetBIOS domain', 'CORP‸\\a$ -> b', /“\\” in it: .* without the domain before it/],
  ['a share', 'a -> ‸\\\\hyper-v02\\c$', /“\\” in it: write the name of the host alone, not a path/],
  ['two backslashes', 'a -> ‸\\\\hyper-v02', /“\\” in it: write the name of the host alone, not a path/],
  ['a backslash first', 'a -> ‸\\hyper-v02', /“\\” in it: only letters, digits/],
  ['a backslash last', 'a -> hyper-v02‸\\', /“\\” in it: only letters, digits/],
  ['a path', 'a -> c‸\\d\\e', /“\\” in it: only letters, digits/],
  ['a name inside `toString`', 'a -> b‸{constructor}', /only letters/],
  ['a Cyrillic look-alike', 'hyp‸\u0435r-v01 -> b', /“\u0435” \(U\+0435\) in it, which may look like/],
  ['a full-width digit', 'a -> hyper-v0‸\uFF11', /\(U\+FF11\)/],
  ['an accent', 'a -> hype\u0072‸\u0301', /\(U\+0301\)/],
  ['another hyphen', 'a -> hyper‸\u2011v01', /\(U\+2011\)/],
  ['a look-alike in a link', '<http://x|h‸\u0443per-v01> -> b', /\(U\+0443\)/],
  ['a look-alike in quotes', '"h‸\u0443per-v01" -> b', /\(U\+0443\)/],
  ['a look-alike after escaped text', 'a -&gt; h‸\u0443per-v01', /\(U\+0443\)/],
  ['sixteen characters', '‸abcdefghijklmnop -> b', /is 16 characters long; a computer name has at most 15/],
  ['sixteen characters before the domain', 'a -> ‸abcdefghijklmnop.corp.com', /“abcdefghijklmnop” is 16/],
  ['two dots', '‸a..b -> c', /nothing between two dots/],
  ['only a dot', 'a -> ‸.', /nothing between two dots/],
  ['a label of 64 characters', `‸a.${'b'.repeat(64)} -> c`, /longer than DNS allows/],
  ['254 characters', `‸a${`.${'b'.repeat(62)}`.repeat(4)}b -> c`, /longer than DNS allows/],
  ['an address', 'a -> ‸10.0.0.5', /is an address/],
  ['a person', '‸<@U012AB> -> b', /“<@U012AB>” is not a host name/],
  ['a channel', '‸<#C012AB|hyper-v01> -> b', /is not a host name/],
  ['a link without a label', '‸<http://hyper-v01> -> b', /is not a host name/],
  ['a link that does not end', 'a -> ‸<http://b|b', /is not a host name/],
])('A host name with %s is refused', (_what, marked, summary) => {
  expectRefusal(marked, 'command.host', summary);
});

test.each([
  ['without its domain', '"CN=a,OU=‸b" -> c', /does not end with its domain/],
  ['that does not begin with a name', '‸OU=a,DC=b -> c', /does not begin with “CN=”/],
  ['with a look-alike', 'CN=h‸\u0443per-v01,DC=x -> b', /names its host with “\u0443” \(U\+0443\)/],
  ['with an escaped look-alike', 'CN=h‸\\D1\\83per,DC=x -> b', /names its host with an escaped character/],
  ['with an escaped control character', 'CN=a‸\\00,DC=x -> b', /escaped control character/],
  ['with an escaped line break in a unit', 'CN=a,OU=b‸\\0ADEL,DC=x -> b', /escaped control character/],
  ['with a backslash before a letter', 'CN=a‸\\x,DC=x -> b', /escapes nothing/],
  ['with a bare quotation mark', `'CN=a,OU=‸"b",DC=x' -> b`, /without a backslash/],
  ['that another follows', 'CN=a,DC=x, ‸CN=b,DC=x -> c', /goes on after its domain, .* in quotes/],
  ['that a host follows', 'CN=a,DC=x,‸b -> c', /no attribute/],
  ['with an empty part', 'CN=a,OU=‸,DC=x -> b', /empty part/],
  ['with an empty part at its end', 'CN=a,DC‸= -> b', /empty part/],
  ['with a comma at its end', '"CN=a,DC=x‸," -> b', /no attribute/],
  ['with a part that has no attribute', 'CN=a,‸b,DC=x -> b', /no attribute/],
])('A distinguished name %s is refused', (_what, marked, summary) => {
  expectRefusal(marked, 'command.host', summary);
});

test.each([
  ['the same short name', 'hyper-v01 -> ‸HYPER-V01'],
  ['the same full name', 'a.corp.com -> ‸a.corp.com.'],
  ['a short name and its full name', 'a -> ‸a.corp.com'],
  ['a full name and its short name', 'a.corp.com to ‸a'],
  ['the same distinguished name in another case', 'CN=a,DC=x -> ‸"cn=A,dc=X"'],
])('Source and destination must differ: %s is refused', (_what, marked) => {
  expectRefusal(marked, 'command.same', /same host, “.+”; a host needs no delegation to itself/);
});

test.each([
  ['another service', '‸ldap', /“ldap” is not a service/, null],
  ['an SPN', '‸cifs/hyper-v02', /“cifs\/hyper-v02” is not/, null],
  ['a misspelt service', 'cifs,‸migratoin', /“migratoin” is not/, 'migration'],
  [
    'a misspelt full name',
    '‸"Microsoft Virtual System Migraton Service"',
    /is not/,
    'Microsoft Virtual System Migration Service',
  ],
  ['a service twice', 'cifs,‸smb', /service cifs is named twice/, null],
  ['two lists', 'cifs ‸migration', /second list/, null],
  ['two lists with an option between', 'cifs --plan ‸migration', /second list/, null],
  ['a comma at the end', 'cifs, ‸', /service is missing/, null],
  ['a comma at the beginning', '‸,cifs', /service is missing/, null],
  ['two commas', 'cifs,‸,lm', /service is missing/, null],
  ['the second word of a bare reason', '--reason patch ‸night', /“night” is not a service/, null],
])('%s is refused as a service', (_what, rest, summary, nearest) => {
  expectRefusal(`a -> b ${rest}`, 'command.service', summary);
  expect(refusalOf(`a -> b ${rest.replace('‸', '')}`).nearest).toBe(nearest);
});

test.each([
  ['a misspelt option', '‸--resaon "x"', 'command.option', /“--resaon” is not an option/, '--reason'],
  ['an option with one dash', '‸-plan', 'command.option', /“-plan” is not an option/, '--plan'],
  ['an option with three dashes', '‸---plan', 'command.option', /“---plan” is not/, '--plan'],
  ['an unknown option', '‸--force', 'command.option', /“--force” is not an option/, null],
  ['only dashes', '‸-- plan', 'command.option', /“--” is not an option/, null],
  ['a value for --both', '--both‸=yes', 'command.option', /--both takes no value/, null],
  ['a misspelt --both', '‸--bith', 'command.option', /“--bith” is not an option/, '--both'],
  ['a double option', '--plan ‸--plan', 'command.option', /--plan is given twice/, null],
  ['a double reason', '--reason x ‸—reason "y"', 'command.option', /--reason is given twice/, null],
  ['a value for --plan', '--plan‸=yes', 'command.option', /takes no value/, null],
  [
    'a value that is missing before an option',
    '--for ‸--plan',
    'command.option',
    /value of this option is missing/,
    null,
  ],
  ['a missing time', '--for‸', 'command.option', /value of this option is missing/, null],
  ['a double time', '--for 8h ‸--for 8h', 'command.option', /--for is given twice/, null],
  ['a misspelt --for', '‸--fro 8h', 'command.option', /“--fro” is not an option/, '--for'],
  ['a time without the dashes', '‸For 8h', 'command.option', /“for” stands here without the dashes/, '--for'],
  ['a protocol without the dashes', 'lm ‸protocol any', 'command.option', /“protocol” stands/, '--protocol'],
  ['what another verb calls it', '‸--until 8h', 'command.option', /--until does not go with/, '--for'],
  ['what others call it too', '‸--Duration=8h', 'command.option', /“--Duration” is not/, '--for'],
  ['a time in the plural', '--for ‸8hours', 'command.duration', /“8hours” is not a duration/, '8h'],
  ['a time of two words', '--for ‸8 h cifs', 'command.duration', /“8 h” has a space in it/, '8h'],
  ['a time in two parts', '--for=‸1h 30m', 'command.duration', /“1h 30m” has a space in it/, '1h30m'],
  ['a time without a unit', '--for ‸8 cifs', 'command.duration', /“8” has no unit/, null],
  ['an empty time', '--for ‸""', 'command.duration', /duration is empty/, null],
  ['too short a time', '--for ‸9s', 'command.duration', /“9s” is shorter than 10 seconds/, null],
  ['too long a time', '--for ‸31d', 'command.duration', /“31d” is longer than 30 days/, null],
  ['no time at all', '--for ‸ever', 'command.duration', /“ever” is not a duration/, null],
  ['text that touches a time in quotes', '--for "8h"‸h', 'command.extra', /“h” follows here/, null],
  ['a protocol that is none', '--protocol ‸ntlm', 'command.protocol', /“ntlm” is not a protocol/, null],
  ['a misspelt protocol', '--protocol=‸kerberus', 'command.protocol', /“kerberus”/, 'kerberos'],
  ['an empty protocol', '--protocol ‸""', 'command.protocol', /“” is not a protocol/, null],
  ['a missing protocol', '--protocol‸', 'command.option', /value of this option is missing/, null],
  ['a double protocol', '--protocol any ‸--protocol any', 'command.option', /given twice/, null],
  ['a missing ticket', '--ticket‸', 'command.option', /value of this option is missing/, null],
  [
    'an option instead of a value',
    '--ticket ‸--plan',
    'command.option',
    /value of this option is missing/,
    null,
  ],
  ['an empty reason', '--reason ‸""', 'command.reason', /reason is empty/, null],
  ['a reason of spaces', '--reason=‸"  "', 'command.reason', /reason is empty/, null],
  [
    'a reason of 201 characters',
    `--reason "${'x'.repeat(200)}‸x"`,
    'command.reason',
    /is 201 characters long/,
    null,
  ],
  ['a ticket with a space', '--ticket "CHG‸ 1"', 'command.ticket', /has “ ” \(U\+0020\) in it/, null],
  [
    'a ticket of 41 characters',
    `--ticket ‸${'x'.repeat(41)}`,
    'command.ticket',
    /is 41 characters long/,
    null,
  ],
  ['an empty ticket', '--ticket ‸""', 'command.ticket', /is 0 characters long/, null],
  ['an open quotation mark', '--reason ‸"patch night', 'command.quote', /never closed/, null],
  ['an open curly quotation mark', '--reason ‸“patch ""', 'command.quote', /never closed/, null],
  [
    'text that touches a closing quotation mark',
    '--reason "say "‸hi""',
    'command.extra',
    /“hi""” follows here/,
    null,
  ],
])('%s is refused', (_what, rest, code, summary, nearest) => {
  expectRefusal(`a -> b ${rest}`, code, summary);
  expect(refusalOf(`a -> b ${rest.replace('‸', '')}`).nearest).toBe(nearest);
});

test.each([
  ['a zero byte', '\0', 'U+0000'],
  ['a tab', '\t', 'U+0009'],
  ['a line break', '\n', 'U+000A'],
  ['a C1 control', '\u0085', 'U+0085'],
  ['a line separator', '\u2028', 'U+2028'],
  ['a zero-width space', '\u200B', 'U+200B'],
  ['a character that turns the text around', '\u202E', 'U+202E'],
  ['a byte order mark', '\uFEFF', 'U+FEFF'],
  ['a tag character', '\u{E0041}', 'U+E0041'],
  ['half of a surrogate pair', '\uD83C', 'U+D83C'],
  ['a character of private use', '\uE000', 'U+E000'],
])('%s is refused everywhere, in a reason too', (_what, char, name) => {
  expectRefusal(
    `a -> b --reason "x‸${char}y"`,
    'command.character',
    new RegExp(`character ${name.replace('+', '\\+')} `),
  );
});

test.each([
  ['/hv', '‸delgate a -> b', 'command.verb', /“delgate” is not a command/, 'delegate'],
  ['/hv', '‸undelgate a -> b', 'command.verb', /“undelgate” is not a command/, 'undelegate'],
  ['/hv', 'undelegate ‸', 'command.empty', /hosts are missing/, null],
  ['/hv', '  ‸fly', 'command.verb', /“fly” is not a command/, null],
  ['mention', '<@U012AB> ‸shwo R-1', 'command.verb', /“shwo”/, 'show'],
  ['/hv', 'help ‸hlep', 'command.verb', /“hlep”/, 'help'],
  ['/hv', 'help show ‸me', 'command.extra', /“me” is more than/, null],
  ['/hv', 'delegate ‸', 'command.empty', /hosts are missing/, null],
  ['/hv', 'show‸', 'command.empty', /request is missing/, null],
  ['/hv', 'show ‸1042', 'command.request', /“1042” is not the label/, 'R-1042'],
  ['/hv', 'show ‸R-01', 'command.request', /“R-01” is not the label/, null],
  ['/hv', 'show R-1042 ‸R-1043', 'command.extra', /“R-1043” is more than/, null],
] as const)('%s refuses “%s”', (entry, marked, code, summary, nearest) => {
  const problem = refusalOf(marked.replace('‸', ''), entry);
  expect(problem).toMatchObject({ code, position: marked.indexOf('‸'), nearest });
  expect(problem.summary).toMatch(summary);
});

test.each([
  [
    '/delegate',
    '/delegate HOSTS -> HOSTS [SERVICES] [--both] [--protocol any|kerberos] [--for 8h] [--reason "…"] [--ticket X] [--plan]',
  ],
  ['/undelegate', '/undelegate HOSTS -> HOSTS [SERVICES|all] [--both] [--reason "…"] [--ticket X] [--plan]'],
] as const)('An empty %s is answered with its usage', (entry, usage) => {
  expect(refusalOf('', entry).expected).toBe(usage);
});

test('The refusal of a protocol says which there are', () => {
  expect(refusalOf('a -> b --protocol ntlm').expected).toBe('any or kerberos');
});

test.each([
  ['--for 8h', 'A removal is for good, so --for has no place here.'],
  [
    '--protocol any',
    'A removal leaves the trust mode of its hosts as it is, so --protocol has no place here.',
  ],
])('An undelegate with %s is told why it takes none', (option, summary) => {
  expect(refusalOf(`a -> b ${option}`, '/undelegate')).toMatchObject({
    code: 'command.option',
    position: 7,
    summary,
    expected: '--both, --reason "…", --ticket X, --plan',
    nearest: null,
  });
});

test.each(['--until 8h', '--fro 8h', '--protocl any', 'for 8h'])(
  'An undelegate with %s is not led to another refusal',
  (option) => {
    expect(refusalOf(`a -> b ${option}`, '/undelegate').nearest).toBeNull();
  },
);

test.each(['--return', '--rolling'])('A drain that makes room is refused with %s', (option) => {
  expect(refusalOf(`hyper-v01 --make-room ${option}`, '/drain')).toMatchObject({
    code: 'command.option',
    summary: 'Machines that make room do not come back by themselves.',
    expected: '--make-room without --return and --rolling',
  });
});
