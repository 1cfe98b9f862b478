import { containers, fqdnOf, migrationService } from '../../../lab/directory/names';
import { dnOf, onto, type Row } from '../row';

/** Services that are not, or not only, the destination's: the power would reach whoever owns them. */
export const ownerRows: readonly Row[] = [
  {
    target: 'a host whose cifs another computer holds',
    typed: onto('hyper-v05'),
    code: 'cifs.owner',
    says: `cifs/hyper-v05 belongs to oldbox (CN=oldbox,${containers.computers})`,
    remedy: 'setspn -D "cifs/hyper-v05" oldbox',
    also: [onto(fqdnOf('hyper-v05')), onto(dnOf('hyper-v05')), onto('hyper-v05 cifs')],
  },
  {
    target: 'a host whose cifs a user has registered',
    typed: onto('hv-jacked'),
    code: 'cifs.owner',
    says: `cifs/hv-jacked belongs to svc-sql (${dnOf('svc-sql')}) and not to hv-jacked`,
    remedy: 'setspn -D "cifs/hv-jacked" svc-sql',
  },
  {
    target: 'a host whose cifs a domain controller holds',
    typed: onto('hv-front'),
    code: 'cifs.owner',
    says: `cifs/hv-front belongs to dc9 (${dnOf('dc9')}) and not to hv-front`,
  },
  {
    target: 'a host whose cifs another holds by the full name only',
    typed: onto('hv-long'),
    code: 'cifs.owner',
    says: `cifs/${fqdnOf('hv-long')} belongs to hv-tail`,
  },
  {
    target: 'a host whose own name another holds',
    typed: onto('hv-lent'),
    code: 'cifs.owner',
    says: 'HOST/hv-lent belongs to hv-holder',
  },
  {
    target: 'a host that owns no name at all',
    typed: onto('hv-nobody'),
    code: 'cifs.owner',
    says: 'Nobody holds cifs/hv-nobody, neither by its own text nor through HOST/hv-nobody.',
    remedy: 'setspn -S HOST/hv-nobody hv-nobody',
  },
  {
    target: 'a DNS name in another domain, which nobody holds',
    typed: onto('hv-astray'),
    code: 'cifs.owner',
    says: 'Nobody holds cifs/hv-astray.corp.example',
  },
  {
    target: 'a DNS name that is a domain controller’s',
    typed: onto('hv-mimic'),
    code: 'cifs.owner',
    says: `HOST/${fqdnOf('dc9')} belongs to dc9 (${dnOf('dc9')}) and not to hv-mimic`,
  },
  {
    target: 'a DNS name that is another host’s',
    typed: onto('hv-claim'),
    code: 'cifs.owner',
    says: `HOST/${fqdnOf('hyper-v02')} belongs to hyper-v02`,
  },
  {
    target: 'a DNS name that two hosts have, by the short name of one',
    typed: onto('hv-first'),
    code: 'cifs.owner',
    says: `HOST/${fqdnOf('hv-second')} belongs to hv-second`,
  },
  {
    target: 'a HOST name on two objects',
    typed: onto('hv-double'),
    code: 'cifs.owner',
    says: 'HOST/hv-double is registered on 2 objects',
    remedy: 'setspn -X',
  },
  {
    target: 'a cifs name on two objects',
    typed: onto('hv-pair'),
    code: 'cifs.owner',
    says: 'cifs/hv-pair is registered on 2 objects',
  },
  {
    target: 'a migration name on two objects',
    typed: onto('hv-twice'),
    code: 'migration.owner',
    says: `${migrationService}/hv-twice is registered on 2 objects`,
    remedy: 'remove all but the one of hv-twice',
  },
  {
    target: 'a migration name on another object',
    typed: onto('hv-robbed migration'),
    code: 'migration.owner',
    says: `${migrationService}/hv-robbed belongs to hv-thief`,
  },
  {
    target: 'a file server, for machines',
    typed: onto('files01'),
    code: 'destination.in-bases',
    says: `files01 is one of the file servers (${containers.fileServers}), which take no machines.`,
    remedy: 'Ask for cifs alone.',
  },
  {
    target: 'a host whose migration service has not started yet',
    typed: onto('hv-quiet lm'),
    code: 'migration.owner',
    says: `hv-quiet has not registered “${migrationService}/hv-quiet”.`,
  },
  {
    target: 'a migration service with its short name only',
    typed: onto('hv-half'),
    code: 'migration.owner',
    says: `hv-half has not registered “${migrationService}/${fqdnOf('hv-half')}”.`,
  },
];
