import { practiceHosts } from '../../../lab/directory/accounts';
import { controllerName } from '../../../lab/directory/names';
import { simulateDomain } from '../../../lab/directory/simulated-domain';
import type { ComputerObject } from '../../../src/core/delegation/observation';
import type { Directory } from '../../../src/core/ports';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { observePair } from '../../support/pair-observation';
import { openForOneTest } from '../../support/ldap-directory';

const everyone = [...practiceHosts.map(({ name }) => name), controllerName];

async function objectsOf(directory: Directory): Promise<ComputerObject[]> {
  const objects = everyone.map(async (text) => {
    const name = { kind: 'short', text } as const;
    return (await observePair(directory, { source: name, destination: name, services: [] })).source;
  });
  return (await Promise.all(objects)).flat();
}

/** What must agree: GUIDs are each directory's own, delegations move while other tests run, and Samba rewrites the case of SPNs. */
function comparable(object: ComputerObject) {
  const { guid: _own, allowedToDelegateTo: _moving, spns, ...same } = object;
  return {
    ...same,
    objectClasses: object.objectClasses.toSorted(),
    spns: spns.map((spn) => spn.toLowerCase()),
  };
}

describe('the simulated domain', () => {
  it('shows each host and decoy as Samba does', async () => {
    const real = await objectsOf(openForOneTest());
    const simulated = await objectsOf(simulateDomain(systemClock).directory);
    expect(simulated.map(({ name }) => name)).toEqual(everyone);
    const [controller, ...hosts] = simulated.map(comparable).toReversed();
    const [realController, ...realHosts] = real.map(comparable).toReversed();
    expect(hosts).toEqual(realHosts);
    // Of a domain controller's many SPNs the simulation has those that its names stand for.
    const { spns, ...rest } = controller ?? {};
    expect(realController).toMatchObject(rest);
    expect(realController?.spns).toEqual(expect.arrayContaining(spns ?? ['none']));
  });

  it('tells Handover the same holders and names as Samba does', async () => {
    const asked = (text: string) => ({ kind: 'short', text }) as const;
    const look = async (directory: Directory) => {
      const services = ['cifs', 'migration'] as const;
      const source = asked('hyper-v01');
      const shared = await observePair(directory, { source, destination: asked('hyper-v05'), services });
      const files = await observePair(directory, { source, destination: asked('files01'), services });
      return [...shared.holders, ...files.holders].map(({ spn, explicit, viaHost }) => ({
        spn,
        explicit: explicit.map(({ dn }) => dn),
        viaHost: viaHost.map(({ dn }) => dn),
      }));
    };
    const simulated = await look(simulateDomain(systemClock).directory);
    expect(simulated).toEqual(await look(openForOneTest()));
    expect(simulated[0]?.explicit).toEqual(['CN=oldbox,CN=Computers,DC=mabofeng,DC=com']);
  });
});
