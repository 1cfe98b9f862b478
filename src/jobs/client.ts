import { isDirectoryAsk, isMoveAsk, type ChangeAsk, type RequestsAsk } from '../core/commands/ask';
import { printAsk } from '../core/commands/print';
import type { Clock, Ledger, Queue, Random, Signer } from '../core/ports';
import { refuseRequester } from '../core/policy/rules';
import { refuseTicket } from '../core/policy/tickets';
import { touchesAsked } from '../core/policy/touches';
import { effectorOf, undoneBy } from '../core/request/effector';
import { jobFor, type RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';
import type { Settings } from '../core/settings';
import type { Prepared } from '../core/hyperv/prepare-hosts';
import { askHyperV } from './ask-directory';
import { createChoiceClient, type ChoiceClient } from './choices';
import { createChildClient, type ChildClient } from './child-requests';
import { createHostClient, type HostClient } from './hosts';
import { createHomeClient, type HomeClient } from './home';
import { answer } from './answer';
import { refuseOften } from './asked-often';
import { createCordonClient, type CordonClient } from './cordons';
import { decide, mayAnswer, type Deciding } from './decide';
import { createFreezeClient, type FreezeClient } from './freeze';
import { sayHostBack, sayMoveWord, sayPause, sayResume, sayStop, sayWithdraw } from './instructions';
import { createKeptHostClient, type KeptHostClient } from './kept-hosts';
import { createListClient, type ListClient } from './lists';
import { createNameClient, type NameClient } from './names';
import { createOneRequestClient, type OneRequestClient } from './one-request';
import { listOpen, type OpenRequests } from './open-requests';
import { createReviewClient, type ReviewClient } from './review';
import { noteRefusal, withRefusalsNoted, type Refusal } from './refusals';
import { sign, type Answered } from './statements';
import type { Preview } from './preview';
import type { Submission, Submitted } from './submission';
import { createWaiverClient, type WaiverClient } from './waivers';

export type { Answered } from './statements';
export type { Health, HomeOverview, NotedHost } from './home';
export type { OpenRequests } from './open-requests';
export type { ListedHost, ListedHosts, OtherEnds } from './hosts';
export type { Story } from './audit/story';

export type { Preview } from './preview';
export type { Submitted } from './submission';
export type { MemberOf } from './user-groups';

/** All that the bot can do with requests. Methods throw Fault when the ledger or a worker does not answer. */
export interface RequestClient
  extends
    ListClient,
    NameClient,
    ChildClient,
    HomeClient,
    FreezeClient,
    CordonClient,
    KeptHostClient,
    OneRequestClient,
    ReviewClient,
    ChoiceClient,
    WaiverClient,
    HostClient {
  /** Signs and records an intake; the same `key` again gives the first request back. */
  submit(input: Submission): Promise<Submitted>;
  /** Breaking the glass needs a reason; a denial has one. */
  decide(input: Deciding & { id: string }): Promise<Answered>;
  /** The checks of `decide` without deciding. */
  mayAnswer(input: Omit<Deciding, 'reason'> & { id: string }): Promise<Answered>;
  withdraw(input: { id: string; by: Person }): Promise<Answered>;
  /** No further step begins; whoever is a member may say so. */
  stop(input: { id: string; by: Person }): Promise<Answered>;
  /** No further step begins until somebody resumes it; whoever is a member may say so. */
  pause(input: { id: string; by: Person }): Promise<Answered>;
  resume(input: { id: string; by: Person }): Promise<Answered>;
  /** Has machines tried once more whose move has failed, in the same approval; for whoever may ask for what the request asks. */
  retryFailed(input: { id: string; by: Person }): Promise<Answered>;
  /** Has what is left of moves planned anew, in the same approval; for whoever may ask for what the request asks. */
  replan(input: { id: string; by: Person }): Promise<Answered>;
  /** Hosts that a drain has opened are back: for whoever may ask for that drain. */
  hostBack(input: { id: string; round: number; by: Person }): Promise<Answered>;
  /** Asks the worker to look now whether a person's step is done. */
  lookNow(id: string): Promise<void>;
  /** Requests that are open and that this person may see, newest last, and which of their objects are leased right now. */
  requests(ask: Pick<RequestsAsk, 'which'>, by: Person): Promise<OpenRequests>;
  preview(ask: ChangeAsk, by: Person): Promise<Preview>;
  /** Puts into the audit that somebody was refused something before any request was asked. */
  noteRefusal(refusal: Refusal): Promise<void>;
}

/** The ports and settings that a client is made of. */
export interface ClientParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Pick<Settings, 'policy' | 'times'> & Partial<Pick<Settings, 'hyperv'>>;
}

const PREVIEW_DEADLINE_MS = 3_000;
/** All hosts are read for it. */
const MOVES_DEADLINE_MS = 90_000;

