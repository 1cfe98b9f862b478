import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../lab/wait-for';
import type { RequestRecord } from '../../src/core/request/record';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import { approvedRecord, intake, NOW, planOf, signed } from '../support/request-record';
import { handover } from '../support/command';
import { conductAlone, type ConductAlone } from '../support/conduct-alone';

let stage: ConductAlone;
beforeAll(async () => {
  stage = await conductAlone();
  const { ledger } = stage;
  const asked = intake({ command: 'delegate hyper-v01 -> hyper-v02 cifs --ticket CHG-7' });
  const { record } = await ledger.recordIntake(signed(asked), { key: 'k', card: { channel: 'C1' } });
  const conduct = await stage.start();
  for (let at = 0; at < 9; at += 1) {
    await ledger.note(record.id, { what: 'test', who: 'test', at, detail: {} });
  }
  await waitFor('the mirror', async () => {
    const told = await handover(stage.configFile, 'audit', 'verify');
    return /Mirror: .* 0 seals\nThe audit is sound/.test(told.stdout) ? true : undefined;
  });
  await conduct.stop();
});
afterAll(() => stage.stop());

const verify = (...words: readonly string[]) => handover(stage.configFile, 'audit', 'verify', ...words);

describe('handover audit verify', () => {
  it('ends with 0 where Redis and mirror are sound and the same', async () => {
    const { code, stdout } = await verify();
    expect(stdout).toMatch(
      /^Redis: \d+ records of \d+ chains, \d+ of them not sealed yet, 0 seals\nMirror: /,
    );
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'The audit is sound.']);
  });

  it('verifies a mirror alone, and names the place of what was edited in it', async () => {
    const [name = ''] = await readdir(stage.mirrorDirectory);
    const file = join(stage.mirrorDirectory, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"seq":5', '"seq":5 '));
    expect(await verify('--offline')).toMatchObject({ code: 0 });
    const spaced = await verify();
    expect(spaced.stdout).toMatch(
      /Redis and mirror: R-1001, record 5 \(.*\): Redis and the mirror say different/,
    );
    await writeFile(file, text.replace('"at":4', '"at":44'));
    const { code, stdout } = await verify('--offline');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /mirror: R-1001, record 6 \(.*\): It was edited: its hash is not that of what it says\./,
    );
    await writeFile(file, text);
  });

  it('says what it needs', async () => {
    const nowhere = join(stage.mirrorDirectory, 'nowhere');
    expect(await verify('--mirror', nowhere)).toMatchObject({ code: 3 });
    await writeFile(join(stage.mirrorDirectory, 'posted.txt'), 'nothing');
    const { code, stderr } = await verify('--anchors', join(stage.mirrorDirectory, 'posted.txt'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Nothing was verified.')]);
  });
});

const run = (...words: readonly string[]) => handover(stage.configFile, ...words);

