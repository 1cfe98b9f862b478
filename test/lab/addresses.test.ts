import { once } from 'node:events';
import { createServer } from 'node:net';

import { claimAddress, claimPort, freePort } from '../../lab/addresses';

describe('a claimed address', () => {
  it('is a loopback address outside 127.0.0.x, and no two claims are the same', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimAddress()));
    const addresses = claims.map((claim) => claim.address);
    expect(new Set(addresses).size).toBe(20);
    for (const address of addresses) {
      expect(address).toMatch(/^127\.(?!0\.)\d+\.\d+\.\d+$/);
    }
    await Promise.all(claims.map((claim) => claim.release()));
  });

  it('stays taken until it is released', async () => {
    const claim = await claimAddress();
    expect(await canListen(claim.address)).toBe(false);
    await claim.release();
    expect(await canListen(claim.address)).toBe(true);
  });

  it('may be released twice', async () => {
    const claim = await claimAddress();
    await claim.release();
    await expect(claim.release()).resolves.toBeUndefined();
  });

  it('gives a port that can be listened on', async () => {
    const claim = await claimAddress();
    const port = await freePort(claim.address);
    expect(await canListen(claim.address, port)).toBe(true);
    await claim.release();
  });
});

async function canListen(host: string, port = claimPort): Promise<boolean> {
  const server = createServer();
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
