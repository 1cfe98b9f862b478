import type { CommandEntry } from '../../../src/core/commands/verbs';
import { refusalOf } from './refusal-of';

/** In `marked`, ‸ stands where the problem is said to be. */
function expectRefusal(
  marked: string,
  code: string,
  summary: RegExp,
  entry: CommandEntry = '/delegate',
): void {
  const problem = refusalOf(marked.replace('‸', ''), entry);
  expect(problem).toMatchObject({ code, position: marked.indexOf('‸') });
  expect(problem.summary).toMatch(summary);
  expect(problem.summary).toMatch(/^[^.]+(\.[^ ][^.]*)*\.$/);
  expect(problem.expected).not.toBe('');
}

test.each([
  ['a comma first', '‸,a -> b', 'command.host', /source host is missing here/],
  ['two commas', 'a,‸,b -> c', 'command.host', /source host after the comma is missing here/],
  ['a comma before the arrow', 'a, ‸-> b', 'command.host', /source host after the comma is missing here/],
  ['a comma at the end', 'a -> b, ‸', 'command.host', /destination host after the comma is missing\./],
  [
    'a comma before an option',
    'a -> b, ‸--plan',
    'command.host',
    /after the comma is missing here; options come/,
  ],
  ['a space before a comma of sources', 'a ‸, b -> c', 'command.arrow', /A space stands before this comma/],
  ['a space before a comma of destinations', 'a -> b ‸, c', 'command.service', /service is missing/],
  ['no comma', 'a -> b ‸c', 'command.service', /“c” is not a service/],
  ['a service after a comma', 'a -> b, ‸cifs', 'command.host', /a host follows, and “cifs” is a service/],
  ['a short service after a comma', 'a -> b,‸LM', 'command.host', /a host follows, and “lm” is a service/],
  ['a service after the comma of a mesh', 'mesh a,b,‸smb', 'command.host', /and “smb” is a service/],
  ['a bare distinguished name', 'a,‸CN=b,DC=x -> c', 'command.host', /in a list it stands in quotes/],
  [
    'a bare distinguished name before another',
    'a -> CN=b,DC=x,‸CN=c,DC=x',
    'command.host',
    /after its domain/,
  ],
  ['an empty name', 'a,‸"" -> b', 'command.host', /name of the source host is empty/],
  ['text that touches quotation marks', 'a -> "b"‸c', 'command.extra', /follows here without a space/],
  ['a look-alike', 'a,b‸\u0435 -> c', 'command.host', /\(U\+0435\)/],
  ['a word like all', 'a -> all‸?', 'command.host', /“\?” in it/],
])('A list with %s is refused', (_what, marked, code, summary) => {
  expectRefusal(marked, code, summary);
});

test.each([
  ['a source', 'a,b,‸A -> c', 'a'],
  ['a destination', 'a -> b,c, ‸b lm', 'b'],
  ['a host of a mesh', 'mesh a,‸a', 'a'],
  ['a full name', 'a -> b.x,‸B.x.', 'b.x'],
  ['a distinguished name', 'a -> "CN=b,DC=x",‸"CN=b,DC=x"', 'CN=b,DC=x'],
  ['a distinguished name in another case', 'a -> "CN=b,DC=x",‸"cn=B,DC=x"', 'cn=B,DC=x'],
  ['all', 'all,‸ALL -> b', 'all'],
  ['a host of a range before it', 'a[1-3],‸a2 -> c', 'a2'],
  ['a host that a range covers', 'a2, ‸a[1-3] -> c', 'a2'],
  ['a part of two ranges', 'a[1-3],‸a[3-5] -> c', 'a3'],
  ['a range in another form', 'hv[01-04],‸hv0[4-9] -> c', 'hv04'],
])('A list that holds %s twice is refused at the second', (_what, marked, name) => {
  expectRefusal(marked, 'command.double', new RegExp(`holds “${name}” a second time here`));
});

