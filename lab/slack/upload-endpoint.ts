import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Parts } from './parts';

/**
 * Takes a file at the address that `files.getUploadURLExternal` gave, as raw bytes or as a multipart form, and keeps
 * none of it. Whoever has the address may send: that is how Slack does it.
 */
export async function answerUpload(
  parts: Parts,
  path: string,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const upload = parts.uploads.byPath(path);
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) size += chunk.length;
  const isTaken = upload !== undefined && request.method === 'POST' && size >= upload.length;
  if (isTaken) upload.hasArrived = true;
  parts.traffic.record({
    direction: 'to-slack',
    name: 'upload',
    result: isTaken ? 'ok' : 'upload_failed',
  });
  response.writeHead(isTaken ? 200 : 400, { 'content-type': 'text/plain' });
  response.end(isTaken ? `OK - ${size}` : 'upload_failed');
}
