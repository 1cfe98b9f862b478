import { deriveAgain } from './pair-planning';
import { after, ask, decide, decided, domain, fresh } from './decided';
import { askFor, guidOf, hostOf, lookUp, withHost } from './practice-domain';
import type { GuardInput } from '../../../src/core/delegation/guards/guard';

const renamed = { name: 'hyper-v02b', samAccountName: 'hyper-v02b$' };

const overtaken: readonly [title: string, input: GuardInput, sentence: string][] = [
  [
    'somebody added a value',
    fresh('hyper-v01', { allowedToDelegateTo: ['cifs/ghost99', 'cifs/hyper-v04'] }),
    'cifs/hyper-v04 was added to hyper-v01 since the plan was made.',
  ],
  [
    'somebody added values after our write',
    fresh('hyper-v01', { allowedToDelegateTo: [...after, 'X/a', 'X/b'] }),
    'X/a and X/b were added to hyper-v01 since the plan was made.',
  ],
  [
    'somebody added a part of what was asked for',
    fresh('hyper-v01', { allowedToDelegateTo: ['cifs/ghost99', 'cifs/hyper-v02'] }),
    'cifs/hyper-v02 was added to hyper-v01 since the plan was made.',
  ],
  [
    'somebody removed a value',
    fresh('hyper-v01', { allowedToDelegateTo: [] }),
    'cifs/ghost99 was removed from hyper-v01 since the plan was made.',
  ],
  [
    'a value is spelled otherwise',
    fresh('hyper-v01', { allowedToDelegateTo: ['CIFS/ghost99'] }),
    'Values of hyper-v01 were written in another spelling since the plan was made.',
  ],
  [
    'the any-protocol bit went',
    fresh('hyper-v01', { userAccountControl: 0x1000 }),
    '“Use any authentication protocol” was switched off for hyper-v01 since the plan was made.',
  ],
  [
    'the source was moved',
    fresh('hyper-v01', { dn: 'CN=hyper-v01,OU=Rack 2,OU=Hyper-V,DC=mabofeng,DC=com' }),
    'hyper-v01 was moved from CN=hyper-v01,OU=Hyper-V,DC=mabofeng,DC=com to CN=hyper-v01,OU=Rack 2,OU=Hyper-V,DC=mabofeng,DC=com since the plan was made.',
  ],
  [
    'the source was created again',
    fresh('hyper-v01', { guid: guidOf(77) }),
    'hyper-v01 was deleted and created again since the plan was made.',
  ],
  [
    'the destination was created again',
    fresh('hyper-v02', { guid: guidOf(77) }),
    'hyper-v02 was deleted and created again since the plan was made.',
  ],
  [
    'the destination registered cifs by its own text',
    fresh('hyper-v02', { spns: [...hostOf(domain, 'hyper-v02').spns, 'cifs/hyper-v02'] }),
    'cifs/hyper-v02 was registered on hyper-v02 by its own text since the plan was made.',
  ],
  [
    'the destination has another dNSHostName',
    fresh('hyper-v02', {
      dnsHostName: 'hyper-v02.site.mabofeng.com',
      spns: hostOf(domain, 'hyper-v02').spns.flatMap((spn) => [spn, spn.replace('.mabo', '.site.mabo')]),
    }),
    'hyper-v02 got another dNSHostName since the plan was made.',
  ],
  [
    'another object took an SPN',
    fresh('oldbox', { spns: ['cifs/hyper-v02'] }),
    'cifs/hyper-v02 belongs to oldbox (CN=oldbox,CN=Computers,DC=mabofeng,DC=com) and not to hyper-v02, so that the power would reach oldbox.',
  ],
  [
    'a host was disabled',
    fresh('hyper-v02', { userAccountControl: 0x100_1002 }),
    'The account of hyper-v02 is disabled.',
  ],
  ['the destination was renamed', fresh('hyper-v02', renamed), 'The directory has no computer “hyper-v02”.'],
  [
    'a host became Tier 0 by configuration, after our write too',
    {
      ...fresh('hyper-v01', { allowedToDelegateTo: after }),
      tier0: { hosts: ['hyper-v02'], groups: [] },
    },
    'hyper-v02 belongs to Tier 0: handover.yaml names it in tier0.hosts (hyper-v02).',
  ],
];

describe('a decided part that the directory has overtaken', () => {
  it.each(overtaken)('is stale and says so when %s', (_, input, sentence) => {
    expect(deriveAgain(input, decided)).toEqual({ kind: 'stale', sentence });
  });

  it('tells all that has changed', () => {
    const input = fresh('hyper-v01', { userAccountControl: 0x1000, allowedToDelegateTo: ['X/y'] });
    expect(deriveAgain(input, decided)).toEqual({
      kind: 'stale',
      sentence:
        'X/y was added to hyper-v01 since the plan was made. cifs/ghost99 was removed from hyper-v01 since the plan was made. “Use any authentication protocol” was switched off for hyper-v01 since the plan was made.',
    });
  });

  it('tells that an SPN lost its own registration', () => {
    const own = withHost(domain, 'hyper-v02', {
      spns: [...hostOf(domain, 'hyper-v02').spns, 'cifs/hyper-v02'],
    });
    expect(deriveAgain(lookUp(domain, ask), decide(lookUp(own, ask)))).toEqual({
      kind: 'stale',
      sentence:
        'cifs/hyper-v02 was removed from hyper-v02 since the plan was made. Only HOST stands for it now.',
    });
  });

  it('tells of hosts that were renamed when they are asked for by their DNS names', () => {
    const byDns = askFor('hyper-v01.mabofeng.com', 'hyper-v02.mabofeng.com');
    const part = decide(lookUp(domain, byDns));
    const bothRenamed = lookUp(
      withHost(withHost(domain, 'hyper-v01', { name: 'hyper-v01b' }), 'hyper-v02', {
        ...renamed,
        spns: hostOf(domain, 'hyper-v02').spns.flatMap((spn) => [spn, `${spn}b`]),
      }),
      byDns,
    );
    // The short names that were decided are no longer the destination's: nobody can tell them from invented ones.
    expect(deriveAgain(bothRenamed, part).kind).toBe('altered');
    const oneRenamed = lookUp(withHost(domain, 'hyper-v01', { name: 'hyper-v01b' }), byDns);
    expect(deriveAgain(oneRenamed, part)).toEqual({
      kind: 'stale',
      sentence: 'hyper-v01 was renamed to hyper-v01b since the plan was made.',
    });
  });
});
