import { rm } from 'node:fs/promises';

import { claimAddress } from '../../lab/addresses';
import { startDomain, type Domain, type DomainAccess } from '../../lab/directory/domain';

import { scratchDirectory } from './scratch';

/** The practice domain of this test run. Each test file makes its own organisation in it (`createOrganisation`). */
export function testDomain(): DomainAccess {
  const json = process.env['HANDOVER_TEST_DOMAIN'];
  if (!json)
    throw new Error('No practice domain runs: HANDOVER_TEST_PARTS leaves it out, or jest ran without setup');
  return JSON.parse(json) as DomainAccess;
}

/** How long `startPair` may take where no pair was ever made on the machine: provisioning, joining, two certificates. */
export const pairStartMs = 120_000;

/** A practice domain of a test file's own. */
export interface OwnDomain {
  readonly domain: Domain;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

/** Starts dc1 and dc2, equal; from then on nothing replicates unless the test calls `replicate`. */
export function startPair(): Promise<OwnDomain> {
  return startOwn(2);
}

/** Starts a domain with one controller, for what looks at the whole of it: the one that the run shares is full of others' hosts. */
export function startSingle(): Promise<OwnDomain> {
  return startOwn(1);
}

async function startOwn(controllers: 1 | 2): Promise<OwnDomain> {
  const claims = [await claimAddress(), ...(controllers === 2 ? [await claimAddress()] : [])];
  const [address = '', secondAddress] = claims.map((claim) => claim.address);
  const directory = await scratchDirectory();
  const cleanUp = async (): Promise<void> => {
    for (const claim of claims) await claim.release();
    await rm(directory, { recursive: true });
  };
  try {
    const domain = await startDomain({ address, secondAddress, directory });
    return {
      domain,
      async stop() {
        await domain.stop();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}
