import { STREAM_START } from '../../src/core/audit/stream';
import { verifyAudit } from '../../src/jobs/audit/verify-audit';
import { waitFor } from '../../lab/wait-for';
import { conductAlone, type ConductAlone } from '../support/conduct-alone';

const KILLS = 6;
let stage: ConductAlone;
beforeAll(async () => {
  stage = await conductAlone();
});
afterAll(() => stage.stop());

describe('a worker that is killed while it copies the audit', () => {
  it('leaves a mirror without a gap and without a record twice, whoever goes on', async () => {
    const { ledger, verifier, mirror } = stage;
    const end = new AbortController();
    let written = 0;
    const writing = (async () => {
      while (!end.signal.aborted) {
        const detail = { text: 'x'.repeat(written % 997), number: written };
        await ledger.note('', { what: 'test', who: 'test', at: written, detail });
        written += 1;
      }
    })();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const program = await stage.start();
      const before = written;
      await waitFor('more records', () =>
        Promise.resolve(written > before + 300 + kill * 97 ? true : undefined),
      );
      await program.kill();
    }
    end.abort();
    await writing;
    await stage.start();
    const all = (await ledger.auditStream(STREAM_START, 100_000)).length;
    expect(all).toBeGreaterThanOrEqual(written);
    const verified = await waitFor('a mirror that is complete', async () => {
      const now = await verifyAudit({ ledger, mirror, verifier, anchors: [] });
      return now.mirror?.records === all ? now : undefined;
    });
    expect(verified.flaws).toEqual([]);
    expect(verified.unmirrored).toBe(0);
    expect(verified.redis?.records).toBe(all);
  });
});
