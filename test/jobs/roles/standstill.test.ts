import type { FreezeState } from '../../../src/core/request/freeze';
import type { Instruction } from '../../../src/core/request/statement';
import { approved, Stage } from '../../support/directory-stage';
import {
  approver,
  NOW,
  policy,
  requester,
  secondApprover,
  signed,
  testKeys,
} from '../../support/request-record';

const MESH = 'delegate mesh hyper-v01,hyper-v02,hyper-v03 cifs';
const ID = 'f'.repeat(32);

async function freeze(stage: Stage): Promise<FreezeState> {
  const state = { freeze: { id: ID, by: requester, why: 'storm', at: stage.clock.now() }, unfreeze: null };
  await stage.ledger.setFreezeState(await stage.ledger.freezeState(), state);
  return state;
}

async function unfreeze(stage: Stage, change: Partial<Instruction> = {}, keys = testKeys()): Promise<void> {
  const seen = await stage.ledger.freezeState();
  if (!seen) throw new Error('it is not frozen');
  const word = {
    kind: 'instruction',
    intake: ID,
    what: 'unfreeze',
    by: approver,
    at: stage.clock.now(),
  } as const;
  await stage.ledger.setFreezeState(seen, {
    ...seen,
    unfreeze: signed<Instruction>({ ...word, ...change }, keys.signer),
  });
}

async function say(
  stage: Stage,
  what: 'pause' | 'resume',
  { by = requester, keys = testKeys(), at = 0 } = {},
) {
  const { id, instructions } = await stage.record();
  const word = { kind: 'instruction', intake: id, what, by, at: at || stage.clock.now() } as const;
  await stage.edit({ instructions: [...instructions, signed<Instruction>(word, keys.signer)] });
}

const thief = testKeys('k1', 'stolen');
const unsigned = { signer: { keyId: 'unsigned', sign: () => '' }, verifier: thief.verifier };

/** Does something while the first modify is under way. */
function duringFirstModify(stage: Stage, act: () => Promise<unknown>): void {
  const modify = stage.directory.modify.bind(stage.directory);
  let isDone = false;
  stage.directory.modify = async (change) => {
    if (!isDone) await act();
    isDone = true;
    return modify(change);
  };
}

