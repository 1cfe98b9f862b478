import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api-error';
import type { MethodFault } from '../faults';
import type { Fields } from '../fields';
import { isFields } from '../fields';
import { mediaType, parseJson, readBody, sendJson } from '../http';
import type { Parts } from '../parts';
import { isSameSecret } from '../secrets';
import { Arguments } from './arguments';
import { chatMethods } from './chat';
import { conversationMethods } from './conversations';
import type { Method } from './method';
import { peopleMethods } from './people';
import { viewMethods } from './views';

const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...viewMethods,
};

/** The scopes of the installed app, told in a header of every answer as Slack does. */
const botScopes =
  'commands,chat:write,app_mentions:read,usergroups:read,users:read,channels:read,groups:read,channels:history,groups:history,im:history,im:write';

/** Answers `/api/NAME`: token, faults, the method, and the answer in Slack's form (HTTP 200 also for refusals). */
export async function answerApi(
  parts: Parts,
  name: string,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const body = await readBody(request);
  const given = body === undefined ? undefined : readArguments(request, body);
  const refusal = given ? checkCall(parts, name, tokenOf(request, given)) : 'invalid_form_data';
  const faults = refusal ? [] : parts.faults.strikeMethod(name);
  const failure = sendFailure(response, faults);
  const answer = refusal ? refused(refusal) : !failure && run(parts, name, new Arguments(given ?? {}));
  parts.traffic.record({ direction: 'to-slack', name, result: answer ? resultOf(answer) : (failure ?? '') });
  if (!answer) return;
  for (const fault of faults)
    if (fault.kind === 'delay-reply') await sleep(fault.delay_ms, undefined, { ref: false });
  response.setHeader('x-oauth-scopes', botScopes);
  if (faults.some((fault) => fault.kind === 'drop-reply')) request.socket.destroy();
  else sendJson(response, 200, answer);
}

/** Answers with a fault that keeps the call from having any effect, if there is one; says which. */
export function sendFailure(
  response: ServerResponse,
  faults: MethodFault[],
): MethodFault['kind'] | undefined {
  for (const fault of faults) {
    if (fault.kind === 'rate-limit') {
      response.setHeader('retry-after', String(fault.retry_after));
      sendJson(response, 429, { ok: false, error: 'ratelimited' });
      return fault.kind;
    }
    if (fault.kind === 'http-error' || fault.kind === 'api-error') {
      if (fault.kind === 'http-error')
        sendJson(response, fault.status, { ok: false, error: 'internal_error' });
      else sendJson(response, 200, { ok: false, error: fault.error });
      return fault.kind;
    }
  }
  return undefined;
}

function resultOf(answer: Fields): string {
  return answer['ok'] === true ? 'ok' : String(answer['error']);
}

function readArguments(request: IncomingMessage, body: string): Fields | undefined {
  if (mediaType(request) === 'application/json') {
    const parsed = parseJson(body);
    return isFields(parsed) ? parsed : undefined;
  }
  const query = new URL(request.url ?? '/', 'http://slack').searchParams;
  return Object.fromEntries([...query, ...new URLSearchParams(body)]);
}

function tokenOf(request: IncomingMessage, given: Fields): unknown {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? given['token'];
}

/** The refusal that comes before the method looks at its arguments. */
function checkCall(parts: Parts, name: string, token: unknown): string | undefined {
  if (typeof token !== 'string' || token === '') return 'not_authed';
  const isBot = isSameSecret(token, parts.options.botToken);
  if (!isBot && !isSameSecret(token, parts.options.appToken)) return 'invalid_auth';
  const method = methodNamed(name);
  if (!method) return 'unknown_method';
  return (method.token === 'bot') === isBot ? undefined : 'not_allowed_token_type';
}

function run(parts: Parts, name: string, args: Arguments): Fields & { ok: boolean } {
  try {
    return { ok: true, ...methodNamed(name)?.run(parts, args) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(error.code, error.details);
  }
}

function refused(error: string, details: string[] = []): Fields & { ok: boolean } {
  const errors = details.map((line) => line.replace('[ERROR] ', ''));
  return {
    ok: false,
    error,
    ...(error === 'invalid_blocks' && { errors }),
    response_metadata: { messages: details },
  };
}

function methodNamed(name: string): Method | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}
