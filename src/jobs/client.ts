import { canonicalText } from '../core/canonical';
import type { ChangeAsk } from '../core/commands/ask';
import { printAsk } from '../core/commands/print';
import type { DirectoryPart, Verdict } from '../core/delegation/plan';
import type { Clock, Ledger, Queue, Random, Signer } from '../core/ports';
import type { Problem } from '../core/problem';
import type { AuditEntry } from '../core/request/audit';
import { isQuorate, judgeClick, writeDecision, type Click } from '../core/request/decide';
import { kindsAsked, refuseRequester } from '../core/request/policy';
import { heldJobId, type RequestRecord } from '../core/request/record';
import { isSamePerson, type Person, type Signed, type Statement } from '../core/request/statement';
import type { Settings } from '../core/settings';
import { createListClient, type ListClient } from './lists';

/** What came of a person's word: it stands in the ledger, or why not. */
export type Answered =
  | { readonly kind: 'recorded'; readonly record: RequestRecord }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly record: RequestRecord | null };

/** What would be done, without a request. `part` is null when something refuses. */
export interface Preview {
  readonly verdicts: readonly Verdict[];
  readonly part: DirectoryPart | null;
}

/** All that the bot can do with requests. Methods throw Fault when the ledger or a worker does not answer. */
export interface RequestClient extends ListClient {
  /** Signs and records an intake; the same `key` again gives the first request back. */
  submit(input: {
    ask: ChangeAsk;
    by: Person;
    channel: string;
    key: string;
    card: { channel: string };
  }): Promise<
    { kind: 'received'; record: RequestRecord; isNew: boolean } | { kind: 'refused'; problem: Problem }
  >;
  decide(input: Click & { id: string; verdict: 'approve' | 'deny'; reason: string }): Promise<Answered>;
  /** The checks of `decide` without deciding. */
  mayAnswer(input: Click & { id: string }): Promise<Answered>;
  withdraw(input: { id: string; by: Person }): Promise<Answered>;
  preview(ask: ChangeAsk, by: Person): Promise<Preview>;
  find(label: string): Promise<RequestRecord | null>;
}

/** The ports and settings that a client is made of. */
export interface ClientParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Pick<Settings, 'policy' | 'times'>;
}

/** How often a word is tried again after somebody else's transition came first. */
const TRIES = 8;
const PREVIEW_DEADLINE_MS = 3_000;

/** The client of the bot: the only place where statements are signed. */
export function createRequestClient(parts: ClientParts): RequestClient {
  const { ledger, queue, clock, settings } = parts;
  return {
    async submit({ ask, by, channel, key, card }) {
      const problem = refuseRequester(settings.policy, kindsAsked(ask), by);
      if (problem) return { kind: 'refused', problem };
      const intake = sign(parts.signer, {
        kind: 'intake' as const,
        id: parts.random.hex(16),
        by,
        channel,
        command: printAsk(ask),
        at: clock.now(),
        of: null,
      });
      const { record, isNew } = await ledger.recordIntake(intake, { key, card });
      if (isNew) void nudge(queue, record);
      return { kind: 'received', record, isNew };
    },

    decide: (input) => answer(parts, input.id, (record) => decideOnce(parts, record, input)),

    async mayAnswer(input) {
      const record = await ledger.read(input.id);
      if (!record) return unknownRequest();
      const judged = judgeClick(record, input, { settings, now: clock.now() });
      return 'problem' in judged
        ? { kind: 'refused', problem: judged.problem, record }
        : { kind: 'recorded', record };
    },

    withdraw: (input) => answer(parts, input.id, (record) => withdrawOnce(parts, record, input.by)),

    async preview(ask, by) {
      const problem = refuseRequester(settings.policy, kindsAsked(ask), by);
      if (problem) {
        return {
          verdicts: [
            {
              check: 'requester.allowed',
              verdict: 'refuse',
              sentence: problem.summary,
              remedy: problem.remedy,
            },
          ],
          part: null,
        };
      }
      return (await queue.ask('directory', { command: printAsk(ask) }, PREVIEW_DEADLINE_MS)) as Preview;
    },

    find: (label) => ledger.findByLabel(label),
    ...createListClient({ ledger, queue, policy: settings.policy }),
  };
}

