import { readFileSync } from 'node:fs';
import { editControl } from '../../../lab/directory/account-control';
import { accountBits } from '../../../lab/directory/accounts';
import { editDelegation } from '../../../lab/directory/delegation';
import type { Domain } from '../../../lab/directory/domain';
import { escapeTyped } from '../../../lab/slack/typed-text';
import { waitFor } from '../../../lab/wait-for';
import { answerCommand, type AnswerParts } from '../../../src/bot/commands/answer';
import { eachOf } from '../../../src/bot/private-answer';
import type { Message } from '../../../src/bot/cards/message';
import type { CommandEntry } from '../../../src/core/commands/verbs';
import type { RequestRecord } from '../../../src/core/request/record';
import type { State } from '../../../src/core/request/states';
import type { Policy } from '../../../src/core/settings';
import { createRequestClient, type RequestClient } from '../../../src/jobs/client';
import { openLdapDirectory } from '../../../src/jobs/directory/ldap-directory';
import { openMemoryLedger } from '../../../src/jobs/ledger/memory-ledger';
import { newKeyPair, openSigner, openVerifier } from '../../../src/jobs/ports/ed25519-keys';
import { systemClock as clock } from '../../../src/jobs/ports/system-clock';
import { systemRandom as random } from '../../../src/jobs/ports/system-random';
import { openMemoryQueue } from '../../../src/jobs/queue/memory-queue';
import { startConduct, startDirectory } from '../../../src/jobs/worker';
import { approver, modes, requester, times } from '../../support/request-record';

/** Where a command is typed and carried out: the bot's answers in front, both workers behind, on a real domain. */
export interface Desk {
  /** Types a command, approves what it asks for, does what is left to a person. Gives all that was told, once it is over. */
  carryOut(typed: string): Promise<string>;
  close(): Promise<void>;
}

const rule = { requesters: [requester.user], approvers: [approver.user], quorum: 1 };
const policy: Policy = {
  'delegation-add': rule,
  'delegation-remove': rule,
  'trust-mode': rule,
  read: { delegations: [requester.user], findings: [requester.user] },
};
const log = { info: () => undefined, error: () => undefined };

/** Opens a desk on a domain, with the narrow account. */
export async function openDesk(domain: Domain): Promise<Desk> {
  const keys = newKeyPair();
  const stores = { ledger: openMemoryLedger(clock), queue: openMemoryQueue(clock), clock, random };
  const { directories: servers, baseDn, searchBases, fileServerBases, caFile } = domain;
  const { dn: bindDn, password } = domain.service;
  const ca = readFileSync(caFile, 'utf8');
  const directory = openLdapDirectory({ servers, ca, bindDn, password, baseDn, searchBases, clock });
  const place = { servers, caFile, bindDn, passwordFile: '', baseDn, searchBases, fileServerBases };
  const workers = [
    await startConduct({ ...stores, log, pace: times }),
    await startDirectory({
      ...stores,
      log,
      directory,
      proof: { prove: () => Promise.resolve('untestable') },
      verifier: openVerifier({ k1: keys.publicKey }),
      settings: { policy, times, modes, tier0: { hosts: [], groups: [] }, directory: place },
    }),
  ];
  const signer = openSigner({ keyId: 'k1', pem: keys.privateKey });
  const client = createRequestClient({ ...stores, signer, settings: { policy, times } });
  const bot: AnswerParts = {
    client,
    policy,
    placement: {
      refuseShared: () => Promise.resolve(null),
      place: (channel) => Promise.resolve({ channel, isElsewhere: false }),
    },
    membership: { refuse: () => Promise.resolve(null) },
    linkTo: () => Promise.resolve(null),
    pagesOf: () => Promise.resolve({ link: null }),
    isArchived: () => Promise.resolve(false),
    announce: () => Promise.resolve(),
    bring: () => Promise.resolve(),
  };
  const reports = await stores.queue.handle('reports', () => Promise.resolve({ kind: 'over' }));
  let count = 0;
  return {
    async carryOut(typed) {
      const [entry = '', ...words] = typed.split(' ');
      const told = await answerCommand(
        {
          entry: entry as CommandEntry,
          text: escapeTyped(words.join(' ')),
          by: requester,
          channel: 'C1',
          key: `k${(count += 1)}`,
        },
        bot,
      );
      const label = /^R-\d+(?= received)/.exec(told.now.text)?.[0];
      if (label !== undefined) return seeThrough({ client, domain }, label);
      const last = told.later ? eachOf(await told.later()) : [told.now];
      return last.map(textOf).join('\n');
    },
    async close() {
      for (const worker of [...workers, reports]) await worker.stop();
      await stores.queue.close();
      await directory.close();
    },
  };
}

/** From the plan to the end: somebody approves, and somebody else does what is left to people. */
async function seeThrough(
  { client, domain }: { client: RequestClient; domain: Domain },
  label: string,
): Promise<string> {
  const reaches = (...states: State[]): Promise<RequestRecord> =>
    waitFor(`${label} to be ${states.join(' or ')}`, async () => {
      const record = await client.find(label);
      return record && (record.ending || states.includes(record.state)) ? record : undefined;
    });
  const { id, plan } = await reaches('waiting');
  if (!plan) throw new Error(`${label} has no plan`);
  const { number, fingerprint } = plan;
  await client.decide({ id, verdict: 'approve', reason: '', plan: number, fingerprint, by: approver });
  let record = await reaches('awaiting-hand');
  if (!record.ending) {
    await doByHand(domain, record);
    await client.lookNow(id);
    record = await reaches();
  }
  return record.state;
}

async function doByHand(domain: Domain, { plan }: RequestRecord): Promise<void> {
  for (const change of plan?.directory.changes.filter(({ by }) => by === 'hand') ?? []) {
    if (change.attribute === 'userAccountControl')
      await editControl(domain, change.name, { set: accountBits.anyProtocol });
    else await editDelegation(domain, change.name, { add: change.add, delete: change.remove });
  }
}

function textOf({ text, blocks }: Message): string {
  return [text, ...blocks.map((block) => JSON.stringify(block))].join('\n');
}