test.each([
  ['without its end', 'a‸[1-4 -> b', /not closed/],
  ['with a space', 'a‸[1 - 4] -> b', /not closed/],
  ['with a comma', 'a‸[1,4] -> b', /not closed/],
  ['with an arrow', 'a‸[1->4] -> b', /not closed/],
  ['of nothing', 'a[‸] -> b', /“\[\]” is not a range of two numbers/],
  ['of one number', 'a[‸4] -> b', /“\[4\]” is not a range of two numbers/],
  ['without a first number', 'a[‸-4] -> b', /not a range of two numbers/],
  ['without a last number', 'a[‸1-] -> b', /not a range of two numbers/],
  ['of letters', 'a[‸a-d] -> b', /not a range of two numbers/],
  ['with two dots', 'a[‸1..4] -> b', /not a range of two numbers/],
  ['of three numbers', 'a[‸1-2-3] -> b', /not a range of two numbers/],
  ['of other digits', 'a[‸\u0661-\u0662] -> b', /not a range of two numbers/],
  ['of sixteen digits', `[‸1-${'1'.repeat(16)}] -> b`, /not a range of two numbers/],
  ['that runs backwards', 'a[‸4-1] -> b', /“\[4-1\]” runs backwards/],
  ['padded on the left only', 'a[‸01-4] -> b', /zeros before it/],
  ['padded on the right only', 'a[‸1-04] -> b', /zeros before it/],
  ['padded in two widths', 'a[‸001-04] -> b', /zeros before it/],
  ['of 65 hosts', 'a[‸0-64] -> b', /stands for 65 hosts; one request names at most 64/],
  ['of very many hosts', 'a[‸1-999999999999999] -> b', /stands for 999999999999999 hosts/],
  ['twice in a name', 'a[1-2]b‸[1-2] -> c', /second bracket/],
  ['in another', 'a[1‸[2-3]] -> c', /second bracket/],
  ['closed before it opens', 'a‸]b[1-2] -> c', /second bracket/],
  ['closed twice', 'a[1-2]‸] -> c', /second bracket/],
  ['with a domain', 'a[1-2]‸.corp.com -> b', /short names, and a domain follows/],
  ['after a dot', 'x‸.a[1-2] -> b', /short names, and a domain/],
])('A range %s is refused', (_what, marked, summary) => {
  expectRefusal(marked, 'command.range', summary);
});

test.each([
  ['before its bracket', 'a‸_[1-2] -> b', /“_” in it: .* underscore/],
  ['after its bracket', 'a[1-2]‸$ -> b', /without the \$/],
  ['that looks like another', 'h‸\u0443[1-2] -> b', /\(U\+0443\)/],
])('A range with a character %s that no host has is refused', (_what, marked, summary) => {
  expectRefusal(marked, 'command.host', summary);
});

test.each([
  ['by its prefix', '‸abcdefghijklmn[01-12] -> b', 'abcdefghijklmn12'],
  ['by its suffix', 'b -> c,‸a[1-2]-bcdefghijklmn', 'a2-bcdefghijklmn'],
  ['by its last number only', '‸abcdefghijklmn[9-10] -> b', 'abcdefghijklmn10'],
])('A range too long for a computer name %s is refused', (_what, marked, longest) => {
  expectRefusal(marked, 'command.host', new RegExp(`“${longest}” is 16 characters long; .* at most 15`));
});

test.each([
  ['two lists of one host', 'a,a.x -> ‸a', /All hosts here are the same host, “a”/],
  ['one host by two names', 'a -> ‸a,a.x', /All hosts here are the same host, “a”/],
  ['a range of one', 'a[1-1] -> ‸a1', /Source and destination are the same host, “a1”/],
  ['a host and a range of one', 'a1 -> ‸a[1-1]', /same host, “a1”/],
  ['an arrow with two heads', 'a <-> ‸A', /Source and destination are the same host, “a”/],
  ['a mesh of one host', 'mesh a,‸a.x', /All hosts here are the same host, “a.x”/],
])('No pair of two hosts is left: %s is refused', (_what, marked, summary) => {
  expectRefusal(marked, 'command.same', summary);
});