describe('handover audit show', () => {
  it('tells the whole story of a request: who asked, plan, decision, steps, proof, and its chain', async () => {
    const { ledger } = stage;
    const asked = intake({ id: 'b'.repeat(32) });
    const { record } = await ledger.recordIntake(signed(asked), { key: 'whole', card: { channel: 'C1' } });
    const entry = (what: string, detail = {}) => ({ what, who: 'directory/0a1b', at: NOW, detail });
    const approved = approvedRecord();
    const plan = planOf(asked);
    const waiting = await ledger.commit(record, { state: 'waiting', plan }, entry('plan', { plan: 1 }));
    if (!waiting) throw new Error('somebody else was first');
    const { decisions } = approved;
    const running = await ledger.commit(waiting, { state: 'approved', decisions }, entry('decision'));
    const values = ['cifs/hyper-v02'];
    const outcome = {
      kind: 'changed' as const,
      inferred: false,
      added: values,
      kept: [],
      removed: [],
      trusted: false,
      at: NOW,
      server: 'dc1',
      problem: null,
    };
    const [change] = plan.directory.changes;
    if (!change || !running) throw new Error('no change');
    const { guid, attribute } = change;
    const intent = { at: NOW, worker: 'directory/0a1b', server: 'dc1' };
    const told = { object: change.dn, outcome: 'changed', added: values, server: 'dc1' };
    const went = await ledger.commit(running, { state: 'running' }, entry('run'));
    if (!went) throw new Error('somebody else was first');
    await ledger.commit(
      went,
      { state: 'done', steps: [{ guid, attribute, intent, outcome }], ending: { problem: null, at: NOW } },
      entry('outcome', told),
    );
    const { code, stdout } = await run('audit', 'show', record.label.toLowerCase());
    expect(code).toBe(0);
    for (const line of [
      `${record.label} · done since `,
      'Asked     2026-11-23 02:00:00 UTC by -/T1/U0REQUESTER in C1',
      `fingerprint ${plan.fingerprint}, read from dc1`,
      '            + cifs/hyper-v02',
      'approve of plan 1',
      'by -/T1/U0APPROVER, signed by k1',
      'hyper-v01: changed, 1 added on dc1',
      '   1  2026-11-23 02:00:00 UTC  -/T1/U0REQUESTER  intake: delegate hyper-v01',
      '        added: cifs/hyper-v02',
      '5 records, each follows from the one before; not sealed yet.',
    ]) {
      expect(stdout).toContain(line);
    }
    expect((await ledger.audit(record.id)).at(-1)).toMatchObject({
      what: 'shell.audit.show',
      who: expect.stringMatching(/^-\/os\/.+\/.+$/),
    });
    expect((await run('show', record.label)).stdout).toContain('changed, 1 added on dc1');
  });

  it('shows no control characters of anybody’s text', async () => {
    const evil = signed(intake({ id: 'c'.repeat(32), command: 'delegate \u001b[2J\u202egp' }));
    const { record } = await stage.ledger.recordIntake(evil, { key: 'evil', card: { channel: 'C1' } });
    const { stdout } = await run('audit', 'show', record.label);
    expect(stdout).toContain('delegate ·[2J·gp');
    expect(stdout).not.toContain('\u001b');
  });

  it('tells an archived request from its file, or says where that is', async () => {
    const { ledger } = stage;
    const begin = async (id: string): Promise<RequestRecord> => {
      const made = await ledger.recordIntake(signed(intake({ id })), { key: id, card: { channel: 'C1' } });
      const ending = { problem: null, at: NOW };
      const entry = { what: 'withdrawn', who: 'test', at: NOW, detail: {} };
      const over = await ledger.commit(made.record, { state: 'withdrawn', ending }, entry);
      if (!over) throw new Error('somebody else was first');
      await ledger.markReported(over.id, over.rev);
      return over;
    };
    const [here, elsewhere] = [await begin('d'.repeat(32)), await begin('e'.repeat(32))];
    const file = join(stage.mirrorDirectory, 'archive-2026-11.jsonl');
    const chain = await ledger.audit(here.id);
    await writeFile(file, `half a li\n${JSON.stringify({ label: here.label, record: here, chain })}\n`);
    expect(await ledger.archive(here, { place: `${hostname()}:${file}`, at: NOW })).toBe(true);
    expect(await ledger.archive(elsewhere, { place: 'other:/audit/archive.jsonl', at: NOW })).toBe(true);
    const told = await run('audit', 'show', here.label);
    expect([told.code, told.stdout]).toEqual([0, expect.stringContaining(`${here.label} · withdrawn since`)]);
    expect(told.stdout).toContain(`Archived 2026-11-23 02:00:00 UTC to ${hostname()}:${file}`);
    const { code, stderr } = await run('show', elsewhere.label);
    expect([code, stderr]).toEqual([1, expect.stringContaining('other:/audit/archive.jsonl')]);
    const story = await run('audit', 'show', elsewhere.label);
    expect([story.code, story.stdout]).toEqual([0, expect.stringContaining('to other:/audit/archive.jsonl')]);
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it('says that there is no such request', async () => {
    expect(await run('audit', 'show', 'R-9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('R-9'),
    });
    expect(await run('show', 'R-9')).toMatchObject({ code: 1 });
  });
});

describe('handover audit export', () => {
  it('writes what is asked for', async () => {
    const all = await run('audit', 'export', '--ticket', 'CHG-7');
    const lines = all.stdout.trimEnd().split('\n');
    expect([all.code, lines.length]).toEqual([0, 10]);
    expect(lines.every((line) => line.includes('"label":"R-1001","ticket":"CHG-7"'))).toBe(true);
    const table = await run('audit', 'export', '--format', 'csv', '--since', '2026-11-23');
    expect(table.stdout.startsWith('position,time,request,')).toBe(true);
    expect(await run('audit', 'export', '--since', '2999-01-01')).toMatchObject({ code: 0, stdout: '' });
    const wrong = await run('audit', 'export', '--since', 'yesterday');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was written.') });
  });
});

describe('handover status', () => {
  it('ends with 1 and says who does not live, what is open and what waits; it is audited once an hour', async () => {
    const noted = async () =>
      (await stage.ledger.audit(SYSTEM_CHAIN)).filter(({ what }) => what === 'shell.status').length;
    const conduct = await stage.start();
    const living = await waitFor('the worker to be seen', async () => {
      const told = await run('status');
      return told.stdout.includes('conduct 1 (') ? told : undefined;
    });
    expect(living.code).toBe(1);
    for (const line of [
      '· NOT healthy',
      '! No bot lives',
      '! No directory worker lives',
      'Queues    conduct 0 queued',
      ' planning',
      '  R-1001  planning for ',
      'Audit     no seal yet',
      'mirror',
    ]) {
      expect(living.stdout).toContain(line);
    }
    await conduct.stop();
    const after = await run('status');
    expect(after.stdout).toContain('! No conducting worker lives');
    expect(await noted()).toBe(1);
  });

  it('ends with 3 when Redis does not answer', async () => {
    const file = join(stage.mirrorDirectory, '..', 'redis-url');
    const url = await readFile(file, 'utf8');
    await writeFile(file, 'redis://127.0.0.1:1');
    expect(await run('show', 'R-1001')).toMatchObject({ code: 3, stderr: expect.stringContaining('Redis') });
    await writeFile(file, url);
  });
});
