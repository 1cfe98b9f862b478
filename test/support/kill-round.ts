import { afterOf } from '../../src/core/delegation/powers';
import { once } from 'node:events';
import { readDelegation } from '../../lab/directory/delegation';
import type { ProgramName } from '../../lab/programs';
import { waitFor } from '../../lab/wait-for';
import { brokenLink } from '../../src/core/request/audit';
import { cardWith, reaches, reports, type Asked } from './conversation';
import { testDomain } from './domain';
import type { Instance } from './instance';

/**
 * Plays the main job once while `program` dies at `place`, starts it again, and checks what must hold after any crash: the request
 * is done, the directory holds exactly the asked values, the thread has one card and one report, the audit chain holds.
 */
export async function playKilledAt(
  instance: Instance,
  round: { program: ProgramName; place: string; from: string; to: string },
): Promise<void> {
  await instance.programs.get(round.program)?.stop();
  const doomed = await instance.start(round.program, { HANDOVER_LAB_CRASH: round.place });
  const restarted = once(doomed.child, 'exit').then(() => instance.start(round.program));
  try {
    await playRound(instance, round, restarted);
  } finally {
    // A round that failed must not leave its doomed program to the next one.
    await doomed.kill();
    await restarted;
  }
}

async function playRound(
  instance: Instance,
  round: { program: ProgramName; place: string; from: string; to: string },
  restarted: Promise<unknown>,
): Promise<void> {
  const { client, ledger } = instance;
  const hasRestarted = restarted.then(() => true);
  const hasDied = () =>
    waitFor(`${round.program} to die ${round.place}`, () => Promise.race([hasRestarted, pause()]));
  const text = `/delegate ${instance.host(round.from)} -> ${instance.host(round.to)} cifs`;
  const before = new Set(await ledger.openRequests());
  const order = { user: 'requester', channel: 'hyper-v', text };
  let answer = await client.command(order);
  const id = await waitFor('the request in the ledger', async () => {
    const found = (await ledger.openRequests()).find((open) => !before.has(open));
    // A bot that died before it took the command in has told the person that it failed: people type it again.
    if (!found && !answer.ok) answer = await client.command(order);
    return found;
  });
  const asked: Asked = { id, label: (await ledger.read(id))?.label ?? '' };
  const card = await cardWith(instance, asked, 'request.approve');
  // A card can stand before the job is held: whoever clicks at once would leave nothing to hold.
  if (/held|queue\.hold/.test(round.place)) await hasDied();
  // A bot that dies at the click leaves the person without an answer: people click again.
  await waitFor('a decision', async () => {
    await client.click({
      user: 'approver',
      channel: 'hyper-v',
      ts: String(card['ts']),
      action_id: 'request.approve',
    });
    return (await ledger.read(id))?.state === 'waiting' ? undefined : true;
  });
  await hasDied();
  // `reaches` and `reports` wait 15 s at most: what an on-call engineer is promised after a crash.
  const done = await reaches(instance, asked, 'done');
  const [report, ...others] = await reports(instance, asked);
  expect([report === undefined, others.length]).toEqual([false, 0]);
  const cards = (await client.messages({ channel: 'hyper-v' })).filter((message) =>
    JSON.stringify(message).includes(asked.label),
  );
  expect(cards).toHaveLength(1);
  const values = await readDelegation(testDomain(), instance.host(round.from));
  const first = done.plan?.directory.changes[0];
  expect(values.toSorted()).toEqual(
    [...(first?.attribute === 'msDS-AllowedToDelegateTo' ? afterOf(first) : [])].toSorted(),
  );
  expect(brokenLink(await ledger.audit(id))).toBeNull();
}

function pause(): Promise<undefined> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(undefined));
  });
}
