import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A loopback address that belongs to one instance until it is released or its process ends. */
export interface ClaimedAddress {
  address: string;
  release(): Promise<void>;
}

/** The port that stands for the claim. It is above the ephemeral range of Linux, and nothing is served on it. */
export const claimPort = 61_270;

const attempts = 50;

/**
 * Claims a random 127.x.y.z by holding a listening socket on it, so that two labs or test runs on one machine
 * never meet: the kernel frees the claim even after SIGKILL. Fails when no free address was found in 50 tries.
 */
export async function claimAddress(): Promise<ClaimedAddress> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const address = randomLoopback();
    const claim = await listenOn(address);
    if (claim) return { address, release: () => close(claim) };
  }
  throw new Error(`No free 127.x.y.z address: port ${claimPort} could not be held on any of ${attempts}`);
}

/** A port that nobody listens on at this address right now; the address must be claimed, so nobody else takes it. */
export async function freePort(address: string): Promise<number> {
  const server = createServer();
  server.listen({ host: address, port: 0, exclusive: true });
  await once(server, 'listening');
  const bound = server.address();
  await close(server);
  if (bound === null || typeof bound === 'string') throw new Error(`No port was given at ${address}`);
  return bound.port;
}

/** 127.0.0.x is left alone: people and packages use it. */
function randomLoopback(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}

async function listenOn(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.listen({ host: address, port: claimPort, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  // The claim must not keep a finished process alive.
  server.unref();
  return server;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
}
