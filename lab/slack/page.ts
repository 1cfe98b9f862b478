import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { repositoryRoot } from '../repository';
import { tokenCookie } from './gate';
import type { Parts } from './parts';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};

const folder = join(repositoryRoot, 'lab/slack/page');

/** Paths and the files behind them: those of the folder, and the one library that the page uses. */
const files = new Map<string, string>([
  ['/', join(folder, 'index.html')],
  ...readdirSync(folder).map((name): [string, string] => [`/page/${name}`, join(folder, name)]),
  ['/page/vendor/idiomorph.js', require.resolve('idiomorph/dist/idiomorph.esm.js')],
]);

const pageHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/** Sends a file of the page; false if there is no such path. Permalinks open the page itself. */
export function sendPage(path: string, response: ServerResponse): boolean {
  const file = files.get(path.startsWith('/archives/') ? '/' : path);
  if (file === undefined) return false;
  const content = readFileSync(file);
  const mediaType = mediaTypes[extname(file)] ?? 'text/javascript';
  response.writeHead(200, { ...pageHeaders, 'content-type': `${mediaType}; charset=utf-8` });
  response.end(content);
  return true;
}

/**
 * Keeps the token of `/?token=…` as a cookie and lets the browser go on to `/` by itself. A redirect would still
 * count as coming from where the link stood, and a strict cookie would not travel with it.
 */
export function keepToken(labToken: string, response: ServerResponse): void {
  const cookie = `${tokenCookie}=${encodeURIComponent(labToken)}; Path=/; HttpOnly; SameSite=Strict`;
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': cookie,
  });
  response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Practice domain</title>');
}

/** Tells the page of changes as server-sent events, at most one in 50 ms. */
export function streamChanges(parts: Parts, response: ServerResponse): void {
  response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream' });
  response.write('retry: 1000\n\ndata: hello\n\n');
  let pending: NodeJS.Timeout | undefined;
  const stop = parts.changes.listen(() => {
    pending ??= setTimeout(() => {
      pending = undefined;
      response.write('data: changed\n\n');
    }, 50).unref();
  });
  response.on('close', () => {
    clearTimeout(pending);
    stop();
  });
}