/** The client of the bot: the only place where statements are signed. */
export function createRequestClient(parts: ClientParts): RequestClient {
  const { ledger, queue, clock, settings } = parts;
  const waivers = createWaiverClient(parts);
  const submit = (submission: Submission): Promise<Submitted> => submitOnce(parts, submission);
  const client: RequestClient = {
    noteRefusal: (refusal) => noteRefusal(parts, refusal),
    submit,
    ...createChildClient({ ledger, submit }),
    ...createFreezeClient(parts),
    ...createCordonClient({ ...parts, policy: settings.policy, hosts: settings.hyperv?.hosts }),

    ...createKeptHostClient({ ...parts, policy: settings.policy }),

    decide: (input) => decide(parts, waivers, input),

    ...waivers,

    mayAnswer: (input) => mayAnswer(parts, input),

    ...createReviewClient(parts),
    ...createChoiceClient(parts),

    withdraw: (input) => answer(parts, input.id, (record) => sayWithdraw(parts, record, input.by)),

    stop: (input) => answer(parts, input.id, (record) => sayStop(parts, record, input.by)),

    pause: (input) => answer(parts, input.id, (record) => sayPause(parts, record, input.by)),

    resume: (input) => answer(parts, input.id, (record) => sayResume(parts, record, input.by)),

    retryFailed: ({ id, by }) =>
      answer(parts, id, (record) => sayMoveWord(parts, record, { what: 'retry-failed', by })),

    replan: ({ id, by }) => answer(parts, id, (record) => sayMoveWord(parts, record, { what: 'replan', by })),

    hostBack: ({ id, round, by }) =>
      answer(parts, id, (record) => sayHostBack(parts, record, { by, round, policy: settings.policy })),

    async lookNow(id) {
      const record = await ledger.read(id);
      if (!record || record.ending) return;
      await queue.release(effectorOf(record), jobFor(record, 'look').id);
    },

    requests: ({ which }, by) => listOpen({ ledger, policy: settings.policy }, { which, by }),

    async preview(ask, by) {
      const problem = refuseRequester(settings.policy, touchesAsked(ask), by);
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
      if (isMoveAsk(ask)) return previewMoves(queue, printAsk(ask), by);
      if (await isAskOfHosts(ledger, ask)) return previewHosts(queue, printAsk(ask));
      return (await queue.ask('directory', { command: printAsk(ask), by }, PREVIEW_DEADLINE_MS)) as Preview;
    },

    ...createOneRequestClient({ ledger, policy: settings.policy }),
    ...createListClient({ ledger, queue, clock, policy: settings.policy }),
    ...createNameClient({ queue, clock, policy: settings.policy }),
    ...createHostClient({ ledger, queue, clock, policy: settings.policy }),
    ...createHomeClient({ ...parts, policy: settings.policy, hosts: settings.hyperv?.hosts }),
  };
  return { ...client, ...withRefusalsNoted(parts, client) };
}

async function submitOnce(parts: ClientParts, submission: Submission): Promise<Submitted> {
  const { ask, by, channel, key, card, parent = null } = submission;
  const { ledger, queue, clock, random, signer, settings } = parts;
  const problem =
    refuseRequester(settings.policy, touchesAsked(ask), by) ??
    refuseTicket(settings.policy, ask) ??
    (await refuseOften(ledger, settings.policy, { by, ask }));
  // Delivered twice: what was recorded the first time stands, though there may be no room for another by now.
  const earlier = problem && (await ledger.recordedUnder(key));
  if (earlier) return { kind: 'received', record: earlier, isNew: false };
  if (problem) return { kind: 'refused', problem };
  const intake = sign(signer, {
    kind: 'intake' as const,
    id: random.hex(16),
    by,
    channel,
    command: printAsk(ask),
    at: clock.now(),
    of: parent?.id ?? null,
  });
  const of = parent && { id: parent.id, label: parent.label, effector: undoneBy(parent) };
  const { record, isNew } = await ledger.recordIntake(intake, { key, card, parent: of });
  if (isNew) void askForPlan(queue, record);
  return { kind: 'received', record, isNew };
}

/** An undo is one of hosts if what it takes back was. */
async function isAskOfHosts(ledger: Ledger, ask: ChangeAsk): Promise<boolean> {
  if (ask.verb !== 'undo') return !isDirectoryAsk(ask);
  const undone = await ledger.findByLabel(ask.request);
  return undone !== null && undoneBy(undone) === 'hyperv';
}

async function previewHosts(queue: Queue, command: string): Promise<Preview> {
  const prepared = await askHyperV<Prepared>(queue, { about: 'plan', command }, PREVIEW_DEADLINE_MS);
  const { verdicts } = prepared;
  if (prepared.kind === 'refused') return { verdicts, part: null };
  const part = { changes: [], destinations: [], forMs: null };
  return { verdicts, part, settings: prepared.settings };
}

async function previewMoves(queue: Queue, command: string, by: Person): Promise<Preview> {
  return askHyperV<Preview>(queue, { about: 'moves', command, by }, MOVES_DEADLINE_MS);
}

/** What conduct would ask for at once: a hop less until there is a plan. Failing is no error: the sweeper asks too. */
async function askForPlan(queue: Queue, record: RequestRecord): Promise<void> {
  await queue.put(effectorOf(record), jobFor(record, effectorOf(record))).catch(() => undefined);
}
