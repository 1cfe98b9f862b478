import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimAddress } from '../../../lab/addresses';
import { krb5Conf } from '../../../lab/directory/controller';
import { editDelegation } from '../../../lab/directory/delegation';
import type { DomainAccess } from '../../../lab/directory/domain';
import { fqdnOf, migrationService } from '../../../lab/directory/names';
import {
  createOrganisation,
  deleteOrganisation,
  type Organisation,
} from '../../../lab/directory/organisation';
import { simulateDomain } from '../../../lab/directory/simulated-domain';
import { DENIAL_MS } from '../../../lab/hyperv/denials';
import { simulatedTickets, ticketsOfKdc } from '../../../lab/hyperv/tickets';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { testDomain } from '../../support/domain';
import { scratchDirectory } from '../../support/scratch';
import { twoHosts } from './two-hosts';

const domain = testDomain();
const migrationOf = (to: string): string[] => [to, fqdnOf(to)].map((name) => `${migrationService}/${name}`);
const none = ['0x8009030E'];

describe('a move on the fabric, by the word of the practice domain’s KDC', () => {
  let organisation: Organisation;
  const nameOf = (key: string): string => organisation.host(key).name;
  const places = (from: string, access: DomainAccess = domain) => {
    const named = twoHosts({ from: nameOf(from), to: nameOf('to') });
    const opened = named.open(ticketsOfKdc(access));
    return { ...opened, now: named.now, code: (at = named.now) => opened.codes('web-01', nameOf('to'), at) };
  };

  beforeAll(async () => {
    const hosts = [
      { name: 'waits' },
      { name: 'short' },
      { name: 'kerb', anyProtocol: false },
      { name: 'alone' },
      { name: 'to' },
    ];
    organisation = await createOrganisation(domain, { name: 'tickets', hosts });
  });
  afterAll(() => deleteOrganisation(domain, organisation));

  it('is refused until all is written and the host has forgotten the refusal', async () => {
    const { fabric, now, code } = places('waits');
    expect(await code()).toEqual(none);
    await editDelegation(domain, nameOf('waits'), {
      add: [`cifs/${nameOf('to')}`, ...migrationOf(nameOf('to'))],
    });
    expect(await code(now + DENIAL_MS - 1)).toEqual(none);
    fabric.denials.purge(nameOf('waits'));
    expect(await code(now + DENIAL_MS - 1)).toEqual([]);
  });

  it('goes by itself a quarter of an hour after the refusal, and not before', async () => {
    const { now, code } = places('alone');
    expect(await code()).toEqual(none);
    await editDelegation(domain, nameOf('alone'), {
      add: [`cifs/${nameOf('to')}`, ...migrationOf(nameOf('to'))],
    });
    expect(await code(now + DENIAL_MS - 1)).toEqual(none);
    expect(await code(now + DENIAL_MS)).toEqual([]);
  });

  it('needs both names of the migration service beside cifs', async () => {
    const { fabric, code } = places('short');
    const [short = '', long = ''] = migrationOf(nameOf('to'));
    await editDelegation(domain, nameOf('short'), { add: [`cifs/${nameOf('to')}`, short] });
    expect(await code()).toEqual(none);
    await editDelegation(domain, nameOf('short'), { add: [long] });
    fabric.denials.purge(nameOf('short'));
    expect(await code()).toEqual([]);
  });

  it('is refused where the source is trusted for Kerberos only', async () => {
    await editDelegation(domain, nameOf('kerb'), {
      add: [`cifs/${nameOf('to')}`, ...migrationOf(nameOf('to'))],
    });
    expect(await places('kerb').code()).toEqual(none);
  });

  it('is no refusal, and none is remembered, when no KDC answers', async () => {
    const claim = await claimAddress();
    const home = await scratchDirectory();
    await writeFile(join(home, 'krb5.conf'), krb5Conf([claim.address]));
    // Where the controller's krb5.conf is looked for there is one that leads to nobody.
    const controllers = domain.controllers.map((place) => ({ ...place, home }));
    const { fabric, now, code } = places('waits', { ...domain, controllers });
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await code()).toEqual(['0x80090311']);
    expect(fabric.denials.of(nameOf('waits'), now)).toEqual([]);
    jest.restoreAllMocks();
    await rm(home, { recursive: true });
    await claim.release();
  });
});

describe('a move on the fabric, by what a simulated directory holds', () => {
  it('follows the values and the trust mode', async () => {
    const { practice } = simulateDomain(systemClock);
    const { fabric, codes } = twoHosts({ from: 'hyper-v01', to: 'hyper-v02' }).open(
      simulatedTickets(practice),
    );
    const code = async () => {
      fabric.denials.purge('hyper-v01');
      return codes('web-01', 'hyper-v02');
    };
    expect(await code()).toEqual(none);
    await practice.editDelegation('hyper-v01', { add: ['cifs/hyper-v02'] });
    expect(await code()).toEqual(none);
    await practice.editDelegation('hyper-v01', { add: migrationOf('hyper-v02') });
    expect(await code()).toEqual([]);
    await practice.editTrust('hyper-v01', false);
    expect(await code()).toEqual(none);
  });
});
