import { containers } from '../../../../lab/directory/names';
import type { GuardInput } from '../../../../src/core/delegation/guards/guard';
import { shortName } from '../../../../src/jobs/directory/computer-entry';
import { askFor, lookUp, withHost } from '../practice-domain';
import { domain, type Row } from './row';

const dn = (name: string): string => `CN=${name},${containers.hyperV}`;

/** A host that is asked for by its distinguished name, so that its account may have any. */
function called(host: 'hyper-v01' | 'hyper-v02', samAccountName: string): GuardInput {
  const account = { samAccountName, name: shortName(samAccountName) };
  return lookUp(withHost(domain, host, account), askFor(dn('hyper-v01'), dn('hyper-v02')));
}

const PLAIN = 'Live migration needs a host name of at most 15 letters, digits and hyphens.';
const DECEIT = `Look at that object: its name may be meant to deceive. ${PLAIN}`;
const looks = 'in it, which may look like an ASCII letter, digit or hyphen but is none.';

export const accountNameRows: readonly Row[] = [
  ['a Cyrillic letter', 'h\u0443per-v01$', `with “\u0443” (U+0443) ${looks}`, DECEIT],
  ['a full-width letter', '\uFF48yper-v01$', `with “\uFF48” (U+FF48) ${looks}`, DECEIT],
  ['a Kelvin sign, which folds to k', 'hyper-\u212A$', `with “\u212A” (U+212A) ${looks}`, DECEIT],
  ['a long s, which folds to s', 'ho\u017Ft$', `with “\u017F” (U+017F) ${looks}`, DECEIT],
  ['a letter beyond the first 65,536', 'hyper-\u{1D5CF}01$', `with “\u{1D5CF}” (U+1D5CF) ${looks}`, DECEIT],
  ['a character that nobody sees', 'hyper\u200B-v01$', `with U+200B ${looks}`, DECEIT],
  ['a space', 'hyper v01$', 'with “ ” (U+0020) in it.', PLAIN],
  ['a quotation mark', "x'; Stop-Computer; '$", "with “'” (U+0027) in it.", PLAIN],
  ['a $ in the middle', 'hyper$v01$', 'with “$” (U+0024) in it.', PLAIN],
  ['a line break after its $', 'hyper-v01$\n', 'with “$” (U+0024) in it.', PLAIN],
  ['no $', 'hyper-v01', 'without the $ that ends the name of a computer’s account.', 'CVE-2021-42278'],
  ['sixteen characters', 'hyper-v01-branch$', 'which is no plain host name.', PLAIN],
  ['a hyphen first', '-hyper-v01$', 'which is no plain host name.', PLAIN],
  ['nothing before its $', '$', 'which is no plain host name.', PLAIN],
  ['nothing at all', '', 'without the $ that ends', 'CVE-2021-42278'],
].flatMap(([what = '', account = '', says = '', remedy = '']) =>
  (['hyper-v01', 'hyper-v02'] as const).map((host) => ({
    title: `an account name with ${what}, of ${host}`,
    input: called(host, account),
    checks: [`${host === 'hyper-v01' ? 'source' : 'destination'}.account-name`],
    sentence: `The account of ${dn(host)} is called “${account}”, ${says}`,
    remedy,
  })),
);
