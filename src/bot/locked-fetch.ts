import { lockSlackAddress, type Mode } from '../core/mode-lock';

/** Slack's answers that name a further address; it is locked as well. */
const Answer = { ok: true, url: '' };

/**
 * A fetch that the mode allows to go nowhere else: it follows no redirect to another place, and refuses a socket address
 * (the answer of apps.connections.open) outside the lock.
 */
export function lockedFetch(mode: Mode): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    lockSlackAddress(mode, address);
    const response = await fetch(input, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location !== null) lockSlackAddress(mode, new URL(location, address).href);
    if (new URL(address).pathname.endsWith('/apps.connections.open')) {
      const answer = (await response.clone().json()) as Partial<typeof Answer>;
      if (answer.url !== undefined) lockSlackAddress(mode, answer.url);
    }
    return response;
  };
}
