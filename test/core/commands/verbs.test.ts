import { printAsk } from '../../../src/core/commands/print';
import { findVerb, usageOf, VERBS } from '../../../src/core/commands/verbs';
import { askOf } from './refusal-of';

test.each(VERBS)(
  'The example of $verb is understood by all who know the verb',
  ({ verb, slash, example, summary }) => {
    const ask = askOf(`${verb} ${example}`, '/hv');
    expect(ask.verb).toBe(verb);
    expect(slash === null ? ask : askOf(example, slash)).toEqual(ask);
    expect(summary).toMatch(/^[A-Z].+\.$/);
  },
);

test('A verb is found by its name and by its slash command, in any case', () => {
  expect(findVerb('Delegate')).toBe(findVerb('/delegate'));
  expect(findVerb('fly')).toBeNull();
});

test('Usage names the slash command that a verb has', () => {
  expect(VERBS.map(usageOf)).toEqual([
    '/delegate HOSTS -> HOSTS [SERVICES] [--both] [--reason "…"] [--ticket X] [--plan]',
    '/undelegate HOSTS -> HOSTS [SERVICES|all] [--both] [--reason "…"] [--ticket X] [--plan]',
    '/hv delegations [HOST] [--verify] [--raw]',
    '/hv findings',
    '/hv show REQUEST',
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
