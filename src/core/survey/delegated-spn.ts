import { splitSpn } from '../delegation/spn';
import { foldCase } from '../delegation/values';

/** The service classes that HOST/X stands for: sPNMappings as Active Directory and Samba are installed with. */
const HOST_CLASSES = new Set(
  [
    'alerter,appmgmt,browser,cifs,cisvc,clipsrv,dcom,dhcp,dmserver,dns,dnscache,eventlog,eventsystem,fax,http,ias,iisadmin',
    'mcsvc,messenger,msdtc,msiserver,netdde,netddedsm,netlogon,netman,nmagent,oakley,plugplay,policyagent,protectedstorage',
    'rasman,remoteaccess,replicator,rpc,rpclocator,rpcss,rsvp,samss,scardsvr,scesrv,schedule,scm,seclogon,snmp,spooler',
    'tapisrv,time,trksvr,trkwks,ups,w3svc,wins,www',
  ].flatMap((line) => line.split(',')),
);

/** The parts of a value of msDS-AllowedToDelegateTo, folded; `host` without port and service name. */
export interface DelegatedSpn {
  readonly serviceClass: string;
  readonly host: string;
  /** `HOST/host` when that stands for the class, else null. */
  readonly viaHost: string | null;
}

/** Reads a value (MS-ADTS 5.1.1.4: class/host[:port][/name]). A text without a slash has an empty host, which nobody holds. */
export function readSpn(value: string): DelegatedSpn {
  const parts = splitSpn(value) ?? { serviceClass: value, host: '' };
  const serviceClass = foldCase(parts.serviceClass);
  const host = foldCase(parts.host.split(/[:/]/, 1)[0] ?? '');
  const viaHost = HOST_CLASSES.has(serviceClass) && host !== '' ? `HOST/${host}` : null;
  return { serviceClass, host, viaHost };
}

/** The first label of a DNS name; a short name as it is. */
export function labelOf(host: string): string {
  return host.split('.', 1)[0] ?? host;
}
