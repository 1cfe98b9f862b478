import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mirror } from '../../../src/core/audit/mirror-port';
import { STREAM_START } from '../../../src/core/audit/stream';
import type { Ledger } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { archiveRequests } from '../../../src/jobs/audit/archive-requests';
import { keepMirror } from '../../../src/jobs/audit/keep-mirror';
import { createSealing } from '../../../src/jobs/audit/seal-next';
import { verifyAudit } from '../../../src/jobs/audit/verify-audit';
import { openRedisLedger } from '../../../src/jobs/ledger/redis-ledger';
import { openFileMirror } from '../../../src/jobs/mirror/file-mirror';
import { findArchived } from '../../../src/jobs/mirror/read-archive';
import { mirrorRecords, mirrorSeals } from '../../../src/jobs/mirror/read-mirror';
import { newKeyPair, openSigner, openVerifier } from '../../../src/jobs/ports/ed25519-keys';
import { systemClock as clock } from '../../../src/jobs/ports/system-clock';
import { intake, NOW, planOf, signed } from '../../support/request-record';
import { testRedis } from '../../support/redis';
import { scratchDirectory } from '../../support/scratch';

const keys = newKeyPair();
const signer = openSigner({ keyId: 'bot-1', pem: keys.privateKey });
const verifier = openVerifier({ 'bot-1': keys.publicKey });
const settings = { archiveDays: 0 };
const always = (): boolean => true;
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
let ledger: Ledger;
let directory: string;
let mirror: Mirror;
beforeEach(async () => {
  ledger = await openRedisLedger(testRedis());
  directory = await scratchDirectory();
  mirror = await openFileMirror(directory);
});
afterEach(async () => {
  await mirror.close();
  await ledger.close();
  await rm(directory, { recursive: true, force: true });
});

let ids = 0;
async function begin(parent: RequestRecord | null = null): Promise<RequestRecord> {
  const asked = intake({ id: (ids += 1).toString(16).padStart(32, 'e'), of: parent?.id ?? null });
  const options = {
    key: asked.id,
    card: { channel: 'C1' },
    parent: parent && { id: parent.id, label: parent.label },
  };
  return (await ledger.recordIntake(signed(asked), options)).record;
}

/** Commits, and everything is told. */
async function commit(seen: RequestRecord, change: Parameters<Ledger['commit']>[1]): Promise<RequestRecord> {
  const now = await ledger.commit(seen, change, entry);
  if (!now) throw new Error('somebody else was first');
  await ledger.markReported(now.id, now.rev);
  return now;
}

async function over(parent: RequestRecord | null = null): Promise<RequestRecord> {
  const made = await begin(parent);
  const plan = planOf(made.intake.statement);
  const waiting = await commit(made, { state: 'waiting', plan });
  return commit(waiting, { state: 'denied', ending: { problem: null, at: NOW } });
}

async function keep(): Promise<void> {
  await createSealing({ ledger, signer, verifier, clock }).sealNext();
  await keepMirror(ledger, mirror, always);
}

const archive = () => archiveRequests({ ledger, clock, mirror, settings }, always);
const copy = async () => ({ records: mirrorRecords(directory), seals: await mirrorSeals(directory) });
const verify = (withMirror = true) =>
  verifyAudit({ ledger, mirror: withMirror ? copy : null, verifier, anchors: [] });

describe('archiving', () => {
  it('moves what is over to a file, whole, and leaves what is still needed', async () => {
    const [done, open, parent] = [await over(), await begin(), await over()];
    const child = await begin(parent);
    expect(await archive()).toBe(0);
    await keep();
    expect(await archive()).toBe(1);
    const where = await ledger.archived(done.label);
    const file = where?.place.split(':').slice(1).join(':') ?? '';
    expect(file.startsWith(join(directory, 'archive-'))).toBe(true);
    const found = await findArchived(file, done.label);
    expect(found?.record).toEqual(done);
    expect(found?.chain.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await ledger.read(done.id)).toBeNull();
    const left = [open, parent, child].map(({ label }) => label);
    expect([...(await ledger.requestIds()).keys()].toSorted()).toEqual(left.toSorted());
    expect((await verify()).flaws).toEqual([]);
    expect((await verify(false)).flaws).toEqual([]);
  });

  it('goes on after a crash between file and ledger', async () => {
    const done = await over();
    await keep();
    const dying = { ...ledger, archive: () => Promise.reject(new Error('killed')) };
    await expect(archiveRequests({ ledger: dying, clock, mirror, settings }, always)).rejects.toThrow(
      'killed',
    );
    expect(await ledger.read(done.id)).toEqual(done);
    expect(await archive()).toBe(1);
    const file = (await ledger.archived(done.label))?.place.split(':').slice(1).join(':') ?? '';
    expect((await findArchived(file, done.label))?.record).toEqual(done);
  });

  it('trims the stream behind what is sealed and mirrored; all of it is verified with the mirror', async () => {
    const done = await over();
    const open = await begin();
    await keep();
    await ledger.note(open.id, entry);
    await clock.wait(5);
    await archive();
    const last = await ledger.lastSeal();
    expect(await ledger.trimmedTo()).toBe(last?.seal.to);
    expect(await ledger.auditStream(STREAM_START, 100)).toHaveLength(1);
    await ledger.note(open.id, entry);
    await keep();
    const verified = await verify();
    expect(verified.flaws).toEqual([]);
    expect(verified).toMatchObject({ redis: { records: 2 }, mirror: { records: 6 }, unverified: [] });
    const alone = await verify(false);
    expect(alone.flaws).toEqual([]);
    expect(alone.unverified).toEqual([expect.stringContaining('only a mirror can be verified')]);
    expect(await ledger.archived(done.label)).not.toBeNull();
  });

  it('says that a request is missing that was taken away and not archived', async () => {
    const done = await over();
    await keep();
    const lost = { ...ledger, chainEnd: async () => null, audit: async () => [] };
    const { flaws } = await verifyAudit({ ledger: lost, mirror: null, verifier, anchors: [] });
    expect(flaws.map(({ place }) => place)).toContain(`${done.label}, record 1`);
  });

  it('leaves a mirror alone that has missed what is trimmed by now', async () => {
    await over();
    await keep();
    await clock.wait(5);
    await archive();
    const other = await openFileMirror(join(directory, 'other'));
    await expect(keepMirror(ledger, other, always)).rejects.toMatchObject({ code: 'mirror.behind' });
    expect(other.position).toBe(STREAM_START);
    await other.close();
  });
});
