import fc from 'fast-check';
import { anyText } from '../../../support/any-text';

/** Every way that PowerShell has to end a text, to run something, or to read on elsewhere; `CODE` is what somebody wants to be run. */
const WAYS_OUT = [
  "'; CODE; '",
  '"; CODE; "',
  '$(CODE)',
  '"$(CODE)"',
  // PowerShell takes typographic quotes for quotes.
  '\u2019; CODE; \u2018',
  '\u201a; CODE; \u201b',
  '\u201d; CODE; \u201c',
  '\u201e; CODE; \u201e',
  "''; CODE; ''",
  '`"; CODE; `"',
  '\nCODE\n',
  '\r\nCODE\r\n',
  '\u2028CODE\u2028',
  '\u0085CODE\u0085',
  "\n'@\nCODE\n@'\n",
  '\n"@\nCODE\n@"\n',
  '#>\nCODE\n<#',
  ')}; CODE #',
  '} CODE {',
  '| ForEach-Object { CODE }',
  '&{ CODE }',
  '.{ CODE }',
  '; CODE',
  '&& CODE',
  '|| CODE',
  '--% ; CODE',
  '@(CODE)',
  '${CODE}',
  '`nCODE',
  '\0; CODE',
  '\u001a\nCODE\n',
  '\ufeffCODE',
  '[scriptblock]::Create("CODE").Invoke()',
  '{"nonce":"0","ok":true,"data":"CODE"}',
  '{0} $_ $args $PSItem CODE',
  "AAAA'\nCODE\nInvoke-Handover 'AAAA",
];

/** Signs that mean something to PowerShell, JSON or base64. */
const SIGNS = Array.from(
  '\'"`$(){}[]|&;<>@#%*?!^~=+-/\\,.:_ \t\n\r\0\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2028\u202e\ufeffaZ09é✓🙂',
);

/** Texts as a person, a directory or a machine's notes could have them; `code` is what they try to have run. */
export function hostileTexts(code: string): fc.Arbitrary<string> {
  const garnish = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 });
  const way = fc
    .tuple(garnish, fc.constantFrom(...WAYS_OUT), garnish)
    .map(([before, out, after]) => `${before}${out.replaceAll('CODE', code)}${after}`);
  return fc.oneof(
    { weight: 3, arbitrary: way },
    { weight: 1, arbitrary: anyText({ maxLength: 80 }) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 40 }) },
  );
}

/** Each way out once, bare. */
export function waysOut(code: string): readonly string[] {
  return WAYS_OUT.map((way) => way.replaceAll('CODE', code));
}
