import type { Policy } from '../../../../../src/core/settings';
import type { MoveWord } from '../../../../../src/core/request/move-word';
import type { RequestRecord } from '../../../../../src/core/request/record';
import type { Instruction } from '../../../../../src/core/request/statement';
import { approver, requester, signed, testKeys } from '../../../../support/request-record';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03'] as const;
const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const SQL = '00000004-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const stranger = { ...requester, user: 'U0STRANGER' };
/** The requester may ask for moves, and nobody else. */
const CLOSE: Policy = {
  ...MOVE_POLICY,
  'live-move': { requesters: [requester.user], approvers: [approver.user], quorum: 1 },
};

async function begin(bot: Policy = MOVE_POLICY, own: Policy = MOVE_POLICY): Promise<void> {
  stage = new MoveStage(bot);
  stage.ownRules = own;
  await stage.begin();
  stage.delegate(
    ...HOSTS.flatMap((from) => HOSTS.flatMap((to) => (to === from ? [] : [[from, to] as const]))),
  );
}

/** Waits for web-01 to fail. */
async function failed(): Promise<void> {
  for (let second = 0; second < 600; second += 1) {
    if ((await stage.move('web-01'))?.outcome?.kind === 'failed') return;
    await stage.clock.pass(1_000);
  }
  throw new Error('web-01 did not fail');
}

/** A drain of hyper-v01 in which web-01 has just failed; `hanging`: another machine is on its way without end. */
async function failedOnce(
  policies: readonly [bot: Policy, own: Policy] = [MOVE_POLICY, MOVE_POLICY],
  { hanging = false }: { hanging?: boolean } = {},
): Promise<RequestRecord> {
  await begin(...policies);
  const waiting = await stage.ask(`drain hyper-v01 --max ${hanging ? 2 : 1}`);
  stage.fabric.spoil(WEB, 'halfway');
  if (hanging) stage.fabric.spoil(SQL, 'hangs');
  await stage.approve(1_000);
  await failed();
  return waiting;
}

async function say(what: 'retryFailed' | 'replan', by = requester): Promise<string> {
  const said = await stage.client[what]({ id: stage.id, by });
  return said.kind === 'refused' ? said.problem.code : said.kind;
}

/** Writes an instruction as a thief would. */
async function forge(what: MoveWord, change: Partial<Instruction> = {}, keys = testKeys()): Promise<void> {
  const { id, instructions } = await stage.record();
  const word = {
    kind: 'instruction' as const,
    intake: id,
    what,
    by: requester,
    at: stage.clock.now(),
    ...change,
  };
  await stage.edit({ instructions: [...instructions, signed<Instruction>(word, keys.signer)] });
  await stage.clock.pass(10_000);
}

const heard = async () =>
  (await stage.record()).heard.map(({ problem, machines }) => problem?.code ?? machines);

