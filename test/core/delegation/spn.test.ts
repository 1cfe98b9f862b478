import { hostLabelOf, isAllowedClass, serviceOf, spnsFor, splitSpn } from '../../../src/core/delegation/spn';
import type { Service } from '../../../src/core/commands/ask';

const host = { name: 'hyper-v02', dnsHostName: 'Hyper-V02.Mabofeng.com' };

describe('service principal names', () => {
  it('are four for a pair, in canonical order and lower case', () => {
    expect(spnsFor(host, ['migration', 'cifs'])).toEqual([
      'cifs/hyper-v02',
      'cifs/hyper-v02.mabofeng.com',
      'Microsoft Virtual System Migration Service/hyper-v02',
      'Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com',
    ]);
  });

  it('are two for one service, and the short one alone without a dNSHostName', () => {
    expect(spnsFor(host, ['cifs'])).toEqual(['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com']);
    expect(spnsFor({ ...host, dnsHostName: null }, ['cifs'])).toEqual(['cifs/hyper-v02']);
  });

  it('are none for a service outside the table', () => {
    expect(spnsFor(host, ['ldap', 'constructor', 'CIFS'] as unknown as Service[])).toEqual([]);
  });

  it.each([
    ['cifs', true],
    ['CIFS', true],
    ['microsoft virtual system migration service', true],
    ['Microsoft Virtual System Migration ServiceType', false],
    ['ldap', false],
    ['HOST', false],
    ['cifs ', false],
    ['', false],
  ])('allow the class “%s”: %s', (serviceClass, isAllowed) => {
    expect(isAllowedClass(serviceClass)).toBe(isAllowed);
  });

  it('split at the first slash', () => {
    expect(splitSpn('cifs/a/b:445')).toEqual({ serviceClass: 'cifs', host: 'a/b:445' });
    expect(splitSpn('cifs')).toBeNull();
  });

  it.each([
    ['cifs/hyper-v02', 'hyper-v02'],
    ['CIFS/Hyper-V02.Mabofeng.com', 'hyper-v02'],
    ['cifs/hyper-v02:445', 'hyper-v02'],
    ['HTTP/hyper-v02.mabofeng.com:8080/site.one', 'hyper-v02'],
    ['ldap/dc1.mabofeng.com/mabofeng.com', 'dc1'],
    ['Microsoft Virtual System Migration Service/hyper-v02', 'hyper-v02'],
    ['no slash.at all', 'no slash'],
    ['cifs/', ''],
    ['', ''],
  ])('have a host: that of “%s” is “%s”', (spn, host) => {
    expect(hostLabelOf(spn)).toBe(host);
  });

  it.each([
    ['cifs/hyper-v02', 'cifs'],
    ['CIFS/hyper-v02:445', 'cifs'],
    ['MICROSOFT VIRTUAL SYSTEM MIGRATION SERVICE/x', 'migration'],
    ['cifsx/hyper-v02', null],
    ['HOST/hyper-v02', null],
    ['cifs', null],
    ['', null],
  ])('are of a service: “%s” of %s', (spn, service) => {
    expect(serviceOf(spn)).toBe(service);
  });
});
