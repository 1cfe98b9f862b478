import { waitFor } from '../../../lab/wait-for';
import type { LabAnswer } from '../../../lab/slack/client';
import { writeButton } from '../../../src/bot/cards/button-value';
import type { Policy } from '../../../src/core/policy/schema';
import type { Clock } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import type { State } from '../../../src/core/request/states';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { conduct } from '../../../src/jobs/roles/conduct';
import { answerDirectory } from '../../../src/jobs/roles/directory/answer-survey';
import type { DirectoryParts } from '../../../src/jobs/roles/directory/parts';
import { serveDirectory } from '../../../src/jobs/roles/directory/role';
import { answerHyperV } from '../../../src/jobs/roles/hyperv/answer-hosts';
import type { HostEffectorParts } from '../../../src/jobs/roles/hyperv/parts';
import { serveHosts } from '../../../src/jobs/roles/hyperv/serve';
import type { Fabric } from '../../../lab/hyperv/fabric';
import { fabricAt } from '../../support/fabric';
import { fakeDirectory, type FakeDirectory } from '../../support/fake-directory';
import { planInPlace } from '../../support/plan-in-place';
import { modes, planning, testKeys, times } from '../../support/request-record';
import { asked, startPractice, textOf, type Practice } from './practice';
import { cardOf } from './requests';

/** A real bot on the stand-in's wire, with real workers on a directory in memory. */
export interface ApprovalStage {
  readonly practice: Practice;
  readonly directory: FakeDirectory;
  /** The hosts hyper-v01 and hyper-v02 with their machines; whether they may move is as the directory says. */
  readonly fabric: Fabric;
  /** What the worker reads as its own policy; the bot keeps the one it was started with. */
  workerPolicy: Policy;
  /** Lets bot and workers believe that so much time has passed. */
  later(ms: number): void;
  /** A request that waits for approval, with its card in Slack; a delegation unless said. */
  waiting(command?: string): Promise<{ record: RequestRecord; ts: string }>;
  /** The same of a request that needs nobody's approval. */
  decided(command: string): Promise<{ record: RequestRecord; ts: string }>;
  /** Presses Approve; `stale`: on a screen that still shows the card of this record. */
  click(ts: string, user: string, screen?: { stale: RequestRecord }): Promise<LabAnswer>;
  /** The record, once it is in one of these states. */
  reaches(record: RequestRecord, ...states: State[]): Promise<RequestRecord>;
  stop(): Promise<void>;
}

/** Starts bot and workers; both know this policy. */
export async function startApprovals(policy: Policy, over: 'socket' | 'http'): Promise<ApprovalStage> {
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const practice = await startPractice({ policy, over, clock });
  const directory = fakeDirectory(() => clock.now());
  const stage = { workerPolicy: policy };
  const { ledger, queue } = practice;
  const parts: Omit<DirectoryParts, 'settings'> = {
    ledger,
    queue,
    clock,
    directory,
    random: systemRandom,
    worker: 'w1',
    verifier: testKeys().verifier,
    proof: { prove: () => Promise.resolve('granted') },
    derived: new Map(),
    wrote: new Set(),
    down: new Map(),
  };
  const place = { searchBases: ['OU=Hyper-V,DC=mabofeng,DC=com'], fileServerBases: [] };
  const settings = () => ({
    policy: stage.workerPolicy,
    times,
    modes,
    tier0: { hosts: [], groups: [] },
    directory: { servers: [], caFile: '', bindDn: 'x', passwordFile: '', baseDn: '', ...place },
  });
  await queue.handle('conduct', (job) => conduct({ ledger, queue, clock, worker: 'c1', pace: times }, job));
  await queue.handle('directory', (job) => serveDirectory({ ...parts, settings: settings() }, job));
  await queue.answer('directory', (question) =>
    answerDirectory({ ...parts, settings: settings() }, question),
  );
  const { fabric, hyperV } = fabricAt(() => clock.now(), {
    ask: ({ source, destination, service }) =>
      Promise.resolve(directory.delegates(source, destination, service)),
  });
  const hosts = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 3_600 };
  const effector: Omit<HostEffectorParts, 'rules'> = {
    ...parts,
    hyperV,
    planner: planInPlace,
    settings: hosts,
    tried: new Map(),
  };
  const rules = () => ({ policy: stage.workerPolicy, times, modes, ...planning });
  await queue.handle('hyperv', (job) => serveHosts({ ...effector, rules: rules() }, job));
  await queue.answer('hyperv', (question) => answerHyperV({ ...effector, rules: rules() }, question));
  const reaches: ApprovalStage['reaches'] = ({ id, label }, ...states) =>
    waitFor(`${label} to be ${states.join(' or ')}`, async () => {
      const record = await ledger.read(id);
      return record && states.includes(record.state) ? record : undefined;
    });
  const reported = async (text: string, ...states: State[]) => {
    const answer = await practice.lab.command({ user: 'requester', channel: 'hyper-v', text });
    const record = await reaches(await asked(practice, answer), ...states);
    await practice.report(record.id);
    return { record, ts: textOf({ text: (await cardOf(practice, record))['ts'] }) };
  };
  return Object.assign(stage, {
    practice,
    directory,
    fabric,
    later: (ms: number) => void (ahead += ms),
    waiting: (text = '/delegate hyper-v01 -> hyper-v02 cifs') => reported(text, 'waiting'),
    decided: (text: string) => reported(text, 'approved', 'running'),
    click(ts: string, user: string, screen?: { stale: RequestRecord }) {
      const { id, plan } = screen?.stale ?? {};
      const about = { id: id ?? '', plan: plan?.number ?? 0, fingerprint: plan?.fingerprint ?? '' };
      const value = screen && { stale: true, value: writeButton(about) };
      return practice.lab.click({ user, channel: 'hyper-v', ts, action_id: 'request.approve', ...value });
    },
    reaches,
    stop: () => practice.stop(),
  });
}
