import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './api-error';
import type { Fields } from './fields';
import { isFields } from './fields';
import { parseJson, readBody, sendJson } from './http';
import type { Placement } from './messages';
import type { Parts } from './parts';
import type { ResponseTarget } from './response-urls';
import { Arguments } from './web-api/arguments';
import { messageContent } from './web-api/content';
import { sendFailure } from './web-api/endpoint';
import { app } from './workspace';

/** Answers a POST to a response_url: 404 with Slack's reason once it is used up or too old. */
export async function answerResponseUrl(
  parts: Parts,
  path: string,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const body = parseJson((await readBody(request)) ?? '');
  const faults = parts.faults.strikeMethod('response_url');
  const failure = sendFailure(response, faults);
  const error = failure ?? (isFields(body) ? useOnce(parts, path, body) : 'invalid_payload');
  parts.traffic.record({ direction: 'to-slack', name: 'response_url', result: error ?? 'ok' });
  if (failure) return;
  if (faults.some((fault) => fault.kind === 'drop-reply')) request.socket.destroy();
  else if (error?.endsWith('_url')) sendJson(response, 404, { ok: false, error });
  else sendJson(response, error ? 400 : 200, error ? { ok: false, error } : { ok: true });
}

function useOnce(parts: Parts, path: string, body: Fields): string | undefined {
  const target = parts.responseUrls.use(path);
  if (typeof target === 'string') return target;
  try {
    respond(parts, target, body);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}

/**
 * Shows what an app says to somebody's command or click: privately unless `response_type` is `in_channel`,
 * and as a new message unless it replaces or deletes the one that was acted on. What it says is checked as a message of
 * the Web API is. Throws `ApiError`.
 */
export function respond(parts: Parts, target: ResponseTarget, body: Fields): void {
  const { messages } = parts;
  if (body['delete_original'] === true) {
    if (target.message) messages.delete(target.message);
    return;
  }
  const content = messageContent(new Arguments(body));
  if (body['replace_original'] === true && target.message) {
    messages.update(target.message, content);
    return;
  }
  const thread = body['thread_ts'];
  const placement: Placement = {
    channel: target.channel,
    user: app.botUser,
    threadTs: typeof thread === 'string' ? thread : undefined,
  };
  if (body['response_type'] === 'in_channel') messages.post(placement, content);
  else messages.postEphemeral({ ...placement, to: target.user }, content);
}
