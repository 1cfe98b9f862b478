import { readFile } from 'node:fs/promises';

import { Client } from 'ldapts';

/** A name to bind with. */
export interface Account {
  dn: string;
  password: string;
}

/** How one domain controller is reached over LDAPS: by address, checked against its name and its own CA. */
export interface LdapsPlace {
  url: string;
  tlsName: string;
  caFile: string;
}

/** Binds, uses the connection and closes it. Rejects with ldapts' result code errors; nothing takes longer than 10 s. */
export async function asAccount<T>(
  place: LdapsPlace,
  account: Account,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  // RFC 4513 5.1.2: a bind without password would succeed as nobody.
  if (account.password === '') throw new Error(`No password for ${account.dn}`);
  const client = new Client({
    url: place.url,
    timeout: 10_000,
    connectTimeout: 5_000,
    // By address the certificate's name check needs the name.
    tlsOptions: { ca: await readFile(place.caFile), servername: place.tlsName, minVersion: 'TLSv1.2' },
  });
  try {
    await client.bind(account.dn, account.password);
    return await use(client);
  } finally {
    await client.unbind();
  }
}
