import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFields } from '../fields';
import { mediaType, parseJson, readBody, sendJson } from '../http';
import type { Parts } from '../parts';
import { click, suggest } from './click';
import { command, commands } from './command';
import { listFaults, orderFault } from './faults';
import { home } from './home';
import * as look from './look';
import type { ControlRoute } from './route';
import { mention, say } from './say';
import { shortcut } from './shortcut';
import { close, submit } from './submit';
import * as switches from './switches';
import { workspace } from './workspace';

const routes: Record<string, ControlRoute> = {
  'POST /_lab/command': command,
  'POST /_lab/click': click,
  'POST /_lab/submit': submit,
  'POST /_lab/close': close,
  'POST /_lab/suggest': suggest,
  'POST /_lab/say': say,
  'POST /_lab/mention': mention,
  'POST /_lab/home': home,
  'POST /_lab/shortcut': shortcut,
  'POST /_lab/read': switches.read,
  'POST /_lab/rates': switches.rates,
  'POST /_lab/reset': switches.reset,
  'POST /_lab/faults': orderFault,
  'GET /_lab/faults': listFaults,
  'GET /_lab/messages': look.messages,
  'GET /_lab/views': look.views,
  'GET /_lab/workspace': workspace,
  'GET /_lab/commands': commands,
  'GET /_lab/traffic': look.traffic,
};

/** Answers `/_lab/…`. The gate was passed before; a POST must still be `application/json`, else 415. */
export async function answerControl(
  parts: Parts,
  url: URL,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const name = `${request.method ?? ''} ${url.pathname}`;
  const extra = Object.hasOwn(parts.options.extraRoutes, name) ? parts.options.extraRoutes[name] : undefined;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route && !extra) return sendJson(response, 404, { ok: false, error: 'no_such_route' });
  let body: unknown = {};
  if (request.method === 'POST') {
    if (mediaType(request) !== 'application/json')
      return sendJson(response, 415, { ok: false, error: 'application_json_wanted' });
    body = parseJson((await readBody(request)) ?? '');
    if (!isFields(body)) return sendJson(response, 400, { ok: false, error: 'invalid_json' });
  }
  const query = url.searchParams;
  const answer = extra
    ? await extra({ query, body: isFields(body) ? body : {} })
    : await route?.run(parts, { body, query });
  const isRefused = isFields(answer) && answer['error'] === 'invalid_arguments';
  return sendJson(response, isRefused ? 400 : 200, answer);
}