describe('a machine whose move has failed', () => {
  it('is tried once more in the same approval, at the word of who may ask for that drain', async () => {
    await failedOnce();
    expect(await say('retryFailed')).toBe('recorded');
    await stage.clock.pass(300_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: [] }] });
    expect(await heard()).toEqual([['web-01']]);
    expect(record.plan?.number).toBe(1);
    expect(record.decisions).toHaveLength(1);
    expect(await stage.audited()).toEqual(expect.arrayContaining(['retry-failed', 'retry-failed.followed']));
  });

  it('is not tried at the word of who may not ask for it, by the policy of the bot or by that of the worker', async () => {
    await failedOnce([CLOSE, CLOSE]);
    expect(await say('retryFailed', stranger)).toBe('request.not-allowed');
    expect((await stage.record()).instructions).toEqual([]);
    expect(await stage.audited()).toContain('retry-failed.refused');
    await stage.stop();
    await failedOnce([MOVE_POLICY, { ...MOVE_POLICY, deny: [stranger.user] }]);
    expect(await say('retryFailed', stranger)).toBe('recorded');
    await stage.clock.pass(300_000);
    expect(await heard()).toEqual(['person.denied']);
    expect(await stage.record()).toMatchObject({ state: 'partial' });
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
  });

  it.each<[string, string, (record: RequestRecord) => Parameters<typeof forge>]>([
    ['nobody signed', 'instruction.forged', () => ['retry-failed', {}, testKeys('k1', 'stolen')]],
    ['is about another request', 'instruction.forged', () => ['retry-failed', { intake: 'b'.repeat(32) }]],
    [
      'is older than the approval',
      'instruction.old',
      ({ since }) => ['retry-failed', { at: since - 60_000 }],
    ],
    ['comes from the future', 'instruction.old', ({ since }) => ['retry-failed', { at: since + 3_600_000 }]],
  ])('is not tried because of a word that %s', async (_, code, word) => {
    await failedOnce();
    await forge(...word(await stage.record()));
    expect(await heard()).toEqual([code]);
    expect(await stage.move('web-01')).toMatchObject({ outcome: { kind: 'failed' } });
  });

  it('is tried once for each word, whatever somebody writes of what was heard', async () => {
    await failedOnce(undefined, { hanging: true });
    stage.fabric.spoil(WEB, 'halfway');
    await say('retryFailed');
    await stage.clock.pass(10_000);
    await failed();
    await stage.edit({ heard: [] });
    await stage.clock.pass(60_000);
    expect(await heard()).toEqual(['instruction.old']);
    expect(await stage.move('web-01')).toMatchObject({ outcome: { kind: 'failed' } });
  });

  it('is tried three times more within an approval, and no more', async () => {
    await failedOnce(undefined, { hanging: true });
    for (const _ of [1, 2, 3]) {
      stage.fabric.spoil(WEB, 'halfway');
      expect(await say('retryFailed')).toBe('recorded');
      await stage.clock.pass(10_000);
      await failed();
    }
    expect(await say('retryFailed')).toBe('moves.too-often');
    await forge('retry-failed');
    expect(await heard()).toEqual([['web-01'], ['web-01'], ['web-01'], 'moves.too-often']);
  });

  it('is not tried after a stop, or before anything has failed', async () => {
    await failedOnce();
    await stage.client.stop({ id: stage.id, by: requester });
    expect(await say('retryFailed')).toBe('moves.closed');
    await forge('retry-failed');
    expect(await heard()).toEqual(['moves.closed']);
    await stage.stop();
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    expect(await say('retryFailed')).toBe('moves.not-running');
    await stage.approve(5_000);
    expect(await say('retryFailed')).toBe('retry.none-failed');
  });

  it('is asked for anew when the request is over, with an approval of its own', async () => {
    const first = await failedOnce();
    await stage.clock.pass(300_000);
    const { state, label } = await stage.record();
    expect(state).toBe('partial');
    const again = await stage.client.retry({ request: label, by: requester, channel: 'C1', key: 'again' });
    if (again.kind === 'refused') throw new Error(again.problem.code);
    stage.id = again.record.id;
    await stage.clock.pass(10_000);
    expect(await stage.record()).toMatchObject({
      state: 'waiting',
      parent: { id: first.id },
      plan: { hosts: { envelope: { machines: [{ name: 'web-01' }] } } },
    });
  });
});

describe('what is left of a drain', () => {
  it('is planned anew at somebody’s word, inside what was approved, and uses up none of its own tries', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --max 1');
    stage.fabric.spoil(SQL, 'hangs');
    await stage.approve(60_000);
    const { moves, plan } = await stage.record();
    const left = moves.find(({ intent, outcome }) => !intent && !outcome);
    const other = HOSTS.find((host) => host !== 'hyper-v01' && host !== left?.to);
    const { machines } = stage.fabric.at(stage.clock.now());
    const victim = machines.find(({ host }) => host === left?.to);
    if (!left || !victim) throw new Error('nothing is left');
    const bytes = 44 * 1024 ** 3;
    const memory = { ...victim.memory, assignedBytes: bytes, demandBytes: bytes };
    stage.fabric.add({ ...victim, id: '00000099-4a7b-4c1d-9e2f-7a6b5c4d3e2f', name: 'huge-01', memory });
    expect(await say('replan')).toBe('recorded');
    await stage.clock.pass(5_000);
    const [said] = await heard();
    expect(said).toContain(`${left.name} → ${other}`);
    const hanging = stage.fabric.at(stage.clock.now()).moves.find(({ state }) => state === 'running');
    stage.fabric.fail(hanging?.id ?? '', stage.clock.now());
    await stage.clock.pass(300_000);
    expect(stage.hostOf(left.name)).toBe(other);
    const record = await stage.record();
    expect(record).toMatchObject({ replans: 0, plan: { fingerprint: plan?.fingerprint } });
  });

  it('stays as it is when a word is forged, or when nothing empties a host', async () => {
    await failedOnce();
    const before = (await stage.record()).moves.map(({ to }) => to);
    await forge('replan', {}, testKeys('k1', 'stolen'));
    expect(await heard()).toEqual(['instruction.forged']);
    expect((await stage.record()).moves.map(({ to }) => to)).toEqual(before);
    await stage.stop();
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    await stage.approve(5_000);
    expect(await say('replan')).toBe('replan.not-a-drain');
  });
});