async function answer(
  parts: ClientParts,
  id: string,
  once: (record: RequestRecord) => Promise<Answered | 'again'>,
): Promise<Answered> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const record = await parts.ledger.read(id);
    if (!record) return unknownRequest();
    const answered = await once(record);
    if (answered !== 'again') {
      if (answered.kind === 'recorded') await wake(parts.queue, answered.record);
      return answered;
    }
  }
  const problem = {
    code: 'request.busy',
    summary: 'The request is changing right now.',
    remedy: 'Click again.',
  };
  return { kind: 'refused', problem, record: await parts.ledger.read(id) };
}

async function decideOnce(
  { ledger, signer, clock, settings }: ClientParts,
  record: RequestRecord,
  input: Click & { verdict: 'approve' | 'deny'; reason: string },
): Promise<Answered | 'again'> {
  const now = clock.now();
  const judged = judgeClick(record, input, { settings, now });
  if ('problem' in judged) {
    await ledger.note(
      record.id,
      entry('decision.refused', input.by, { at: now, detail: { why: judged.problem.code } }),
    );
    return { kind: 'refused', problem: judged.problem, record };
  }
  const decision = sign(signer, writeDecision(record, judged.plan, { ...input, now, settings }));
  const decisions = [...record.decisions, decision];
  const change =
    input.verdict === 'deny'
      ? { state: 'denied' as const, decisions, ending: { problem: null, at: now } }
      : isQuorate(judged.plan, decisions, settings.policy)
        ? { state: 'approved' as const, decisions }
        : { decisions };
  const detail = {
    plan: judged.plan.number,
    fingerprint: input.fingerprint,
    verdict: input.verdict,
    reason: input.reason,
  };
  const committed = await ledger.commit(record, change, entry('decision', input.by, { at: now, detail }));
  return committed ? { kind: 'recorded', record: committed } : 'again';
}

async function withdrawOnce(
  parts: ClientParts,
  record: RequestRecord,
  by: Person,
): Promise<Answered | 'again'> {
  const { ledger, signer, clock } = parts;
  if (!isSamePerson(record.intake.statement.by, by)) {
    return refusal(record, {
      code: 'withdraw.not-requester',
      summary: 'Only the person who asked may withdraw.',
      remedy: 'Deny it instead, if you may.',
    });
  }
  if (record.ending) {
    return refusal(record, {
      code: 'request.ended',
      summary: `${record.label} is over: ${record.state}.`,
      remedy: '',
    });
  }
  if (record.state === 'running') {
    return refusal(record, {
      code: 'request.decided',
      summary: 'It is being carried out already.',
      remedy: 'Wait for its result.',
    });
  }
  const now = clock.now();
  const said = sign(signer, {
    kind: 'instruction' as const,
    intake: record.id,
    what: 'withdraw' as const,
    by,
    at: now,
  });
  const committed = await ledger.commit(
    record,
    { state: 'withdrawn', instructions: [...record.instructions, said], ending: { problem: null, at: now } },
    entry('withdrawn', by, { at: now, detail: {} }),
  );
  return committed ? { kind: 'recorded', record: committed } : 'again';
}

function sign<S extends Statement>(signer: Signer, statement: S): Signed<S> {
  return { statement, keyId: signer.keyId, signature: signer.sign(canonicalText(statement)) };
}

function entry(what: string, by: Person, more: Pick<AuditEntry, 'at' | 'detail'>): AuditEntry {
  return { what, who: `${by.enterprise ?? '-'}/${by.team}/${by.user}`, ...more };
}

function refusal(record: RequestRecord, problem: Problem): Answered {
  return { kind: 'refused', problem, record };
}

function unknownRequest(): Answered {
  const problem = {
    code: 'request.unknown',
    summary: 'No such request is in the ledger.',
    remedy: 'Ask again.',
  };
  return { kind: 'refused', problem, record: null };
}

/** Asks conduct to look at the request. Failing is no error: the sweeper asks too. */
async function nudge(queue: Queue, record: RequestRecord): Promise<void> {
  await queue
    .put('conduct', { id: `${record.label}-v${record.rev}-conduct`, request: record.id })
    .catch(() => undefined);
}

/** After a decision or a withdrawal: releases the held job, or asks anew when there is none. */
async function wake(queue: Queue, record: RequestRecord): Promise<void> {
  const released = await queue.release('conduct', heldJobId(record)).catch(() => 'missing' as const);
  if (released !== 'released') await nudge(queue, record);
}
