import { setTimeout as pause } from 'node:timers/promises';
import { app } from '../../lab/slack/workspace';
import { isChange, type ChangeAsk } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import type { RequestRecord } from '../../src/core/request/record';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { countOf, countValues } from './lists';
import { APPROVER, PREFIX, type MeshHost, type Stage } from './stage';

/** One mesh by Handover, in milliseconds. */
export interface Carried {
  /** From the submission until the plan waits for its approval. */
  readonly plan: number;
  /** From the decision until the request is done, all read back. */
  readonly run: number;
}

const LOOK_EVERY_MS = 5;
const WITHIN_MS = 120_000;

const by = (user: string) => ({ enterprise: null, team: app.teamId, user });

/** Asks for the mesh of these hosts and approves it, as the bot would. The lists must be empty; they hold the mesh afterwards. */
export async function carryOut(stage: Stage, hosts: readonly MeshHost[]): Promise<Carried> {
  const { client } = stage;
  const ask = askFor(hosts);
  const channel = 'C0HYPERV';
  const askedAt = performance.now();
  const submitted = await client.submit({
    ask,
    by: by('U0REQUESTER'),
    channel,
    key: `mesh-${askedAt}`,
    card: { channel },
  });
  if (submitted.kind === 'refused') throw new Error(submitted.problem.summary);
  const { id } = submitted.record;
  await reaches(stage, id, 'waiting');
  const plan = performance.now() - askedAt;

  const waiting = await read(stage, id);
  const { number = 0, fingerprint = '' } = waiting.plan ?? {};
  const click = { id, plan: number, fingerprint, by: by(APPROVER), verdict: 'approve' as const };
  // The card is rendered and the button is judged before anybody decides; none of that is the mesh's time.
  await client.mayAnswer(click);
  const decidedAt = performance.now();
  const decided = await client.decide({ ...click, reason: '' });
  if (decided.kind === 'refused') throw new Error(decided.problem.summary);
  await reaches(stage, id, 'done');
  const run = performance.now() - decidedAt;

  await check(stage, await read(stage, id), hosts.length);
  return { plan, run };
}

/** What a person would type: a range. */
function askFor(hosts: readonly MeshHost[]): ChangeAsk {
  const [first, last] = [hosts[0], hosts.at(-1)];
  if (!first || !last) throw new Error('a mesh has hosts');
  const suffix = first.name.slice(first.place.length);
  const command = `delegate mesh m[${first.place.slice(1)}-${last.place.slice(1)}]${suffix} cifs,migration`;
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error(`${command} is not understood`);
  return parsed.ask;
}

/** Looks at the state alone: reading the whole record would cost the workers their processors. */
async function reaches({ redis, ledger }: Stage, id: string, wanted: string): Promise<void> {
  const key = ledgerKeys(PREFIX).request(id);
  const deadline = performance.now() + WITHIN_MS;
  const under = ['planning', 'waiting', 'approved', 'running'];
  for (;;) {
    const state = (await redis.hget(key, 'state')) ?? '';
    if (state === wanted) return;
    if (!under.includes(state)) {
      const record = await ledger.read(id);
      throw new Error(`${state} and not ${wanted}: ${record?.ending?.problem?.summary ?? ''}`);
    }
    if (performance.now() > deadline) throw new Error(`still ${state} and not ${wanted}`);
    await pause(LOOK_EVERY_MS);
  }
}

async function read({ ledger }: Stage, id: string): Promise<RequestRecord> {
  const record = await ledger.read(id);
  if (!record) throw new Error('the ledger has lost the request');
  return record;
}

/** What counts is a mesh that is there whole, written by the worker itself and read back. */
async function check(stage: Stage, { steps, proof }: RequestRecord, hosts: number): Promise<void> {
  const own = steps.filter(({ outcome }) => outcome?.kind === 'changed' && !outcome.inferred);
  const isReadBack = proof?.level === 'converged' && proof.checks.every(({ result }) => result !== 'refused');
  const there = await countValues(stage);
  if (own.length === hosts && isReadBack && there === countOf(hosts)) return;
  throw new Error(`${own.length} of ${hosts} hosts were changed, ${there} values are there, ${proof?.level}`);
}
