import { isChange, type Ask } from '../../../src/core/commands/ask';
import { helpFor, inShort } from '../../../src/core/commands/help';
import { printAsk } from '../../../src/core/commands/print';
import { aliasOf, findVerb, usageOf, VERBS } from '../../../src/core/commands/verbs';
import { touchesAsked } from '../../../src/core/policy/touches';
import { askOf } from './refusal-of';
import { short } from './terms';

test.each(VERBS)(
  'The example of $verb is understood by all who know the verb',
  ({ verb, slash, example, summary }) => {
    const ask = askOf(`${verb} ${example}`, '/hv');
    expect(ask.verb).toBe(verb);
    expect(slash === null ? ask : askOf(example, slash)).toEqual(ask);
    expect(summary).toMatch(/^[A-Z].+\.$/);
  },
);

test('Only delegate and undelegate have a slash command of their own', () => {
  expect(VERBS.flatMap(({ slash }) => slash ?? [])).toEqual(['/delegate', '/undelegate', '/drain']);
});

test('A verb is found by its name and by its slash command, in any case', () => {
  expect(findVerb('Delegate')).toBe(findVerb('/delegate'));
  expect(findVerb('fly')).toBeNull();
});

test('Usage names the slash command that a verb has', () => {
  expect(VERBS.map(usageOf)).toEqual([
    '/delegate HOSTS -> HOSTS [SERVICES] [--both] [--protocol any|kerberos] [--for 8h] [--reason "…"] [--ticket X] [--plan]',
    '/undelegate HOSTS -> HOSTS [SERVICES|all] [--both] [--reason "…"] [--ticket X] [--plan]',
    '/hv onboard HOST [like HOST] [--reason "…"] [--ticket X] [--plan]',
    '/hv retire HOST [--reason "…"] [--ticket X] [--plan]',
    '/hv delegations [HOST] [--verify] [--raw]',
    '/hv findings',
    '/hv prepare HOSTS [--auth kerberos|credssp] [--networks 10.0.5.0/24,…|any] [--max 2] [--reason "…"] [--ticket X] [--plan]',
    '/hv migrate MACHINES -> HOST [--storage-only "PATH"] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    '/drain HOSTS [to HOSTS] [--max 2] [--return|--rolling] [--make-room] [--no-storage] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    '/hv choose REQUEST MACHINE eject|shut-down|save|leave',
    '/hv return HOST [--max 2] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    '/hv rebalance [HOSTS] [--max 2] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    '/hv hosts [HOST] [--full]',
    '/hv why HOST -> HOST [MACHINE] | ERROR',
    '/hv requests [mine|waiting|running|review]',
    '/hv show REQUEST',
    '/hv audit REQUEST',
    '/hv undo REQUEST [--reason "…"] [--ticket X] [--plan]',
    '/hv extend REQUEST DURATION',
    '/hv cordon HOST "WHY"',
    '/hv uncordon HOST ["WHY"]',
    '/hv freeze "WHY"',
    '/hv unfreeze "WHY"',
    '/hv help [VERB]',
  ]);
});

test.each([
  [
    'Hyper-V01 to HYPER-V02 lm,smb --ticket CHG-1 --plan --reason ‘it&amp;s "time"’',
    'delegate hyper-v01 -> hyper-v02 cifs,migration --reason "it&s ""time""" --ticket CHG-1 --plan',
  ],
  ['hyper-v01 -> hyper-v02', 'delegate hyper-v01 -> hyper-v02 cifs,migration'],
  ['CN=A,OU=b c,DC=x→b.', 'delegate "CN=A,OU=b c,DC=x" -> b cifs,migration'],
  ['a->b smb --reason "&amp;lt;"', 'delegate a -> b cifs --reason "&amp;lt;"'],
  ['"-a"->b smb --ticket=-1', 'delegate "-a" -> b cifs --ticket "-1"'],
  ['A, HV[01-12]-x,ALL<=>"CN=c,DC=x" lm', 'delegate a,hv[01-12]-x,all <-> "CN=c,DC=x" migration'],
  ['a -> b, c --both', 'delegate a <-> b,c cifs,migration'],
  ['MESH a,"all",b smb', 'delegate mesh a,"all",b cifs'],
  ['"mesh",a -> \'all\',"cifs"', 'delegate "mesh",a -> "all","cifs" cifs,migration'],
  [
    'a -> b —For=36H --protocol=ANY --plan --ticket X lm',
    'delegate a -> b migration --protocol any --for 1d12h --ticket X --plan',
  ],
  ['a -> b --for 90m', 'delegate a -> b cifs,migration --for 1h30m'],
  ['"-[1-2]" -> "hv[1-2]"', 'delegate "-[1-2]" -> hv[1-2] cifs,migration'],
])('The canonical text of “%s” is fixed', (typed, canonical) => {
  expect(printAsk(askOf(typed))).toBe(canonical);
});

