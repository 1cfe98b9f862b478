import { refusalOf, askOf } from './refusal-of';

const short = (text: string) => ({ kind: 'short', text }) as const;
const saying = { reason: null, ticket: null, planOnly: false };
const onboard = { verb: 'onboard', host: short('hyper-v05'), like: null, ...saying };
const retire = { verb: 'retire', host: short('hyper-v05'), ...saying };
const DN = 'CN=HYPER-V05,OU=Hyper-V hosts,DC=corp,DC=com';

test.each([
  ['onboard hyper-v05', onboard],
  ['Onboard HYPER-V05 ', onboard],
  ['onboard hyper-v05 like hyper-v01', { ...onboard, like: short('hyper-v01') }],
  ['onboard hyper-v05  LIKE  "hyper-v01"', { ...onboard, like: short('hyper-v01') }],
  [
    'onboard hyper-v05 --plan like hyper-v01 —reason “Rack 7” --ticket CHG-1',
    { ...onboard, like: short('hyper-v01'), reason: 'Rack 7', ticket: 'CHG-1', planOnly: true },
  ],
  ['onboard "like" like "LIKE-2"', { ...onboard, host: short('like'), like: short('like-2') }],
  ['onboard like-1', { ...onboard, host: short('like-1') }],
  ['onboard "all"', { ...onboard, host: short('all') }],
  ['onboard mesh like cifs', { ...onboard, host: short('mesh'), like: short('cifs') }],
  ['onboard like.corp.com', { ...onboard, host: { kind: 'fqdn', text: 'like.corp.com' } }],
  [
    'onboard <http://hyper-v05.corp.com|hyper-v05.corp.com>. like a.corp.com',
    {
      ...onboard,
      host: { kind: 'fqdn', text: 'hyper-v05.corp.com' },
      like: { kind: 'fqdn', text: 'a.corp.com' },
    },
  ],
  [`onboard "${DN}" like a`, { ...onboard, host: { kind: 'dn', text: DN }, like: short('a') }],
  [`onboard ${DN} like a`, { ...onboard, host: { kind: 'dn', text: DN }, like: short('a') }],
  [
    'onboard a.corp.com like a.lab.com',
    { ...onboard, host: { kind: 'fqdn', text: 'a.corp.com' }, like: { kind: 'fqdn', text: 'a.lab.com' } },
  ],
  ['retire hyper-v05', retire],
  ['retire hyper-v05 --reason Sold --plan', { ...retire, reason: 'Sold', planOnly: true }],
  ['retire like', { ...retire, host: short('like') }],
  [`retire “${DN}” --ticket=7`, { ...retire, host: { kind: 'dn', text: DN }, ticket: '7' }],
])('“%s” is understood', (text, ask) => {
  expect(askOf(text, '/hv')).toEqual(ask);
});

