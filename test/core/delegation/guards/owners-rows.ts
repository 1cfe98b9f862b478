import { containers } from '../../../../lab/directory/names';
import { askFor, lookUp, withHost } from '../practice-domain';
import { changed, domain, HOST_NAMES, MIGRATION, MIGRATION_NAMES, ordinary, spns, type Row } from './row';

export const ownersRows: readonly Row[] = [
  {
    title: 'cifs held by another object explicitly',
    input: lookUp(
      spns({ of: 'oldbox', are: ['cifs/hyper-v02.mabofeng.com'] }),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['cifs.owner'],
    sentence: `cifs/hyper-v02.mabofeng.com belongs to oldbox (CN=oldbox,${containers.computers}) and not to hyper-v02, so that the power would reach oldbox.`,
    remedy: 'setspn -D "cifs/hyper-v02.mabofeng.com" oldbox',
  },
  {
    title: 'cifs held by an object whose name nobody should copy into a command line',
    input: lookUp(
      withHost(domain, 'oldbox', { name: 'old & calc', spns: ['cifs/hyper-v02'] }),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['cifs.owner'],
    sentence: `cifs/hyper-v02 belongs to old & calc (CN=oldbox,${containers.computers}) and not to hyper-v02`,
    remedy: 'setspn -D "cifs/hyper-v02" ACCOUNT.',
  },
  {
    title: 'cifs held explicitly by the destination and by another',
    input: lookUp(
      spns(
        { of: 'hyper-v02', are: [...HOST_NAMES, ...MIGRATION_NAMES, 'cifs/hyper-v02'] },
        spns({ of: 'oldbox', are: ['cifs/hyper-v02'] }),
      ),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['cifs.owner'],
    sentence: `cifs/hyper-v02 is registered on 2 objects: hyper-v02 (CN=hyper-v02,${containers.hyperV}) and oldbox (CN=oldbox,${containers.computers}).`,
    remedy: 'setspn -X',
  },
  {
    title: 'HOST held by two',
    input: lookUp(spns({ of: 'oldbox', are: ['host/HYPER-V02'] }), askFor('hyper-v01', 'hyper-v02')),
    checks: ['cifs.owner'],
    sentence: `HOST/hyper-v02 is registered on 2 objects: hyper-v02 (CN=hyper-v02,${containers.hyperV}) and oldbox (CN=oldbox,${containers.computers}).`,
    remedy: 'setspn -X',
  },
  {
    title: 'HOST held by another object only',
    input: lookUp(
      spns({ of: 'oldbox', are: HOST_NAMES }, spns({ of: 'hyper-v02', are: MIGRATION_NAMES })),
      askFor('hyper-v01', 'hyper-v02', ['cifs']),
    ),
    checks: ['cifs.owner'],
    sentence: `HOST/hyper-v02 belongs to oldbox (CN=oldbox,${containers.computers}) and not to hyper-v02, so that the power would reach oldbox. HOST/hyper-v02.mabofeng.com belongs`,
    remedy: 'setspn -D "HOST/hyper-v02" oldbox',
  },
  {
    title: 'cifs held by nobody',
    input: lookUp(spns({ of: 'hyper-v02', are: MIGRATION_NAMES }), askFor('hyper-v01', 'hyper-v02')),
    checks: ['cifs.owner'],
    sentence: 'Nobody holds cifs/hyper-v02, neither by its own text nor through HOST/hyper-v02.',
    remedy: 'setspn -S HOST/hyper-v02 hyper-v02.',
  },
  {
    title: 'a DNS name that is another host’s',
    input: changed('hyper-v02', { dnsHostName: 'dc1.mabofeng.com' }),
    checks: ['cifs.owner', 'migration.owner'],
    sentence:
      'HOST/dc1.mabofeng.com belongs to dc1 (CN=DC1,OU=Domain Controllers,DC=mabofeng,DC=com) and not to hyper-v02',
    remedy: 'setspn -D',
  },
  {
    title: 'holders that were not read',
    input: { ...ordinary, observation: { ...ordinary.observation, holders: [] } },
    checks: ['cifs.owner', 'migration.owner'],
    sentence:
      'It was not read who holds cifs/hyper-v02. It was not read who holds cifs/hyper-v02.mabofeng.com.',
    remedy: 'Ask again',
  },
  {
    title: 'the migration SPN in its short form only',
    input: lookUp(
      spns({ of: 'hyper-v02', are: [...HOST_NAMES, `${MIGRATION}/hyper-v02`] }),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['migration.owner'],
    sentence: `hyper-v02 has not registered “${MIGRATION}/hyper-v02.mabofeng.com”.`,
    remedy: `setspn -S "${MIGRATION}/hyper-v02.mabofeng.com" hyper-v02`,
  },
  {
    title: 'the migration SPN on another object',
    input: lookUp(
      spns({ of: 'oldbox', are: MIGRATION_NAMES }, spns({ of: 'hyper-v02', are: HOST_NAMES })),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['migration.owner'],
    sentence: `${MIGRATION}/hyper-v02 belongs to oldbox (CN=oldbox,${containers.computers}) and not to hyper-v02`,
    remedy: `setspn -D "${MIGRATION}/hyper-v02" oldbox`,
  },
  {
    title: 'the migration SPN on the destination and on another object',
    input: lookUp(spns({ of: 'oldbox', are: [`${MIGRATION}/hyper-v02`] }), askFor('hyper-v01', 'hyper-v02')),
    checks: ['migration.owner'],
    sentence: `${MIGRATION}/hyper-v02 is registered on 2 objects`,
    remedy: 'setspn -X',
  },
];
