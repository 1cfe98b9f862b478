/** The practice domain's fixed names. Its domain controller's certificate carries `tlsName`. */
export const realm = 'MABOFENG.COM';
export const workgroup = 'MABOFENG';
export const dnsDomain = 'mabofeng.com';
export const baseDn = 'DC=mabofeng,DC=com';
export const controllerName = 'dc1';
/** Joined only where a test or a lab asks for two; Handover writes to the first. */
export const secondControllerName = 'dc2';
export const tlsName = `${controllerName}.${dnsDomain}`;

/** Where hosts live: the OU that the narrow account may write, its twin that it may not, and the file servers. */
export const containers = {
  hyperV: `OU=Hyper-V,${baseDn}`,
  computers: `CN=Computers,${baseDn}`,
  fileServers: `OU=File-Servers,${baseDn}`,
  users: `CN=Users,${baseDn}`,
} as const;

/** Where delegations may be asked for, from and to. */
export const searchBases = [containers.hyperV, containers.computers];

/** Where hosts may be delegated to as well, for cifs alone. */
export const fileServerBases = [containers.fileServers];

export const adminDn = `CN=Administrator,${containers.users}`;

/** The user on whose behalf the KDC is asked (S4U2Self, MS-SFU); nobody signs in with it. */
export const impersonatedUser = 'lab-user';

/** The narrow account writes delegation below OU=Hyper-V; the weak one only reads. */
export const serviceAccount = 'svc-handover';
export const weakAccount = 'svc-handover-weak';

/** The class of the service that receives live migrations; the spaces are part of it. */
export const migrationService = 'Microsoft Virtual System Migration Service';

/** Attributes as the directory spells them. */
export const delegationAttribute = 'msDS-AllowedToDelegateTo';
export const controlAttribute = 'userAccountControl';

/** schemaIDGUID (MS-ADA) of the attributes that decide about delegation and of the computer class, for object ACEs (MS-DTYP 2.4.4.3). */
export const schemaGuids = {
  [delegationAttribute]: '800d94d7-b7a1-42a1-b14d-7cae1423d07f',
  [controlAttribute]: 'bf967a68-0de6-11d0-a285-00aa003049e2',
  computer: 'bf967a86-0de6-11d0-a285-00aa003049e2',
} as const;

export function fqdnOf(host: string): string {
  return `${host}.${dnsDomain}`;
}

export function userDn(name: string): string {
  return `CN=${name},${containers.users}`;
}

/** A password that passes the domain's complexity rule. */
export function accountPassword(randomText: string): string {
  return `${randomText}.aA1`;
}

/** `unicodePwd` as MS-ADTS 3.1.1.3.1.5 wants it: quoted, UTF-16LE. */
export function quotedPassword(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}
