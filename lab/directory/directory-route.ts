import { z } from 'zod';

import type { Directory } from '../../src/core/ports';
import { Fault } from '../../src/core/problem';
import type { Fields } from '../slack/fields';
import type { ExtraRoute } from '../slack/options';

const HostName = z.strictObject({ kind: z.enum(['short', 'fqdn', 'dn', 'guid']), text: z.string() });
const Values = z.array(z.string());

const Change = z.discriminatedUnion('attribute', [
  z.strictObject({
    guid: z.string(),
    dn: z.string(),
    attribute: z.literal('msDS-AllowedToDelegateTo'),
    add: Values,
    remove: Values,
  }),
  z.strictObject({
    guid: z.string(),
    dn: z.string(),
    attribute: z.literal('userAccountControl'),
    before: z.number(),
    after: z.number(),
  }),
]);

/** One call of the Directory port, as the client sends it. */
const Method = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('observe'),
    question: z.strictObject({
      sources: z.array(HostName),
      destinations: z.array(HostName),
      all: z.boolean(),
      delegating: z.boolean(),
      services: z.array(z.enum(['cifs', 'migration'])),
    }),
  }),
  z.strictObject({ method: z.literal('read'), guid: z.string() }),
  z.strictObject({ method: z.literal('modify'), change: Change }),
  z.strictObject({ method: z.literal('readEverywhere'), guid: z.string() }),
  z.strictObject({ method: z.literal('holdsGroup'), account: z.string(), group: z.string() }),
  z.strictObject({ method: z.literal('survey') }),
]);
export type DirectoryCall = z.infer<typeof Method>;

/** The call, and the domain controller that it goes to. */
const ServerCall = z.strictObject({ server: z.string(), call: Method });
export type ServerCall = z.infer<typeof ServerCall>;

/** What a call is answered: its result, or the Fault that it was refused with. */
export type DirectoryAnswer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: 'fault';
      readonly fault: Pick<Fault, 'code' | 'retry' | 'message' | 'remedy'>;
    };

/** Path of the route: a POST. */
export const directoryPath = '/_lab/directory';

/** Lets the directory worker, a process of its own, use a directory that lives in this one. It stands behind the lab's token. */
export function directoryRoute(directory: Directory): ExtraRoute {
  return async ({ body }): Promise<Fields> => {
    const request = ServerCall.safeParse(body);
    if (!request.success)
      return { ok: false, error: 'invalid_arguments', detail: z.prettifyError(request.error) };
    const { server, call } = request.data;
    const asked = [directory, ...directory.alternates].find((each) => each.server === server);
    if (!asked) return { ok: false, error: 'invalid_arguments', detail: `There is no server ${server}` };
    return { ...(await answer(asked, call)) };
  };
}

async function answer(directory: Directory, call: DirectoryCall): Promise<DirectoryAnswer> {
  try {
    return { ok: true, result: await carryOut(directory, call) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, retry, message, remedy } = error;
    return { ok: false, error: 'fault', fault: { code, retry, message, remedy } };
  }
}

function carryOut(directory: Directory, call: DirectoryCall): Promise<unknown> {
  switch (call.method) {
    case 'observe':
      return directory.observe(call.question);
    case 'read':
      return directory.read(call.guid);
    case 'modify':
      return directory.modify(call.change);
    case 'readEverywhere':
      return directory.readEverywhere(call.guid);
    case 'holdsGroup':
      return directory.holdsGroup(call.account, call.group);
    case 'survey':
      return directory.survey();
  }
}
