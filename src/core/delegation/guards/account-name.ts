import { nameChar } from '../../commands/typed-text';
import type { ComputerObject } from '../observation';
import { ok, refuse, type Finding, type Guard, type Side } from './guard';
import { isPlainAccount, memberBelowTierZero } from './reach';

const PLAIN = 'Live migration needs a host name of at most 15 letters, digits and hyphens.';

/**
 * The account is called as a computer's is: a plain host name and `$`. The directory finds look-alikes by the name of a
 * host, and a name by DN, DNS name or GUID says nothing about the account, by which the KDC goes.
 */
export function isPlainlyNamed(side: Side): Guard {
  return {
    name: `${side}.account-name`,
    about: side,
    check(input) {
      const object = memberBelowTierZero(input, side);
      if (!object) return null;
      return isPlainAccount(object.samAccountName)
        ? ok(`The account ${object.samAccountName} has a plain host name.`)
        : refuseName(object);
    },
  };
}

function refuseName({ dn, samAccountName }: ComputerObject): Finding {
  const account = `The account of ${dn} is called “${samAccountName}”`;
  const name = samAccountName.replace(/\$$/, '');
  const odd = /[^A-Za-z0-9-]/u.exec(name)?.[0];
  if (odd !== undefined) {
    const looks = odd > '~' ? ', which may look like an ASCII letter, digit or hyphen but is none' : '';
    const deceit = odd > '~' ? 'Look at that object: its name may be meant to deceive. ' : '';
    return refuse(`${account}, with ${nameChar(odd)} in it${looks}.`, `${deceit}${PLAIN}`);
  }
  if (name === samAccountName) {
    return refuse(
      `${account}, without the $ that ends the name of a computer’s account.`,
      'Find out who gave it that name: without the $ a computer can pass for another account (CVE-2021-42278).',
    );
  }
  return refuse(`${account}, which is no plain host name.`, PLAIN);
}