/** In `marked`, ‸ stands where the problem is said to be. */
test.each([
  ['onboard‸', 'command.empty', /host is missing/, null],
  ['retire ‸', 'command.empty', /host is missing/, null],
  ['onboard ‸--plan', 'command.host', /The host is missing here; options come after/, null],
  ['retire ‸-> a', 'command.host', /The host is missing here/, null],
  ['onboard ‸""', 'command.host', /name of the host is empty/, null],
  ['onboard ‸like', 'command.host', /host before “like” is missing/, null],
  ['onboard ‸LIKE a', 'command.host', /host before “like” is missing/, null],
  ['onboard a like‸', 'command.host', /The host is missing/, null],
  ['onboard a like ‸--plan', 'command.host', /The host is missing here/, null],
  ['onboard a like ‸like b', 'command.host', /“like” stands here a second time/, null],
  ['onboard ‸all', 'command.host', /One host is set up at a time/, null],
  ['onboard ‸hyper-v0[1-4]', 'command.host', /One host is set up at a time/, null],
  ['onboard a‸,b', 'command.host', /One host is set up at a time/, null],
  ['onboard a like ‸all', 'command.host', /One host stands after “like”/, null],
  ['onboard a like ‸b[1-2]', 'command.host', /One host stands after “like”/, null],
  ['onboard a like b‸,c', 'command.host', /One host stands after “like”/, null],
  ['retire ‸all', 'command.host', /One host is taken out of service at a time/, null],
  ['retire ‸a[1-2]', 'command.host', /One host is taken out of service at a time/, null],
  ['retire a‸, b', 'command.host', /One host is taken out of service at a time/, null],
  ['onboard hv‸_05', 'command.host', /“_” in it/, null],
  ['onboard a like h‸\u0443per', 'command.host', /\(U\+0443\)/, null],
  ['onboard a like ‸A', 'command.same', /like itself, “a”/, null],
  ['onboard a like ‸a.corp.com', 'command.same', /like itself, “a.corp.com”/, null],
  ['onboard a.corp.com like ‸"a"', 'command.same', /like itself, “a”/, null],
  ['onboard CN=a,DC=x like ‸"cn=A,DC=X"', 'command.same', /like itself/, null],
  ['onboard a like b ‸like c', 'command.extra', /“like” is more than/, 'like'],
  ['onboard a ‸lik b', 'command.extra', /“lik” is more than/, 'like'],
  ['onboard a ‸b', 'command.extra', /“b” is more than/, null],
  ['onboard a ‸-> b', 'command.arrow', /An arrow stands here, and onboard has none/, null],
  ['onboard a‸-&gt;b', 'command.arrow', /An arrow stands here, and onboard has none/, null],
  ['retire a --plan ‸→ b', 'command.arrow', /An arrow stands here, and retire has none/, null],
  ['onboard a ‸to b', 'command.extra', /“to” is more than/, null],
  ['onboard "a"‸like b', 'command.extra', /“like” follows here without a space/, null],
  ['onboard a --reason patch ‸night', 'command.extra', /“night” is more than/, null],
  ['retire a ‸like b', 'command.extra', /“like” is more than/, null],
  ['retire a --plan ‸--plan', 'command.option', /--plan is given twice/, null],
  ['retire a ‸--both', 'command.option', /--both does not go with retire/, null],
  ['onboard a ‸--for 8h', 'command.option', /--for does not go with onboard/, null],
  ['onboard a ‸--until 8h', 'command.option', /--until does not go with onboard/, null],
  ['onboard a ‸--resaon x', 'command.option', /“--resaon” is not an option/, '--reason'],
  ['‸onbord a', 'command.verb', /“onbord” is not a command/, 'onboard'],
  ['‸reitre a', 'command.verb', /“reitre” is not a command/, 'retire'],
])('“%s” is refused', (marked, code, summary, nearest) => {
  const problem = refusalOf(marked.replace('‸', ''), '/hv');
  expect(problem).toMatchObject({ code, position: marked.indexOf('‸'), nearest });
  expect(problem.summary).toMatch(summary);
  expect(problem.summary).toMatch(/\.$/);
  expect(problem.expected).not.toBe('');
});

test.each([
  ['onboard', '/hv onboard HOST [like HOST] [--reason "…"] [--ticket X] [--plan]'],
  ['retire', '/hv retire HOST [--reason "…"] [--ticket X] [--plan]'],
])('An empty %s is answered with its usage', (verb, usage) => {
  expect(refusalOf(verb, '/hv').expected).toBe(usage);
});

test.each([
  ['retire a --force', '--reason "…", --ticket X, --plan'],
  ['retire a b', '--reason "…", --ticket X, --plan; a reason of several words stands in quotes'],
  ['onboard a b', 'one “like HOST”, then options; a reason of several words stands in quotes'],
  ['onboard like', 'a host such as hyper-v01; one that is called like stands in quotes'],
])('The refusal of “%s” says what could stand there', (text, expected) => {
  expect(refusalOf(text, '/hv').expected).toBe(expected);
});
