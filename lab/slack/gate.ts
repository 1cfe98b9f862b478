import type { IncomingMessage } from 'node:http';
import { isSameSecret } from './secrets';

/** The cookie that the page gets when it is opened with its token. */
export const tokenCookie = 'lab_token';

/**
 * Why a request is turned away before anything looks at it, or undefined. Host must be the stand-in's own
 * address and port, so that a name bound to loopback (DNS rebinding) gets nothing, and Origin absent or its own.
 */
export function refuseForeign(
  request: IncomingMessage,
  authority: string,
): 'foreign_host' | 'foreign_origin' | undefined {
  if (request.headers.host !== authority) return 'foreign_host';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${authority}`) return 'foreign_origin';
  return undefined;
}

/** True if a browser says that a page of another origin made this request; absent from every other client. */
export function isCrossOriginFetch(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

/** True if the request carries the lab token, in the header `x-lab-token` or in the page's cookie. */
export function hasLabToken(request: IncomingMessage, labToken: string): boolean {
  const header = request.headers['x-lab-token'];
  if (typeof header === 'string') return isSameSecret(header, labToken);
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const cookie = cookies.find((one) => one.startsWith(`${tokenCookie}=`));
  return (
    cookie !== undefined && isSameSecret(decodeURIComponent(cookie.slice(tokenCookie.length + 1)), labToken)
  );
}
