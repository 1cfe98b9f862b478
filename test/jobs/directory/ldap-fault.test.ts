import { ConstraintViolationError, NoResultError, StatusCodeParser, UnknownStatusCodeError } from 'ldapts';

import { connectFault, readFault, writeFault } from '../../../src/jobs/directory/ldap-fault';

const dn = 'CN=hv01\\, old,OU=Hyper-V,DC=mabofeng,DC=com';
const list = { server: 'dc1', dn, attribute: 'msDS-AllowedToDelegateTo' } as const;
const answered = (status: number): Error =>
  StatusCodeParser.parse({ status, errorMessage: 'x' } as Parameters<typeof StatusCodeParser.parse>[0]);

describe('a result code', () => {
  it.each([
    [1, 'later', 'directory.busy'],
    [3, 'later', 'directory.busy'],
    [11, 'later', 'directory.busy'],
    [51, 'later', 'directory.busy'],
    [52, 'later', 'directory.busy'],
    [80, 'later', 'directory.busy'],
    [8, 'never', 'directory.refused'],
    [10, 'never', 'directory.referral'],
    [12, 'never', 'directory.refused'],
    [19, 'never', 'directory.refused'],
    [32, 'never', 'directory.base-missing'],
    [49, 'never', 'directory.credentials'],
    [50, 'never', 'directory.access'],
    [53, 'never', 'directory.refused'],
    [123, 'never', 'directory.refused'],
  ])(
    '%i is a matter of %s: %s, for reading and writing, since an answer means that nothing was written',
    (status, retry, code) => {
      const fault = readFault('dc1', answered(status));
      expect(fault).toMatchObject({ retry, code });
      expect(fault.cause).toBeInstanceOf(Error);
      expect(fault.message).toContain('dc1');
      expect(fault.remedy === '').toBe(retry === 'later');
      expect(writeFault(list, answered(status))).toMatchObject({ retry, code });
    },
  );

  it.each(['msDS-AllowedToDelegateTo', 'userAccountControl'] as const)(
    '50 of a write of %s names both rights and the container, not the host',
    (attribute) => {
      const { message, remedy } = writeFault({ ...list, attribute }, answered(50));
      expect(message).toContain(`write ${attribute} of ${dn}`);
      expect(remedy).toContain(
        `“Write ${attribute}” on computer objects below OU=Hyper-V,DC=mabofeng,DC=com`,
      );
      expect(remedy).toContain('SeEnableDelegationPrivilege) on dc1');
      expect(remedy).not.toContain('hv01');
      // The dangerous right is named as one, with the way to do without.
      expect(remedy.includes('trust them without limits')).toBe(attribute === 'userAccountControl');
      expect(remedy.includes('modes.trust-mode')).toBe(attribute === 'userAccountControl');
    },
  );
});

describe('no answer', () => {
  it.each([new Error('Connection closed'), new NoResultError()])(
    'is later for reading and unknown for writing (%p)',
    (error) => {
      expect(readFault('dc1', error)).toMatchObject({ retry: 'later', code: 'directory.unreachable' });
      expect(writeFault(list, error)).toMatchObject({
        retry: 'unknown',
        code: 'directory.answer-lost',
      });
    },
  );

  it('is known by class and number, never by text', () => {
    expect(readFault('dc1', new ConstraintViolationError('busy'))).toMatchObject({ retry: 'never' });
    expect(readFault('dc1', new UnknownStatusCodeError(51, 'refused'))).toMatchObject({ retry: 'later' });
    expect(readFault('dc1', Object.assign(new Error('x'), { code: 49 }))).toMatchObject({ retry: 'later' });
  });
});

describe('no connection', () => {
  it.each([
    ['ECONNREFUSED', 'later'],
    ['ECONNRESET', 'later'],
    ['ETIMEDOUT', 'later'],
    ['ENOTFOUND', 'later'],
    ['EAI_AGAIN', 'later'],
    ['ABORT_ERR', 'later'],
    [undefined, 'later'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'never'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'never'],
    ['CERT_HAS_EXPIRED', 'never'],
    ['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'never'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'never'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'never'],
  ])('by %s is a matter of %s', (code, retry) => {
    const fault = connectFault('dc1', Object.assign(new Error('x'), code === undefined ? {} : { code }));
    expect(fault.retry).toBe(retry);
    expect(fault.code).toBe(retry === 'never' ? 'directory.tls' : 'directory.unreachable');
  });
});
