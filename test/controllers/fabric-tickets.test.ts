import { editDelegation } from '../../lab/directory/delegation';
import { fqdnOf, migrationService } from '../../lab/directory/names';
import { createOrganisation } from '../../lab/directory/organisation';
import { replicate } from '../../lab/directory/several-controllers';
import { ticketsOfKdc } from '../../lab/hyperv/tickets';
import { pairStartMs, startPair, type OwnDomain } from '../support/domain';
import { twoHosts } from '../lab/hyperv/two-hosts';

const toSecond = { from: 'dc1', to: 'dc2' } as const;

let pair: OwnDomain;
beforeAll(async () => void (pair = await startPair()), pairStartMs);
afterAll(() => pair.stop());

it('a host asks its own domain controller: what is written on the other one does not count before it is there', async () => {
  const { domain } = pair;
  const organisation = await createOrganisation(domain, {
    name: 'own-dc',
    hosts: [{ name: 'at1' }, { name: 'at2' }],
  });
  const [first, second] = [organisation.host('at1').name, organisation.host('at2').name];
  await replicate(domain, toSecond);
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    const services = [to, fqdnOf(to)].map((name) => `${migrationService}/${name}`);
    await editDelegation(domain, from, { add: [`cifs/${to}`, ...services] });
  }
  // hyper-v01 asks dc1 and hyper-v02 asks dc2.
  const named = twoHosts({ from: first, to: second, controllers: ['dc1', 'dc2'] });
  const { fabric, codes } = named.open(ticketsOfKdc(domain));
  expect(await codes('web-01', second)).toEqual([]);
  expect(await codes('web-03', first)).toEqual(['0x8009030E']);
  await replicate(domain, toSecond);
  expect(await codes('web-03', first)).toEqual(['0x8009030E']);
  fabric.denials.purge(second);
  expect(await codes('web-03', first)).toEqual([]);
});
