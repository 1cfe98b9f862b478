import { containers, userDn } from '../../../../lab/directory/names';
import { DELEGATION_ADD_GUARDS, isRefused, runGuards } from '../../../../src/core/delegation/guards/list';
import type { ComputerObject } from '../../../../src/core/delegation/observation';
import { askFor, lookUp, withHost } from '../practice-domain';
import { accountNameRows } from './account-name-rows';
import { accountsRows } from './accounts-rows';
import { groupsRows, ordinaryGroups } from './groups-rows';
import { namesRows } from './names-rows';
import { ownersRows } from './owners-rows';
import { changed, domain, GMSA, ordinary } from './row';
import { trustRows } from './trust-rows';

const rows = [...namesRows, ...accountsRows, ...groupsRows, ...accountNameRows, ...ownersRows, ...trustRows];

describe('the guards of adding a delegation', () => {
  it('all answer ok for two ordinary hosts, each once', () => {
    const verdicts = runGuards(ordinary);
    expect(verdicts.map(({ check }) => check)).toEqual(DELEGATION_ADD_GUARDS.map(({ name }) => name));
    expect(verdicts.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    expect(new Set(verdicts.map(({ check }) => check)).size).toBe(verdicts.length);
  });

  it.each(rows)('speak up about $title, and no other does', ({ input, checks, sentence, remedy }) => {
    const raised = runGuards(input).filter(({ verdict }) => verdict !== 'ok');
    expect(raised.map(({ check }) => check)).toEqual(checks);
    const first = raised.find(({ sentence: found }) => found.includes(sentence));
    expect(first?.sentence).toContain(sentence);
    expect(first?.remedy).toContain(remedy);
  });

  it.each(rows)('say what is so about $title in whole sentences', ({ input }) => {
    for (const { verdict, sentence, remedy } of runGuards(input)) {
      expect(sentence).toMatch(/\.$/);
      expect(remedy).toMatch(verdict === 'ok' ? /^$/ : /[.?]$/);
    }
  });

  it('have a row for each of them', () => {
    const covered = new Set(rows.flatMap(({ checks }) => checks));
    const sideless = (name: string) => name.replace(/^(source|destination)\./, '');
    const known = new Set([...covered].map(sideless));
    expect(DELEGATION_ADD_GUARDS.filter(({ name }) => !known.has(sideless(name)))).toEqual([]);
  });

  it('judge both sides alike', () => {
    for (const [side, host] of [
      ['source', 'hyper-v01'],
      ['destination', 'hyper-v02'],
    ] as const) {
      const refused = (part: Partial<ComputerObject>) =>
        runGuards(changed(host, part))
          .filter(({ verdict }) => verdict === 'refuse')
          .map(({ check }) => check);
      expect(refused({ objectClasses: GMSA })).toEqual([`${side}.computer`]);
      expect(refused({ primaryGroupId: 516 })).toEqual([`${side}.controller`]);
      expect(refused({ adminCount: true })).toEqual([`${side}.tier0`]);
      expect(refused({ userAccountControl: 0x100_1002 })).toEqual([`${side}.enabled`]);
      expect(refused({ dn: 'CN=x,OU=Elsewhere,DC=mabofeng,DC=com' })).toEqual([`${side}.in-bases`]);
    }
  });

  it('all answer at once when several refuse', () => {
    const input = lookUp(domain, askFor('hyper-v-any', 'hyper-v-off'));
    const refused = runGuards({ ...input, searchBases: [] }).filter(({ verdict }) => verdict === 'refuse');
    expect(refused.map(({ check }) => check)).toEqual([
      'destination.enabled',
      'source.in-bases',
      'destination.in-bases',
      'source.unconstrained',
    ]);
  });

  it('make a refusal of a question that nobody answered', () => {
    const silent = { name: 'silent.guard', check: () => null };
    const verdicts = runGuards(ordinary, [...DELEGATION_ADD_GUARDS, silent]);
    expect(isRefused(verdicts)).toBe(true);
    expect(verdicts.at(-1)?.sentence).toContain('silent.guard');
  });

  it('have nothing against what is allowed to the brim, or told twice', () => {
    const { observation } = ordinary;
    const primary = {
      ...changed('hyper-v01', { primaryGroupId: 1512, memberOf: [userDn('Others')], groups: ordinaryGroups }),
      tier0: { hosts: ['hyper-v01.branch.mabofeng.com', 'hyper-v0'], groups: [userDn('Vault Hosts')] },
    };
    const capped = { ...ordinary, caps: { valuesPerHost: 4 } };
    const holders = observation.holders.flatMap((each) => [
      { ...each, spn: each.spn.toUpperCase(), explicit: [...each.explicit, ...each.explicit] },
      each,
    ]);
    const bare = changed('hyper-v01', { userAccountControl: 0x1000 });
    const share = lookUp(
      withHost(domain, 'hyper-v02', { dn: `CN=hyper-v02,${containers.fileServers}` }),
      askFor('hyper-v01', 'hyper-v02', ['cifs']),
    );
    const trusted = [
      { ...bare, trust: 'worker' as const },
      { ...bare, trust: 'hand' as const },
      { ...share, searchBases: [containers.hyperV], fileServerBases: [containers.fileServers] },
    ];
    const told = { ...ordinary, observation: { ...observation, holders } };
    for (const input of [primary, capped, told, ...trusted]) {
      expect(runGuards(input).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    }
  });

  it('put no odd name into a line that people copy', () => {
    const odd = "x'; Stop-Computer; '";
    const account = { name: odd, samAccountName: `${odd}$`, dnsHostName: null };
    const source = withHost(domain, 'hyper-v01', { ...account, userAccountControl: 0x8_1000 });
    const both = withHost(source, 'hyper-v02', { ...account, spns: [] });
    const [from, to] = ['hyper-v01', 'hyper-v02'].map((name) => `CN=${name},${containers.hyperV}`);
    const verdicts = runGuards(lookUp(both, askFor(from ?? '', to ?? '')));
    expect(verdicts.filter(({ verdict }) => verdict !== 'ok').map(({ check }) => check)).toEqual([
      'source.account-name',
      'destination.account-name',
    ]);
    expect(verdicts.map(({ remedy }) => remedy).join()).not.toContain('Stop-Computer');
  });
});
