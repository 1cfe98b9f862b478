import { listChanges } from '../../src/core/delegation/powers';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { loadSettings } from '../../src/cli/settings-file';
import type { Signer } from '../../src/core/ports';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { writeDecision } from '../../src/core/request/decide';
import { planDigests } from '../../src/core/request/fingerprint';
import type { RequestRecord } from '../../src/core/request/record';
import { openSigner } from '../../src/jobs/ports/ed25519-keys';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { ask, auditOf, cardWith, press, reaches, toldBy, type Asked } from '../support/conversation';
import { testDomain } from '../support/domain';
import { forgeRecord } from '../support/forgery';
import { signed, everyRule } from '../support/request-record';
import { startInstance, type Instance } from '../support/instance';

const names = Array.from({ length: 12 }, (_, index) => `from${index}`);
let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ hosts: ['to', 'aim', ...names].map((name) => ({ name })) });
});
afterAll(() => instance.stop());

let used = 0;
const values = (key: string) => readDelegation(testDomain(), instance.host(key));
const approve = { user: 'approver', action: 'request.approve' };

async function waiting(): Promise<Asked> {
  const from = names[used++];
  const asked = await ask(instance, `/delegate ${instance.host(from ?? '')} -> ${instance.host('to')} cifs`);
  await reaches(instance, asked, 'waiting');
  await cardWith(instance, asked, 'request.approve');
  return asked;
}

/** The plan with its values aimed at another host, and with the digests that belong to it. */
function redirected(record: RequestRecord): Partial<RequestRecord> {
  const text = JSON.stringify(record.plan).replaceAll(instance.host('to'), instance.host('aim'));
  const plan = JSON.parse(text) as NonNullable<RequestRecord['plan']>;
  return { plan: { ...plan, fingerprint: planDigests(record.intake.statement, plan).fingerprint } };
}

describe('what somebody who writes Redis cannot do', () => {
  it('have a plan carried out that was swapped between card and click', async () => {
    const asked = await waiting();
    await forgeRecord(instance, asked.id, redirected);
    expect(await toldBy(instance, 'approver', () => press(instance, asked, approve))).toMatch(
      /no longer the one on that card/i,
    );
    expect(await auditOf(instance, asked)).toContain('decision.refused');
    expect((await instance.ledger.read(asked.id))?.decisions).toEqual([]);
    await expectNothingWritten();
  });

  it('have a plan carried out that was edited after the approval', async () => {
    await instance.programs.get('directory')?.stop();
    const asked = await waitingWithoutWorker();
    await press(instance, asked, approve);
    await reaches(instance, asked, 'approved');
    await forgeRecord(instance, asked.id, redirected);
    await instance.start('directory');
    await reaches(instance, asked, 'failed');
    expect(await auditOf(instance, asked)).toContain('plan.altered');
    await expectNothingWritten();
  });

  it('become the requester of somebody else’s request, so as to let the requester approve', async () => {
    const asked = await waiting();
    await forgeRecord(instance, asked.id, ({ intake }) => {
      const by = { ...intake.statement.by, user: 'U0ONCALL' };
      return { intake: { ...intake, statement: { ...intake.statement, by } } };
    });
    await press(instance, asked, approve);
    await waitFor('a refusal in the audit', async () =>
      /decision\.refused|intake\.forged/.test((await auditOf(instance, asked)).join()) ? true : undefined,
    );
    await expectNothingWritten();
  });

  it('approve without the bot’s key', async () => {
    const asked = await waiting();
    await forgeRecord(instance, asked.id, (record) => ({
      state: 'approved',
      decisions: [forgedDecision(record)],
    }));
    await reaches(instance, asked, 'failed');
    expect(await auditOf(instance, asked)).toContain('decision.forged');
    await expectNothingWritten();
  });

  it('have an old approval carried out once its time to start is over', async () => {
    const asked = await waiting();
    const signer = openSigner({
      keyId: 'lab-1',
      pem: readFileSync(join(dirname(instance.configFile), 'signing-key.pem'), 'utf8'),
    });
    // The conducting worker would not even ask for it, so the thief stands in for it.
    await instance.programs.get('conduct')?.stop();
    await forgeRecord(instance, asked.id, (record) => approvedLongAgo(record, signer));
    const queue = await openBullQueue({ url: instance.redisUrl, prefix: instance.prefix });
    const rev = (await instance.ledger.read(asked.id))?.rev ?? 0;
    await queue.put('directory', { id: `${asked.label}-v${rev}-directory`, request: asked.id });
    // By its own clock the worker begins nothing, and leaves the end to the conducting worker.
    await waitFor('the directory worker to pass it on', async () => {
      const passed = (await instance.ledger.read(asked.id))?.rev ?? rev;
      const found = await queue.look('conduct', `${asked.label}-v${passed}-conduct`);
      return found === 'missing' ? undefined : found;
    });
    await queue.close();
    expect((await instance.ledger.read(asked.id))?.steps).toEqual([]);
    await instance.start('conduct');
    await reaches(instance, asked, 'failed');
    await expectNothingWritten();
  });

  it('have a request carried out that nobody decided', async () => {
    const asked = await waiting();
    await forgeRecord(instance, asked.id, () => ({ state: 'running', steps: [] }));
    await reaches(instance, asked, 'failed', 'stuck');
    expect((await auditOf(instance, asked)).join()).toMatch(/decision\.missing|write\.lost/);
    await expectNothingWritten();
  });

  it('make the report of a forged journal say done', async () => {
    const asked = await waiting();
    await forgeRecord(instance, asked.id, (record) => ({
      state: 'running',
      steps: (record.plan ? listChanges(record.plan.directory) : []).map((change) => ({
        guid: change.guid,
        attribute: change.attribute,
        intent: { at: 0, worker: 'x', server: 'dc1' },
        outcome: {
          kind: 'changed',
          inferred: false,
          added: change.add,
          kept: [],
          removed: [],
          trusted: false,
          at: 0,
          server: 'dc1',
          problem: null,
        },
      })),
    }));
    await reaches(instance, asked, 'stuck');
    expect(await auditOf(instance, asked)).toContain('write.lost');
    await expectNothingWritten();
  });

  it('make a worker act by a job that was put into the queue', async () => {
    const asked = await waiting();
    const queue = await openBullQueue({ url: instance.redisUrl, prefix: instance.prefix });
    try {
      const rev = (await instance.ledger.read(asked.id))?.rev ?? 0;
      await queue.put('directory', { id: `${asked.label}-v${rev}-directory`, request: asked.id });
      await queue.put('directory', { id: 'R-9999-v1-directory', request: 'f'.repeat(32) });
      await waitFor('the forged job in the audit', async () =>
        (await auditOf(instance, asked)).includes('job.forged') ? true : undefined,
      );
      await waitFor('the stray job in the system chain', async () =>
        (await instance.ledger.audit(SYSTEM_CHAIN)).some((entry) => entry.what === 'job.forged')
          ? true
          : undefined,
      );
    } finally {
      await queue.close();
    }
    expect((await instance.ledger.read(asked.id))?.state).toBe('waiting');
    await expectNothingWritten();
  });
});