describe('a freeze', () => {
  it('lets nothing begin, says so, and lets it go on when another person has ended it', async () => {
    const stage = await approved(policy, MESH);
    await freeze(stage);
    await stage.tick();
    await stage.tick();
    expect(stage.directory.modifies).toEqual([]);
    expect(await stage.record()).toMatchObject({ state: 'approved', trouble: { code: 'frozen' } });
    await unfreeze(stage);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', trouble: null });
  });

  it('lets the step in flight finish and no other begin', async () => {
    const stage = await approved(policy, MESH);
    duringFirstModify(stage, () => freeze(stage));
    await stage.tick();
    const { state, steps, trouble } = await stage.record();
    expect([state, trouble?.code]).toEqual(['running', 'frozen']);
    expect(steps.map(({ outcome }) => outcome?.kind ?? null)).toEqual(['changed', null, null]);
    expect(stage.directory.modifies).toHaveLength(1);
    await unfreeze(stage);
    await stage.tick();
    await stage.tick();
    expect((await stage.record()).steps.map(({ outcome }) => outcome?.kind)).toEqual(
      Array(3).fill('changed'),
    );
  });

  it.each<[string, Partial<Instruction>, typeof thief]>([
    ['the one who froze', { by: requester }, testKeys()],
    ['somebody without the bot’s key', {}, thief],
    ['a word about an earlier freeze', { intake: 'e'.repeat(32) }, testKeys()],
    ['another word', { what: 'resume' }, testKeys()],
  ])('is not ended by %s', async (_who, change, keys) => {
    const stage = await approved(policy, MESH);
    await freeze(stage);
    await unfreeze(stage, change, keys);
    await stage.tick();
    expect(stage.directory.modifies).toEqual([]);
    expect((await stage.record()).trouble?.code).toBe('frozen');
  });

  it('ends an approval that grows too old meanwhile', async () => {
    const stage = await approved(policy, MESH);
    await freeze(stage);
    await stage.clock.pass(16 * 60_000);
    await unfreeze(stage);
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('holds what is to be taken away again, too', async () => {
    const stage = await approved(policy, 'delegate hyper-v01 -> hyper-v02 cifs --for 1h');
    await stage.tick();
    await freeze(stage);
    await stage.clock.pass(3_700_000);
    await stage.tick();
    await stage.tick();
    expect(stage.directory.modifies).toHaveLength(1);
    await unfreeze(stage);
    await stage.tick();
    await stage.tick();
    expect(stage.directory.modifies).toHaveLength(2);
  });
});

it('a freeze window of the policy lets nothing begin until it is over', async () => {
  const [start, end] = [-1, 60_000].map((ms) => new Date(NOW + ms).toISOString());
  const stage = await approved(
    { ...policy, freezeWindows: [{ name: 'storm', start: start ?? '', end: end ?? '' }] },
    MESH,
  );
  await stage.tick();
  expect(stage.directory.modifies).toEqual([]);
  expect((await stage.record()).trouble?.code).toBe('freeze.window');
  await stage.clock.pass(60_000);
  await stage.tick();
  expect((await stage.record()).state).toBe('done');
});

describe('what is too much by the worker’s own policy', () => {
  const tight = { ...policy, caps: { hostsPerRequest: 2 } };

  it('is refused as it is planned', async () => {
    const stage = new Stage(tight);
    await stage.start();
    const record = await stage.ask(MESH);
    expect([record.state, record.ending?.problem?.code]).toEqual(['refused', 'cap.hosts']);
  });

  it('is not begun either, whatever was approved', async () => {
    const stage = await approved(policy, MESH);
    stage.policy = tight;
    stage.replaceWorker();
    await stage.tick();
    expect((await stage.record()).ending?.problem?.code).toBe('cap.hosts');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('a request without the ticket that it needs is none', async () => {
    const stage = new Stage({ ...policy, tickets: { requiredFor: ['delegation-add'] } });
    await stage.start();
    const record = await stage.ask(MESH);
    expect([record.state, record.ending?.problem?.code]).toEqual(['refused', 'ticket.missing']);
  });

  it('a rule may give less time to decide', async () => {
    const { 'delegation-add': rule } = policy;
    if (!rule) throw new Error('no rule');
    const stage = new Stage({ ...policy, 'delegation-add': { ...rule, decideSeconds: 60 } });
    await stage.start();
    expect((await stage.ask(MESH)).state).toBe('waiting');
    await stage.clock.pass(61_000);
    await stage.tick();
    expect((await stage.record()).state).toBe('expired');
  });
});

describe('a pause', () => {
  it.each([
    ['unsigned', unsigned],
    ['signed', testKeys()],
  ])('said %s lets the step in flight finish and no other begin', async (_how, keys) => {
    const stage = await approved(policy, MESH);
    duringFirstModify(stage, () => say(stage, 'pause', { keys }));
    await stage.tick();
    await stage.tick();
    expect(stage.directory.modifies).toHaveLength(1);
    expect((await stage.record()).trouble?.code).toBe('request.paused');
    await stage.clock.pass(1);
    await say(stage, 'resume', { by: secondApprover });
    await stage.tick();
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', trouble: null });
  });

  it.each([
    ['an unsigned word', { keys: unsigned }],
    ['a word that is older than it', { at: 1 }],
  ])('is not ended by %s', async (_what, how) => {
    const stage = await approved(policy, MESH);
    await say(stage, 'pause');
    await stage.clock.pass(1);
    await say(stage, 'resume', how);
    await stage.tick();
    expect(stage.directory.modifies).toEqual([]);
  });
});
