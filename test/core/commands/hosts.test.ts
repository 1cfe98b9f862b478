import type { HostTerm } from '../../../src/core/commands/ask';
import { namesOf } from '../../../src/core/commands/host-terms';
import { askOf } from './refusal-of';
import { ALL, dn, fqdn, range, short } from './terms';

const DN = 'CN=a,OU=b c,DC=x';
const LINK = '<http://hv.corp.com|hv.corp.com>';
const [A, B, C] = [short('a'), short('b'), short('c')];

describe('A list', () => {
  test.each<[string, string, HostTerm[], HostTerm[]]>([
    ['of commas only', 'a,b->c,d', [A, B], [C, short('d')]],
    ['with spaces after commas', 'a,  b -> c, d', [A, B], [C, short('d')]],
    ['on one side', 'a -> b,c', [A], [B, C]],
    [
      'of every kind',
      `a, ${LINK},"${DN}", hv[1-2],ALL -> b`,
      [A, fqdn('hv.corp.com'), dn(DN), range('hv', ['1', '2']), ALL],
      [B],
    ],
    [
      'of links with their dots',
      `a -> ${LINK}.,${LINK.replaceAll('hv.', 'hw.')}.`,
      [A],
      [fqdn('hv.corp.com'), fqdn('hw.corp.com')],
    ],
    ['of quoted names', '“a”,\u2018b\u2019 -> "c"', [A, B], [C]],
    ['before the word', 'a, to to to, b', [A, short('to')], [short('to'), B]],
    ['with a bare distinguished name on the other side', `a,b -> ${DN}`, [A, B], [dn(DN)]],
    ['with a word of the grammar later', 'a,mesh -> b', [A, short('mesh')], [B]],
    ['of sources called like services', 'a, cifs -> b', [A, short('cifs')], [B]],
    ['of destinations called like services, in quotes', 'a -> cifs, "lm"', [A], [short('cifs'), short('lm')]],
    ['with a host on both sides', 'a,b -> b,c', [A, B], [B, C]],
    ['with the same host under two names', 'a,a.x -> b', [A, fqdn('a.x')], [B]],
  ])('%s is read', (_what, text, sources, destinations) => {
    expect(askOf(text)).toMatchObject({ sources, destinations, way: 'one-way' });
  });

  test.each([
    ['after a space', 'a -> b,c cifs,migration', ['cifs', 'migration']],
    ['after a list with spaces', 'a -> b, c cifs', ['cifs']],
    ['with spaces of their own', 'a -> b, c lm , smb', ['cifs', 'migration']],
    ['after an option', 'a -> b,c --plan lm', ['migration']],
    ['not at all', 'a -> b, c', ['cifs', 'migration']],
  ])('of destinations is told from services that follow %s', (_what, text, services) => {
    expect(askOf(text)).toMatchObject({ destinations: [B, C], services });
  });
});

describe('The word all', () => {
  test.each<[string, HostTerm, HostTerm]>([
    ['all -> b', ALL, B],
    ['a -> All', A, ALL],
    ['all -> all', ALL, ALL],
    ['"ALL" -> b', short('all'), B],
    ['all.x -> all[1-2]', fqdn('all.x'), range('all', ['1', '2'])],
    ['"all" -> all', short('all'), ALL],
  ])('%s', (text, source, destination) => {
    expect(askOf(text)).toMatchObject({ sources: [source], destinations: [destination] });
  });
});

describe('A range', () => {
  test.each<[string, string, string[]]>([
    ['of one digit', 'hyper-v0[1-4]', ['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04']],
    ['padded to the typed width', 'hv[08-11]', ['hv08', 'hv09', 'hv10', 'hv11']],
    ['not padded', 'hv[8-11]', ['hv8', 'hv9', 'hv10', 'hv11']],
    ['with something after it', 'HV[1-2]-X', ['hv1-x', 'hv2-x']],
    ['with nothing around it', '[0-1]', ['0', '1']],
    ['of one number', 'a[7-7]', ['a7']],
    ['with a long dash', 'a[1–2]', ['a1', 'a2']],
    ['in quotes', '" a[1-2] "', ['a1', 'a2']],
    ['of fifteen characters', 'abcdefghijkl[099-100]', ['abcdefghijkl099', 'abcdefghijkl100']],
    ['of fifteen digits', '[999999999999998-999999999999999]', ['999999999999998', '999999999999999']],
  ])('%s is read and written out', (_what, text, names) => {
    const ask = askOf(`${text} -> b`);
    expect(ask).toMatchObject({ sources: [{ kind: 'range' }] });
    expect('sources' in ask && namesOf(ask.sources)).toEqual({
      names: names.map((each) => ({ kind: 'short', text: each })),
      all: false,
    });
  });

  test('Names keep the order of a list, and all is reported apart', () => {
    expect(namesOf([B, ALL, range('h', ['1', '2']), A])).toEqual({
      names: ['b', 'h1', 'h2', 'a'].map((text) => ({ kind: 'short', text })),
      all: true,
    });
    expect(namesOf([])).toEqual({ names: [], all: false });
  });

  test('The width that was typed is kept', () => {
    expect(askOf('a[01-12] -> b')).toMatchObject({
      sources: [{ kind: 'range', prefix: 'a', first: 1, last: 12, digits: 2, suffix: '' }],
    });
  });
});