/** The last word of every test here. */
async function expectNothingWritten(): Promise<void> {
  for (const name of names) expect([name, await values(name)]).toEqual([name, []]);
}

async function waitingWithoutWorker(): Promise<Asked> {
  await instance.start('directory');
  const asked = await waiting();
  await instance.programs.get('directory')?.stop();
  return asked;
}

/** What an old copy of Redis would hold: everything really signed, twenty minutes ago. Times of 16 minutes are over by one. */
function approvedLongAgo(record: RequestRecord, signer: Signer): Partial<RequestRecord> {
  const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
  const statement = { ...record.intake.statement, at: minutesAgo(20) };
  if (!record.plan) throw new Error('no plan to decide');
  const plan = { ...record.plan, fingerprint: planDigests(statement, record.plan).fingerprint };
  const old = { ...record, intake: signed(statement, signer), plan };
  const by = { ...statement.by, user: 'U0APPROVER' };
  const settings = loadSettings(instance.configFile);
  const votesFor = everyRule(settings.policy, plan);
  const said = { verdict: 'approve' as const, votesFor, by, reason: '', now: minutesAgo(15.5), settings };
  return { ...old, state: 'approved', decisions: [signed(writeDecision(old, plan, said), signer)] };
}

/** A decision with everything right but the signature. */
function forgedDecision(record: RequestRecord): RequestRecord['decisions'][number] {
  const { plan, intake } = record;
  if (!plan) throw new Error('no plan to decide');
  const at = Date.now();
  const by = { ...intake.statement.by, user: 'U0APPROVER' };
  const times = { at, decideBy: plan.decideBy, startBy: at + 60_000, endBy: at + 120_000 };
  const about = {
    intake: record.id,
    ...planDigests(intake.statement, plan),
    plan: plan.number,
    rules: plan.rules,
    votesFor: ['delegation-add'],
    breaksGlass: false,
  };
  const statement = {
    kind: 'decision' as const,
    ...about,
    verdict: 'approve' as const,
    by,
    reason: '',
    ...times,
  };
  return { statement, keyId: intake.keyId, signature: intake.signature };
}
