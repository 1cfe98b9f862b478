import { lockSlackAddress, type Mode } from '../core/mode-lock';

/**
 * A fetch that goes only where the mode allows: no other address, no redirect at all, and no answer of
 * apps.connections.open whose socket is elsewhere. What it refuses it throws as ModeLockError, and tells `onRefused`, since
 * Slack's libraries take every error for an outage and try again.
 */
export function lockedFetch(mode: Mode, onRefused: (error: unknown) => void): typeof fetch {
  const lock = (address: string): void => {
    try {
      lockSlackAddress(mode, address);
    } catch (error) {
      onRefused(error);
      throw error;
    }
  };
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    lock(address);
    // Slack's API never redirects, so nothing is lost: a redirect comes back as an answer that is no success.
    const response = await fetch(input, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location !== null) lock(new URL(location, address).href);
    if (new URL(address).pathname.endsWith('/apps.connections.open')) {
      const socket = await socketAddress(response.clone());
      if (socket !== null) lock(socket);
    }
    return response;
  };
}

async function socketAddress(response: Response): Promise<string | null> {
  const answer: unknown = await response.json().catch(() => null);
  const url = answer !== null && typeof answer === 'object' && 'url' in answer ? answer.url : null;
  return typeof url === 'string' ? url : null;
}
