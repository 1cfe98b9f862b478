import { ResultCodeError } from 'ldapts';

import type { Modification } from '../../core/ports';
import { Fault } from '../../core/problem';

/** Result codes (RFC 4511 4.1.9, appendix A) after which the same call may work: operationsError, timeLimitExceeded, adminLimitExceeded, busy, unavailable, other. */
const PASSING = [1, 3, 11, 51, 52, 80];

/** ldapts' own code for "no message came": not a word of the server's. */
const NO_RESULT = 248;

const WORDS: Record<number, { code: string; says: string; remedy: string }> = {
  10: {
    code: 'directory.referral',
    says: 'does not hold this part of the directory, or not for writing',
    remedy:
      'Check directory.baseDn, and that the first of directory.servers is a writable domain controller.',
  },
  32: {
    code: 'directory.base-missing',
    says: 'has no object of the name that was searched below',
    remedy: 'Check directory.baseDn in handover.yaml.',
  },
  49: {
    code: 'directory.credentials',
    says: 'refused the account that Handover binds with',
    remedy:
      'Check directory.bindDn and the password in directory.passwordFile; the account may also be locked, disabled or expired. Then restart the worker.',
  },
  50: {
    code: 'directory.access',
    says: 'refused Handover’s account the access',
    remedy: 'Grant the account that directory.bindDn names the right to read this part of the directory.',
  },
};

/** The answer of the server when the error is one: a number of RFC 4511; null when none came. */
export function resultCode(error: unknown): number | null {
  return error instanceof ResultCodeError && error.code !== NO_RESULT ? error.code : null;
}

/** Any operation without effect: bind and search. Nothing was written, so it is later or never. */
export function readFault(server: string, error: unknown): Fault {
  const result = resultCode(error);
  if (result === null) return lostConnection(server, error);
  if (PASSING.includes(result)) return busy(server, error);
  const words = WORDS[result] ?? {
    code: 'directory.refused',
    says: 'refused an operation',
    remedy: 'Look up the result code in the log of the domain controller.',
  };
  const message = `${server} ${words.says} (LDAP result ${result}).`;
  return new Fault({ code: words.code, retry: 'never', message, remedy: words.remedy }, { cause: error });
}

/** sizeLimitExceeded: the server has found more than it gives in one answer (MaxPageSize of Active Directory). */
const TOO_MANY = 4;

/** Whether a search failed because one answer cannot hold all that it has found. */
export function isTooMany(error: unknown): boolean {
  return error instanceof Fault && resultCode(error.cause) === TOO_MANY;
}

/** What a modify was about: the attribute, and the object by the name that people know. */
export type Written = Pick<Modification, 'dn' | 'attribute'>;

/**
 * A modify that did not succeed. A result code is an answer, and a modify is carried out whole or not at all (RFC 4511
 * 4.6): nothing was written. Without an answer nobody knows.
 */
export function writeFault(place: Written & { server: string }, error: unknown): Fault {
  const { server, dn, attribute } = place;
  const result = resultCode(error);
  if (result === null) return lostAnswer(server, error);
  if (result !== 50) return readFault(server, error);
  // MS-ADTS 3.1.1.5.3.1.1: both attributes take the right to write them, and the privilege.
  return new Fault(
    {
      code: 'directory.access',
      retry: 'never',
      message: `${server} refused Handover’s account to write ${attribute} of ${dn} (LDAP result 50).`,
      remedy:
        `Grant it “Write ${attribute}” on computer objects below ${containerOf(dn)}, and the user right ` +
        `“Enable computer and user accounts to be trusted for delegation” (SeEnableDelegationPrivilege) on ${server}.` +
        BEYOND[attribute],
    },
    { cause: error },
  );
}

/** What a right allows beyond what it is granted for. */
const BEYOND: Record<Modification['attribute'], string> = {
  'msDS-AllowedToDelegateTo': '',
  userAccountControl:
    ' Who may write userAccountControl can also disable these hosts and trust them without limits: to leave it to people, ' +
    'set modes.trust-mode to advise in handover.yaml.',
};

/** No connection came about. Certificates and TLS versions need a person; everything else on the way may pass. */
export function connectFault(server: string, error: unknown): Fault {
  const { code = '' } = error as NodeJS.ErrnoException;
  // System errors are called E… (ECONNREFUSED, EAI_AGAIN); Node's own ERR_…, and failed checks of a certificate by what failed.
  // Given up by ourselves: ABORT_ERR.
  if (code === '' || code === 'ABORT_ERR' || /^E(?!RR)/.test(code)) return unreachable(server, error);
  return new Fault(
    {
      code: 'directory.tls',
      retry: 'never',
      message: `The TLS connection to ${server} was refused because of its certificate or protocol (${code}).`,
      remedy:
        'Check url and tlsName of this server and the CA in directory.caFile. The check cannot be switched off.',
    },
    { cause: error },
  );
}

/** The server cannot be reached right now. */
export function unreachable(server: string, cause?: unknown): Fault {
  const message = `${server} cannot be reached.`;
  return new Fault({ code: 'directory.unreachable', retry: 'later', message }, { cause });
}

/** A modify was sent and no answer came. */
export function lostAnswer(server: string, cause?: unknown): Fault {
  const message = `${server} did not answer a change: it may have been written, and only reading tells.`;
  return new Fault({ code: 'directory.answer-lost', retry: 'unknown', message }, { cause });
}

/** No answer in time to something that changes nothing. */
export function noAnswer(server: string, cause?: unknown): Fault {
  const message = `${server} did not answer in time.`;
  return new Fault({ code: 'directory.no-answer', retry: 'later', message }, { cause });
}

const READ_ALL = 'Grant Handover’s account the right to read all properties of computer objects.';

/** An answer came, but it does not hold what has to be known before anything may be decided. */
export function unreadable(dn: string, what: string, remedy = READ_ALL): Fault {
  const message = `${what} of ${dn} cannot be read whole.`;
  return new Fault({ code: 'directory.unreadable', retry: 'never', message, remedy });
}

function lostConnection(server: string, cause: unknown): Fault {
  const message = `The connection to ${server} broke.`;
  return new Fault({ code: 'directory.unreachable', retry: 'later', message }, { cause });
}

function busy(server: string, cause: unknown): Fault {
  return new Fault(
    { code: 'directory.busy', retry: 'later', message: `${server} is too busy to answer.` },
    { cause },
  );
}

/** The name without its leaf: what rights are granted on. */
function containerOf(dn: string): string {
  return dn.replace(/^(?:\\[\s\S]|[^\\,])*,/, '');
}