describe('Ways', () => {
  test.each([
    ['an arrow with two heads', 'a <-> b'],
    ['one that Slack escaped', 'a &lt;-&gt; b'],
    ['a fat one', 'a <=> b'],
    ['a fat one that Slack escaped', 'a&lt;=&gt;b'],
    ['a typographic one', 'a↔b'],
    ['a long one', 'a <--> b'],
    ['a long one that became a dash', 'a &lt;—&gt; b'],
    ['one that touches both names', 'a<->b'],
    ['an option', 'a -> b --both'],
    ['an option after a long dash', 'a to b —BOTH'],
    ['both', 'a <-> b --both'],
  ])('%s goes both ways', (_what, text) => {
    expect(askOf(text)).toMatchObject({ sources: [A], destinations: [B], way: 'both-ways' });
  });

  test('A bare distinguished name ends at an arrow with two heads', () => {
    expect(askOf(`${DN}<->CN=b,DC=x`)).toMatchObject({ sources: [dn(DN)], destinations: [dn('CN=b,DC=x')] });
  });

  test.each<[string, string, HostTerm[]]>([
    ['of a list', 'mesh a,b', [A, B]],
    ['in any case, with spaces', ' Mesh  a, b ', [A, B]],
    ['of a range', 'mesh hv[1-2]', [range('hv', ['1', '2'])]],
    ['of all', 'mesh all', [ALL]],
    ['of all and one that all may not hold', 'mesh all,a', [ALL, A]],
    ['with a host called mesh', 'mesh mesh,a', [short('mesh'), A]],
  ])('A mesh %s', (_what, text, sources) => {
    expect(askOf(`${text} lm --plan`)).toMatchObject({
      sources,
      destinations: [],
      way: 'mesh',
      services: ['migration'],
      planOnly: true,
    });
  });

  test.each([
    ['in quotes', '"mesh" -> b', short('mesh')],
    ['with a domain', 'mesh.x -> b', fqdn('mesh.x')],
    ['as the beginning of a name', 'mesh-1 -> b', short('mesh-1')],
  ])('A host may be called mesh %s', (_what, text, source) => {
    expect(askOf(text)).toMatchObject({ sources: [source], way: 'one-way' });
  });
});

describe('The most that fits', () => {
  const names = (text: string) => {
    const ask = askOf(text);
    return 'sources' in ask ? namesOf([...ask.sources, ...ask.destinations]).names.length : 0;
  };

  test('64 hosts, in a mesh, over two lists and beside all', () => {
    expect(names('mesh hv[01-64]')).toBe(64);
    expect(names('a[1-32] <-> b[1-32]')).toBe(64);
    expect(names('a[1-63],all -> b')).toBe(64);
  });

  test('A host on both sides counts once', () => {
    expect(names('hv[01-64] -> hv[01-64]')).toBe(128);
  });
});

describe('/undelegate', () => {
  test.each([
    ['without services', 'a -> b', { services: 'all' }],
    ['of all services', 'a -> b ALL', { services: 'all' }],
    ['of one service', 'a -> b smb', { services: ['cifs'] }],
    ['of both', 'a -> b lm,smb', { services: ['cifs', 'migration'] }],
    ['towards every value', 'a -> all', { destinations: [ALL], services: 'all' }],
    ['towards every value of a service', 'a -> all lm', { destinations: [ALL], services: ['migration'] }],
    ['both ways', 'a <-> b', { way: 'both-ways' }],
    ['of a mesh', 'mesh a,b', { way: 'mesh', sources: [A, B], destinations: [] }],
    ['with options', 'a -> b --reason x --ticket T-1 --plan', { reason: 'x', ticket: 'T-1', planOnly: true }],
  ])('%s is read, as /hv undelegate and a mention are', (_what, text, part) => {
    const ask = askOf(text, '/undelegate');
    expect(ask).toMatchObject({ verb: 'undelegate', sources: expect.arrayContaining([A]), ...part });
    expect(askOf(`undelegate ${text}`, '/hv')).toEqual(ask);
    expect(askOf(`<@U1> undelegate ${text}`, 'mention')).toEqual(ask);
  });

  test('Its help is asked for as that of other verbs', () => {
    expect(askOf('help', '/undelegate')).toEqual({ verb: 'help', about: 'undelegate' });
    expect(askOf('help /undelegate', '/hv')).toEqual({ verb: 'help', about: 'undelegate' });
  });
});
