import { planDigests } from '../../../../../src/core/request/fingerprint';
import type { RequestRecord } from '../../../../../src/core/request/record';
import type { ChoiceWord } from '../../../../../src/core/request/statement';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester, signed, testKeys } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

const APP = '00000006-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

async function begin(ownRules = MOVE_POLICY, command = 'drain hyper-v02'): Promise<RequestRecord> {
  stage = new MoveStage();
  stage.ownRules = ownRules;
  await stage.begin();
  stage.delegate(['hyper-v02', 'hyper-v01'], ['hyper-v02', 'hyper-v03']);
  stage.delegate(['hyper-v01', 'hyper-v02'], ['hyper-v01', 'hyper-v03']);
  return stage.ask(command);
}

const drive = (): string | null | undefined =>
  stage.fabric.at(stage.clock.now()).machines.find(({ id }) => id === APP)?.iso;

/** A choice in the ledger that nobody has made at the bot. */
async function slip(change: Partial<ChoiceWord>, keys = testKeys()): Promise<void> {
  const { id, instructions } = await stage.record();
  const word: ChoiceWord = {
    kind: 'instruction',
    intake: id,
    what: 'choice',
    machine: APP,
    choice: 'eject',
    by: requester,
    at: stage.clock.now(),
    ...change,
  };
  await stage.edit({ instructions: [...instructions, signed(word, keys.signer)] });
}

/** The plan as it would be had somebody chosen that the drive is emptied. */
async function allowEject(): Promise<void> {
  const { plan, intake } = await stage.record();
  if (!plan?.hosts.envelope || !plan.forecast) throw new Error('there is no plan');
  const machine = { id: APP, name: 'app-02', from: 'hyper-v02', storage: null, first: 'eject' as const };
  const machines = [...plan.hosts.envelope.machines, machine];
  const hosts = { settings: [], envelope: { ...plan.hosts.envelope, machines } };
  const { fingerprint } = planDigests(intake.statement, { ...plan, hosts });
  await stage.edit({ plan: { ...plan, hosts, fingerprint } });
}

async function expectEnded(code: string): Promise<void> {
  const record = await stage.record();
  expect(record).toMatchObject({ state: 'failed', ending: { problem: { code } } });
  expect(record.moves.filter(({ intent, readied }) => intent ?? readied)).toEqual([]);
  expect(drive()).toBe('D:\\ISO\\setup.iso');
}

describe('a choice that nobody may make', () => {
  it.each<[string, Partial<ChoiceWord>, Parameters<typeof testKeys>]>([
    ['with somebody else’s signature', {}, ['k1', 'thief']],
    ['of another request', { intake: 'f'.repeat(32) }, []],
  ])('%s ends the request before anything is planned with it', async (_what, change, keys) => {
    await begin();
    await slip(change, testKeys(...keys));
    await stage.edit({ state: 'planning', attempt: 0 });
    await stage.clock.pass(30_000);
    await expectEnded('choice.forged');
  });

  it('is refused by a worker whose own policy does not let its person ask, whatever the bot let', async () => {
    const rule = { requesters: [requester.user], approvers: ['U0APPROVER'], quorum: 1 };
    await begin({ ...MOVE_POLICY, 'live-move': rule });
    const by = { ...requester, user: 'U0FRIEND' };
    expect(await stage.client.choose({ id: stage.id, machine: 'app-02', choice: 'eject', by })).toMatchObject(
      {
        kind: 'recorded',
      },
    );
    await stage.clock.pass(30_000);
    await expectEnded('request.not-allowed');
  });

  it('is none: a plan that does to a machine what nobody has chosen is not carried out, though it was approved', async () => {
    await begin();
    await allowEject();
    await stage.approve(60_000);
    await expectEnded('plan.altered');
  });

  it('is none when it was for something else', async () => {
    await begin();
    await slip({ choice: 'leave' });
    await allowEject();
    await stage.approve(60_000);
    await expectEnded('plan.altered');
  });

  it('is none when its text was changed after it was signed', async () => {
    await begin();
    await slip({ choice: 'leave' });
    await allowEject();
    const { instructions } = await stage.record();
    const edited = instructions.map((each) => ({
      ...each,
      statement: { ...each.statement, choice: 'eject' } as ChoiceWord,
    }));
    await stage.edit({ instructions: edited });
    await stage.approve(60_000);
    await expectEnded('choice.forged');
  });

  it('is none of a machine whose journal says otherwise than the approval', async () => {
    await begin(MOVE_POLICY, 'drain hyper-v01 --max 1');
    await stage.approve(2_000);
    const { moves } = await stage.record();
    const left = moves.filter(({ intent }) => intent === null);
    expect(left.length).toBeGreaterThan(0);
    const shut = moves.map((step) => (step.intent ? step : { ...step, first: 'shut-down' as const }));
    await stage.edit({ moves: shut });
    await stage.clock.pass(600_000);
    const running = stage.fabric
      .at(stage.clock.now())
      .machines.filter(({ id }) => left.some((step) => step.machine === id));
    expect(running.map(({ state }) => state)).toEqual(left.map(() => 'running'));
    const ended = { state: 'partial', ending: { problem: { code: 'plan.altered' } } };
    expect(await stage.record()).toMatchObject(ended);
    expect((await stage.audited()).filter((what) => what.startsWith('machine.'))).toEqual([]);
  });
});
