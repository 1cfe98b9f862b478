import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api-error';
import type { MethodFault } from '../faults';
import type { Fields } from '../fields';
import { isFields, textIn } from '../fields';
import { mediaType, parseJson, readBody, sendJson } from '../http';
import type { Parts } from '../parts';
import { isSameSecret } from '../secrets';
import { Arguments } from './arguments';
import { blockMethods } from './blocks';
import { chatMethods } from './chat';
import { conversationMethods } from './conversations';
import { fileMethods } from './files';
import type { Method } from './method';
import { peopleMethods } from './people';
import { checkScopes } from './scopes';
import { viewMethods } from './views';

const methods: Record<string, Method> = {
  ...blockMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...viewMethods,
};

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
  const waitSeconds = refusal ? 0 : parts.rates.take(name, textIn(given ?? {}, 'channel'));
  if (waitSeconds > 0) {
    parts.traffic.record({ direction: 'to-slack', name, result: 'ratelimited' });
    sendRateLimit(response, waitSeconds);
  } else if (refusal || !given) {
    finish(parts, name, { ...exchange, answer: refused(refusal ?? 'invalid_form_data') });
  } else {
    await perform(parts, name, { ...exchange, given });
  }
}

/** Runs the method as the faults let it, and answers. */
async function perform(
  parts: Parts,
  name: string,
  call: { request: IncomingMessage; response: ServerResponse; given: Fields },
): Promise<void> {
  const { request, response, given } = call;
  const faults = parts.faults.strikeMethod(name);
  const failure = sendFailure(response, faults);
  if (failure) {
    parts.traffic.record({ direction: 'to-slack', name, result: failure });
    return;
  }
  const answer = run(parts, name, new Arguments(given));
  for (const fault of faults)
    if (fault.kind === 'delay-reply') await sleep(fault.delay_ms, undefined, { ref: false });
  const isDropped = faults.some((fault) => fault.kind === 'drop-reply');
  finish(parts, name, { request, response, answer, isDropped });
}

function finish(
  parts: Parts,
  name: string,
  end: { request: IncomingMessage; response: ServerResponse; answer: Fields; isDropped?: boolean },
): void {
  parts.traffic.record({ direction: 'to-slack', name, result: resultOf(end.answer) });
  // Slack tells the app's scopes with every answer.
  end.response.setHeader('x-oauth-scopes', parts.options.scopes.join(','));
  if (end.isDropped) end.request.socket.destroy();
  else sendJson(end.response, 200, end.answer);
}

/** Answers with a fault that keeps the call from having any effect, if there is one; says which. */
export function sendFailure(
  response: ServerResponse,
  faults: MethodFault[],
): MethodFault['kind'] | undefined {
  for (const fault of faults) {
    if (fault.kind === 'rate-limit') {
      sendRateLimit(response, fault.retry_after);
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

function sendRateLimit(response: ServerResponse, seconds: number): void {
  response.setHeader('retry-after', String(seconds));
  sendJson(response, 429, { ok: false, error: 'ratelimited' });
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
    checkScopes(parts, name, args);
    return { ok: true, ...methodNamed(name)?.run(parts, args) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...refused(error.code, error.details), ...error.more };
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