test.each([
  ['a -> b', 'undelegate a -> b all'],
  ['A, B ↔ C lm, smb --plan', 'undelegate a,b <-> c cifs,migration --plan'],
  ['a -> ALL', 'undelegate a -> all all'],
  ['mesh a[1-3] All', 'undelegate mesh a[1-3] all'],
])('The canonical text of /undelegate “%s” is fixed', (typed, canonical) => {
  expect(printAsk(askOf(typed, '/undelegate'))).toBe(canonical);
});

test.each([
  ['Cordon HYPER-V01.example.com “New memory”', 'cordon hyper-v01 "New memory"'],
  ['maintenance on hyper-v01 New memory ', 'cordon hyper-v01 "New memory"'],
  ['maintenance OFF hyper-v01', 'uncordon hyper-v01'],
  ['choose r-1042 “SQL (old)” Shut-Down', 'choose R-1042 "SQL (old)" shut-down'],
  ['uncordon hyper-v01 it is in', 'uncordon hyper-v01 "it is in"'],
  ['freeze “Storage ‘A’ is  failing”', 'freeze "Storage \'A\' is  failing"'],
  ['Unfreeze it is "well" again ', 'unfreeze "it is ""well"" again"'],
  ['Onboard HYPER-V05', 'onboard hyper-v05'],
  ['onboard a --plan Like B.corp.com. --reason x', 'onboard a like b.corp.com --reason "x" --plan'],
  ['onboard "LIKE" like "all"', 'onboard "like" like "all"'],
  ['onboard CN=A,OU=b c,DC=x like “CN=d,DC=x”', 'onboard "CN=A,OU=b c,DC=x" like "CN=d,DC=x"'],
  ['retire “like” --ticket=-1', 'retire "like" --ticket "-1"'],
  ['retire "-a" —plan', 'retire "-a" --plan'],
  ['undo r-1042 --plan --reason “as before”', 'undo R-1042 --reason "as before" --plan'],
  ['extend r-1042 --for=90m', 'extend R-1042 1h30m'],
  ['requests MINE', 'requests mine'],
  ['requests', 'requests'],
])('The canonical text of “%s” is fixed', (typed, canonical) => {
  expect(printAsk(askOf(typed, '/hv'))).toBe(canonical);
});

const byGuid = { kind: 'guid', text: '6f9619ff-8b86-d011-b42d-00c04fc964ff' } as const;
const saying = { reason: null, ticket: null, planOnly: false };
const pairs = {
  verb: 'undelegate',
  sources: [short('a')],
  destinations: [short('b')],
  way: 'one-way',
  services: 'all',
  ...saying,
} as const;

test.each<[string, Ask]>([
  ['retire', { verb: 'retire', host: byGuid, ...saying }],
  ['onboard', { verb: 'onboard', host: byGuid, like: null, ...saying }],
  ['like', { verb: 'onboard', host: { kind: 'short', text: 'a' }, like: byGuid, ...saying }],
  ['delegations', { verb: 'delegations', host: byGuid, verify: false, raw: false }],
  ['sources', { ...pairs, sources: [{ kind: 'host', host: byGuid }] }],
  ['destinations', { ...pairs, destinations: [short('b'), { kind: 'host', host: byGuid }] }],
])('A host that is named by its GUID is never printed: %s', (_where, ask) => {
  expect(() => printAsk(ask)).toThrow('invariant broken');
});

test('Help about everything names every verb in order and fits into one message', () => {
  const help = helpFor(null);
  const places = VERBS.map((entry) => help.indexOf(`\`${inShort(entry)}\``));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  // Slack shows 4,000 characters of a message's text.
  expect(help.length).toBeLessThan(3_800);
});

test.each(VERBS)('Help about $verb shows its usage and an example without loose spaces', (entry) => {
  const help = helpFor(entry.verb);
  expect(help).toContain(`\`${usageOf(entry)}\``);
  expect(help).toContain(`${entry.verb} ${entry.example}`.trim());
  expect(help).not.toMatch(/ `(\n|$)/);
});

test('Help names what a person may not use, and does not explain it', () => {
  const mayUse = ({ verb }: { verb: string }) => verb !== 'retire';
  expect(helpFor(null, mayUse)).not.toContain('/hv retire HOST');
  expect(helpFor(null, mayUse)).toContain('Not yours to use, by handover.yaml: retire.');
  expect(helpFor(null)).not.toContain('Not yours');
  expect(helpFor('retire', mayUse)).toContain(
    'You may not use it: handover.yaml names who may (delegation-remove).',
  );
  expect(helpFor('show', mayUse)).not.toContain('You may not');
});

test.each(VERBS)('What $verb needs is part of what its example asks for', ({ verb, example, needs }) => {
  const ask = askOf(`${verb} ${example}`, '/hv');
  expect(isChange(ask) ? [...new Set(touchesAsked(ask).map(({ kind }) => kind))] : needs).toEqual(needs);
});

test.each(VERBS)('The alias of $verb is the same as /hv $verb', (entry) => {
  expect(askOf(entry.example, aliasOf(entry))).toEqual(askOf(`${entry.verb} ${entry.example}`, '/hv'));
});
