import { readFileSync } from 'node:fs';

import { claimAddress, type ClaimedAddress } from '../../../lab/addresses';
import { decoys, ghostSpn, practiceHosts } from '../../../lab/directory/accounts';
import { editDelegation } from '../../../lab/directory/delegation';
import { startDomain, type Domain } from '../../../lab/directory/domain';
import { baseDn, containers } from '../../../lab/directory/names';
import { writeOffline } from '../../../lab/directory/provision';
import { findingsOf } from '../../../src/core/findings/find';
import type { Directory } from '../../../src/core/ports';
import { openLdapDirectory } from '../../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { context, surveyPractice, valuesFor } from '../../core/survey/surveyed-domain';
import { scratchDirectory } from '../../support/scratch';

const acting = 'msDS-AllowedToActOnBehalfOfOtherIdentity';

/** A practice domain of its own: other test files work in the shared one, and all of it is surveyed. */
let domain: Domain;
let claim: ClaimedAddress;
const opened: Directory[] = [];

beforeAll(async () => {
  claim = await claimAddress();
  domain = await startDomain({ address: claim.address, directory: await scratchDirectory() });
}, 120_000);
afterAll(async () => {
  for (const directory of opened) await directory.close();
  await domain.stop();
  await claim.release();
});

function open(searchBases: readonly string[] = domain.searchBases): Directory {
  const directory = openLdapDirectory({
    servers: domain.directories,
    ca: readFileSync(domain.caFile, 'utf8'),
    bindDn: domain.service.dn,
    password: domain.service.password,
    baseDn,
    searchBases,
    clock: systemClock,
  });
  opened.push(directory);
  return directory;
}

const said = ({ code, hosts, values, fix }: ReturnType<typeof findingsOf>[number]) => ({
  code,
  hosts,
  values,
  fix: fix.text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'GUID'),
});

describe('a survey of the practice domain on Samba', () => {
  it('has the findings that its decoys are, and no others, with the narrow account', async () => {
    const survey = await open().survey();
    const within = practiceHosts.filter(({ container }) => container !== containers.fileServers);
    expect(survey.objects.map(({ name }) => name).toSorted()).toEqual(
      ['dc1', ...within.map(({ name }) => name)].toSorted(),
    );
    expect(survey.unread).toEqual([]);
    const findings = findingsOf(survey, context);
    expect(findings.map(({ code, hosts }) => [code, hosts])).toEqual([
      ['source.unconstrained', [decoys.unconstrained]],
      ['spn.ghost', [decoys.ghost, 'ghost99']],
      ['spn.taken', [decoys.sharedName, decoys.sharedNameHolder]],
      ['value.not-ours', [decoys.ghost]],
    ]);
    expect(findings.map(said)).toEqual(findingsOf(await surveyPractice(), context).map(said));
  });

  it('finds what delegates, is unconstrained or a domain controller outside of the search bases too', async () => {
    const survey = await open([containers.fileServers]).survey();
    const names = survey.objects.map(({ name }) => name).toSorted();
    expect(names).toEqual(['dc1', 'files01', decoys.ghost, decoys.unconstrained].toSorted());
    const findings = findingsOf(survey, { ...context, searchBases: [containers.fileServers] });
    expect(findings.map(({ code, values, fix }) => [code, values, fix.kind])).toEqual([
      ['source.unconstrained', [], 'by-hand'],
      ['spn.ghost', [ghostSpn], 'by-hand'],
    ]);
  });

  it('reads nested search bases once, and goes on without one that does not exist', async () => {
    const nested = await open([containers.hyperV, baseDn, `OU=Nowhere,${baseDn}`]).survey();
    const all = await open([baseDn]).survey();
    expect(nested.objects).toEqual(all.objects);
    const names = (await open([`OU=Nowhere,${baseDn}`]).survey()).objects.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['dc1', decoys.ghost, decoys.unconstrained].toSorted());
  });

  it('reads who holds a name, wherever that is', async () => {
    const survey = await open([containers.hyperV]).survey();
    const { dn = '' } = survey.objects.find(({ name }) => name === decoys.sharedNameHolder) ?? {};
    expect(dn).toContain(containers.computers);
  });

  it('finds every way in which people get a delegation wrong', async () => {
    await editDelegation(domain, 'hyper-v01', { add: [...valuesFor('hyper-v02'), 'cifs/dc1'] });
    await editDelegation(domain, 'hyper-v02', {
      add: [...valuesFor('hyper-v01', 'short'), 'HTTP/hyper-v01'],
    });
    await editDelegation(domain, 'hyper-v03', { add: valuesFor(decoys.tierZero) });
    await editDelegation(domain, decoys.kerberosOnly, { add: valuesFor('hyper-v03') });
    const findings = findingsOf(await open().survey(), context);
    const added = findings
      .map(said)
      .filter(({ code, hosts }) => code !== 'value.not-ours' && !hosts.includes('ghost99'));
    expect(added.map(({ code, hosts, fix }) => [code, hosts, fix])).toEqual([
      ['target.controller', ['hyper-v01', 'dc1'], '/undelegate hyper-v01 -> dc1 all'],
      ['target.tier0', ['hyper-v03', 'hyper-v-t0'], '/undelegate hyper-v03 -> hyper-v-t0 all'],
      ['source.unconstrained', ['hyper-v-any'], expect.stringContaining('-TrustedForDelegation $false')],
      ['spn.taken', ['hyper-v05', 'oldbox'], 'setspn -D "cifs/hyper-v05" oldbox'],
      [
        'service.unexpected',
        ['hyper-v02'],
        expect.stringContaining("-Remove @{'msDS-AllowedToDelegateTo'='HTTP/"),
      ],
      ['source.kerberos-only', ['hyper-v-kerb'], '/delegate hyper-v-kerb -> hyper-v03 cifs --protocol any'],
      ['pair.one-way', ['hyper-v-kerb', 'hyper-v03'], '/delegate hyper-v03 -> hyper-v-kerb cifs,migration'],
      ['name.short-only', ['hyper-v02', 'hyper-v01'], '/delegate hyper-v02 -> hyper-v01 cifs,migration'],
    ]);
  });

  it('sees resource-based delegation, whose value is no text', async () => {
    // A security descriptor (MS-DTYP 2.4.6) with an owner and nothing else. Samba lets only itself write the attribute.
    const descriptor = Buffer.from(
      '010000801400000000000000000000000000000001020000000000052000000020020000',
      'hex',
    );
    const change = `changetype: modify\nadd: ${acting}\n${acting}:: ${descriptor.toString('base64')}\n`;
    await writeOffline(domain.home, `dn: CN=oldbox,${containers.computers}\n${change}`);
    const survey = await open([containers.hyperV]).survey();
    expect(survey.objects.filter(({ actedOnBehalf }) => actedOnBehalf).map(({ name }) => name)).toEqual([
      'oldbox',
    ]);
    const codes = findingsOf(survey, context).filter(({ hosts }) => hosts[0] === 'oldbox');
    expect(codes.map(({ code }) => code)).toEqual(['rbcd.present']);
  });
});
