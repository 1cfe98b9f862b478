import type { IncomingMessage, ServerResponse } from 'node:http';
import { mediaType } from './http';
import type { Parts } from './parts';

/**
 * Takes a file at the address that `files.getUploadURLExternal` gave, once, as raw bytes or as a multipart form with one file, of exactly the
 * announced length. Whoever has the address may send: that is how Slack does it.
 */
export async function answerUpload(
  parts: Parts,
  path: string,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const upload = parts.uploads.byPath(path);
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const content = mediaType(request) === 'multipart/form-data' ? await filePart(request, body) : body;
  const isTaken =
    upload !== undefined &&
    request.method === 'POST' &&
    upload.content === undefined &&
    content?.length === upload.length;
  if (isTaken) upload.content = content;
  parts.traffic.record({
    direction: 'to-slack',
    name: 'upload',
    result: isTaken ? 'ok' : 'upload_failed',
  });
  response.writeHead(isTaken ? 200 : 400, { 'content-type': 'text/plain' });
  response.end(isTaken ? `OK - ${upload.length}` : 'upload_failed');
}

/** Sends a file to the page, as the plain bytes that it is, whatever it calls itself. */
export function sendFile(parts: Parts, path: string, response: ServerResponse): void {
  const content = parts.uploads.byId(path.split('/').at(-1) ?? '')?.content;
  response.writeHead(content ? 200 : 404, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(content ?? 'no such file');
}

/** The bytes of the only file in a form; undefined when there is none, or more than one. */
async function filePart(request: IncomingMessage, body: Buffer): Promise<Buffer | undefined> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => null);
  const files = [...(form?.values() ?? [])].filter((value) => typeof value !== 'string');
  const [file] = files;
  return file && files.length === 1 ? Buffer.from(await file.arrayBuffer()) : undefined;
}