test.each([
  ['nothing', 'mesh‸', 'command.host', /host of the mesh is missing/],
  ['only an option', 'mesh ‸--plan', 'command.host', /host of the mesh is missing here; options/],
  ['one host', 'mesh ‸a', 'command.mesh', /needs two hosts, and only “a” is named/],
  ['one host and services', 'mesh ‸a lm', 'command.mesh', /only “a” is named/],
  ['a range of one', 'mesh ‸a[1-1]', 'command.mesh', /only “a\[1-1\]” is named/],
  ['an arrow', 'mesh ‸-> b', 'command.arrow', /A mesh has no arrow/],
  ['an arrow that touches', 'mesh‸<->b', 'command.arrow', /A mesh has no arrow/],
  ['an arrow after its hosts', 'mesh a,b ‸-> c', 'command.arrow', /A mesh has no arrow/],
  ['an arrow that touches its hosts', 'mesh a,b‸->c', 'command.arrow', /A mesh has no arrow/],
  ['a comma', 'mesh‸,a -> b', 'command.mesh', /A comma follows “mesh”/],
  ['a comma after a space', 'mesh ‸, a', 'command.mesh', /A comma follows “mesh”/],
  ['a space in its list', 'mesh a,b ‸c', 'command.service', /“c” is not a service/],
  ['--both', 'mesh a,b lm ‸--both', 'command.option', /goes both ways already/],
  ['--both before its services', 'mesh a,b ‸--both lm', 'command.option', /goes both ways already/],
])('A mesh with %s is refused', (_what, marked, code, summary) => {
  expectRefusal(marked, code, summary);
  expectRefusal(marked, code, summary, '/undelegate');
});

test.each([
  ['a second arrow with two heads', 'a -> b ‸<-> c', 'command.arrow', /second arrow/],
  ['a typographic one that touches', 'a↔b‸↔c', 'command.arrow', /second arrow/],
  ['no source before two heads', '‸<-> b', 'command.host', /source host is missing/],
  ['no destination after two heads', 'a <->‸', 'command.host', /destination host is missing/],
  ['half an arrow with two heads', 'a ‸<-', 'command.arrow', /but “<-” stands here/],
  ['--both twice', 'a <-> b --both ‸--both', 'command.option', /--both is given twice/],
])('%s is refused', (_what, marked, code, summary) => {
  expectRefusal(marked, code, summary);
});

test.each([
  ['65 hosts of a mesh', 'mesh hv[1-64],‸a', 65],
  ['65 hosts on both sides', 'hv[1-64] -> ‸a', 65],
  ['65 hosts beside all', 'all,hv[1-64] -> ‸a', 65],
  ['128 hosts', 'a[1-64] -> ‸b[1-64]', 128],
  ['the first term that goes beyond', 'a[1-40],‸b[1-40],c -> d', 82],
  ['hosts on both sides, which count once', 'a[1-40] <-> a[20-60],‸b[1-9]', 69],
])('%s are refused as too many', (_what, marked, count) => {
  expectRefusal(
    marked,
    'command.many',
    new RegExp(`names ${count} hosts; at most 64 fit, which make 4032 pairs`),
  );
});

test.each([
  ['delegate', 'a -> b ‸all', /“all” is not a service/, '/delegate'],
  ['all and another', 'a -> b all,‸lm', /All services and one of them/, '/undelegate'],
  ['another and all', 'a -> b lm, ‸all', /All services and one of them/, '/undelegate'],
  ['all twice', 'a -> b all,‸all', /service all is named twice/, '/undelegate'],
  ['all after a list', 'a -> b lm ‸all', /second list/, '/undelegate'],
  ['another service', 'a -> b ‸ldap', /“ldap” is not a service/, '/undelegate'],
] as const)('Services: %s is refused', (_what, marked, summary, entry) => {
  expectRefusal(marked, 'command.service', summary, entry);
});

test('All is offered as a service only where it is one', () => {
  expect(refusalOf('a -> b ldap', '/undelegate').expected).toMatch(/^all, cifs/);
  expect(refusalOf('a -> b ldap').expected).toMatch(/^cifs/);
  expect(refusalOf('a -> b alll', '/undelegate').nearest).toBe('all');
});

test.each([
  ['', '/undelegate', 'command.empty', /hosts are missing/],
  ['a -> a', '/undelegate', 'command.same', /same host, “a”/],
] as const)('/undelegate “%s” is refused as /delegate would be', (text, entry, code, summary) => {
  const problem = refusalOf(text, entry);
  expect(problem.code).toBe(code);
  expect(problem.summary).toMatch(summary);
});
