import type { Denials } from './denials';
import type { FabricHost, WindowsError } from './model';
import { noAuthority, noCredentials, unsuitableCredentials } from './windows-errors';

/**
 * What the fabric asks for a ticket: the KDC of the host's own domain controller, for a service at another host. Rejects with
 * NoController when that gives no verdict.
 */
export type AskKdc = (ask: {
  readonly controller: string;
  readonly source: string;
  readonly destination: string;
  readonly service: 'cifs' | 'migration';
}) => Promise<boolean>;

/** A domain controller that gave no verdict. A host remembers refusals, and this is none. */
export class NoController extends Error {
  override readonly name = 'NoController';

  constructor(controller: string, options: { cause: unknown }) {
    super(`The domain controller ${controller} gave no verdict`, options);
  }
}

/** What a sign-in goes by: who is asked, and what hosts remember. */
interface Desk {
  readonly ask: AskKdc;
  readonly denials: Denials;
}

/** Who wants to move from where to where, and whether somebody is logged on at the source itself. */
interface Visit {
  readonly from: FabricHost;
  readonly to: FabricHost;
  readonly isLocal: boolean;
  readonly now: number;
}

/**
 * Kerberos: the source asks its own domain controller for cifs and for the migration service, unless it remembers a refusal.
 * CredSSP: only somebody at the source itself has credentials to give away, and Credential Guard lets nobody. Null: signed in.
 */
export async function refuseSignIn(
  desk: Desk,
  { from, to, isLocal, now }: Visit,
): Promise<WindowsError | null> {
  if (from.migration.auth !== to.migration.auth) return unsuitableCredentials(to.name);
  if (from.migration.auth === 'credssp') {
    return isLocal && !from.credentialGuard ? null : noCredentials(from.name, to.name);
  }
  for (const service of ['cifs', 'migration'] as const) {
    const key = `${service}/${to.name}`;
    if (desk.denials.isRemembered(from.name, key, now)) return noCredentials(from.name, to.name);
    const { controller } = from;
    const said = await say(desk.ask, { controller, source: from.name, destination: to.name, service });
    if (said === 'granted') continue;
    if (said === 'silent') return noAuthority(from.name, from.controller);
    desk.denials.remember(from.name, key, now);
    return noCredentials(from.name, to.name);
  }
  return null;
}

async function say(ask: AskKdc, question: Parameters<AskKdc>[0]) {
  try {
    return (await ask(question)) ? 'granted' : 'refused';
  } catch (error) {
    if (error instanceof NoController) return 'silent';
    throw error;
  }
}
