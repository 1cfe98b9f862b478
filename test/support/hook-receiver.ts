import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { claimAddress } from '../../lab/addresses';

/** What the receiver and the bot sign with. */
export const hookSecret = 'not-a-secret-but-long-enough';

/** What a call said that was signed as it should be. */
interface HookCallGot {
  readonly event: { readonly id: string; readonly kind: string; readonly state: string };
  readonly request: { readonly label: string; readonly ticket: string | null };
  readonly power: string;
  readonly decisions: readonly { readonly by: { readonly user: string } }[];
  readonly outcome: { readonly state: string; readonly lines: readonly string[] } | null;
}

/** A webhook's receiver over real HTTP. */
export interface HookReceiver {
  readonly url: string;
  /** Every call that was signed as it should be, refused ones too, in their order. */
  readonly got: readonly HookCallGot[];
  /** Bodies of calls whose signature, time or event id was wrong. */
  readonly unsigned: readonly string[];
  calls(): number;
  stop(): Promise<void>;
}

/** A real receiver; `behave` answers each call, the number of which it is given. Keeps what was signed as it should be. */
export async function receiver(
  behave: (response: ServerResponse, call: number) => void,
): Promise<HookReceiver> {
  const claim = await claimAddress();
  const got: HookCallGot[] = [];
  const unsigned: string[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      calls += 1;
      const told = signedCall(request, body);
      if (told) got.push(told);
      else unsigned.push(body);
      behave(response, calls);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, claim.address, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${claim.address}:${port}/hook`,
    got,
    unsigned,
    calls: () => calls,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await claim.release();
    },
  };
}

/** Takes a call. */
export const take = (response: ServerResponse): void => void response.writeHead(204).end();

/** Answers as a receiver that is broken. */
export const refuse = (response: ServerResponse): void => void response.writeHead(500).end();

/** What a receiver may trust: signature and time are right, and the header names the event of the body. */
function signedCall({ headers }: IncomingMessage, body: string): HookCallGot | null {
  const stamp = String(headers['x-handover-request-timestamp']);
  const wanted = `v0=${createHmac('sha256', hookSecret).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const isFresh = Math.abs(Date.now() / 1_000 - Number(stamp)) < 60;
  if (headers['x-handover-signature'] !== wanted || !isFresh) return null;
  const told = JSON.parse(body) as Partial<HookCallGot>;
  return told.event && headers['x-handover-event'] === told.event.id ? (told as HookCallGot) : null;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
