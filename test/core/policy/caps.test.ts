import { NO_HOSTS } from '../../../src/core/delegation/plan';
import { refuseCaps, refuseTooMany } from '../../../src/core/policy/caps';
import { onePart } from '../../support/request-record';

const [change] = onePart.changes;
if (change?.attribute !== 'msDS-AllowedToDelegateTo') throw new Error('no list');
const three = { ...change, before: ['cifs/a', 'cifs/b'] };
const two = [three, { ...three, guid: 'other' }];
const part = (changes: typeof two) => ({ ...onePart, changes });
const removal = { ...three, kind: 'delegation-remove' as const, add: [], remove: ['cifs/a'] };

describe('caps', () => {
  it.each([
    [{ valuesPerHost: 3 }, [three], null],
    [{ valuesPerHost: 2 }, [three], 'cap.values'],
    [{ hostsPerRequest: 2 }, two, null],
    [{ hostsPerRequest: 1 }, two, 'cap.hosts'],
    // Taking power away is never too much.
    [{ hostsPerRequest: 1, valuesPerHost: 1 }, [removal, { ...removal, guid: 'other' }], null],
    [undefined, two, null],
  ])('%j of a plan', (caps, changes, code) => {
    expect(
      refuseCaps(caps ? { caps } : {}, { directory: part(changes), hosts: NO_HOSTS })?.code ?? null,
    ).toBe(code);
  });

  it.each([
    [{ preparedPerRequest: 2 }, null],
    [{ preparedPerRequest: 1 }, 'cap.prepared'],
    [{ hostsPerRequest: 1 }, null],
  ])('%j of a plan that sets two hosts', (caps, code) => {
    const set = { by: 'worker' as const, before: { most: 2 }, after: { most: 4 } };
    const settings = ['hyper-v01', 'hyper-v02'].map((host) => ({ host, ...set }));
    const plan = { directory: part([]), hosts: { settings, envelope: null } };
    expect(refuseCaps({ caps }, plan)?.code ?? null).toBe(code);
  });

  it.each([
    [{ movedPerRequest: 2 }, null],
    [{ movedPerRequest: 1 }, 'cap.moved'],
    [{ preparedPerRequest: 1 }, null],
  ])('%j of a plan that moves two machines', (caps, code) => {
    const machine = { name: 'web-01', from: 'hyper-v01', storage: null };
    const machines = ['a', 'b'].map((id) => ({ id, ...machine }));
    const envelope = { machines, destinations: ['hyper-v02'] };
    const plan = { directory: part([]), hosts: { settings: [], envelope } };
    expect(refuseCaps({ caps }, plan)?.code ?? null).toBe(code);
  });

  it.each([
    [{ openPerPerson: 2 }, { open: 1, lately: 9 }, null],
    [{ openPerPerson: 2 }, { open: 2, lately: 0 }, 'cap.open'],
    [{ requestsPerHour: 2 }, { open: 9, lately: 2 }, null],
    [{ requestsPerHour: 2 }, { open: 0, lately: 3 }, 'cap.hour'],
    [{ movingPerPerson: 4 }, { open: 0, lately: 0, moving: 3 }, null],
    [{ movingPerPerson: 4 }, { open: 0, lately: 0, moving: 4 }, 'cap.moving'],
    [{}, { open: 999, lately: 999, moving: 999 }, null],
  ])('%j of a person with %j', (caps, asked, code) => {
    expect(refuseTooMany({ caps }, { moving: 0, ...asked })?.code ?? null).toBe(code);
  });
});
