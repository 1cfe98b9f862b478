import { cordonsThatHold } from '../../src/core/hyperv/cordon';
import { SYSTEM_CHAIN } from '../../src/core/request/audit';
import type { Policy } from '../../src/core/settings';
import { createRequestClient } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemRandom } from '../../src/jobs/ports/system-random';
import { memoryClock } from '../support/memory-clock';
import { approver, requester, testKeys, times } from '../support/request-record';

const policy: Policy = { cordon: [requester.user, approver.user] };

function desk() {
  const clock = memoryClock();
  const ledger = openMemoryLedger(clock);
  const queue = openMemoryQueue(clock);
  const hyperv = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 60 };
  const client = createRequestClient({
    ledger,
    queue,
    clock,
    random: systemRandom,
    signer: testKeys().signer,
    settings: { policy, times, hyperv },
  });
  const held = async () => [
    ...cordonsThatHold(await ledger.cordons(), { verifier: testKeys().verifier, policy }).keys(),
  ];
  return { client, ledger, held };
}

const codeOf = (said: object): unknown =>
  'problem' in said ? (said.problem as { code: string }).code : null;

describe('cordoning', () => {
  it('is said once, holds by its signature, and is ended by anybody who may; the audit knows both', async () => {
    const { client, ledger, held } = desk();
    const first = await client.cordon({ host: 'hyper-v01', by: requester, why: 'New memory' });
    expect(first).toMatchObject({ kind: 'said', cordon: { host: 'hyper-v01', why: 'New memory' } });
    expect(codeOf(await client.cordon({ host: 'hyper-v01', by: approver, why: 'me too' }))).toBe(
      'cordon.already',
    );
    await client.cordon({ host: 'hyper-v02', by: requester, why: 'And here' });
    expect(await held()).toEqual(['hyper-v01', 'hyper-v02']);
    expect((await client.uncordon({ host: 'hyper-v01', by: approver, why: null })).kind).toBe('said');
    expect(await held()).toEqual(['hyper-v02']);
    expect(codeOf(await client.uncordon({ host: 'hyper-v01', by: approver, why: null }))).toBe('cordon.none');
    expect((await client.cordon({ host: 'hyper-v01', by: approver, why: 'Again' })).kind).toBe('said');
    expect(await held()).toEqual(['hyper-v01', 'hyper-v02']);
    const audit = (await ledger.audit(SYSTEM_CHAIN)).map(({ what, detail }) => [
      what,
      detail['host'],
      detail['why'],
    ]);
    expect(audit).toEqual([
      ['cordon', 'hyper-v01', 'New memory'],
      ['cordon.refused', 'hyper-v01', 'cordon.already'],
      ['cordon', 'hyper-v02', 'And here'],
      ['uncordon', 'hyper-v01', ''],
      ['uncordon.refused', 'hyper-v01', 'cordon.none'],
      ['cordon', 'hyper-v01', 'Again'],
    ]);
  });

  it('is refused to who may not, and of hosts that no worker is set up for', async () => {
    const { client, held } = desk();
    const other = { ...requester, user: 'U0OTHER' };
    expect(codeOf(await client.cordon({ host: 'hyper-v01', by: other, why: 'x' }))).toBe(
      'cordon.not-allowed',
    );
    expect(codeOf(await client.cordon({ host: 'dc1', by: requester, why: 'x' }))).toBe('cordon.unknown-host');
    expect(await held()).toEqual([]);
    await client.cordon({ host: 'hyper-v01', by: requester, why: 'x' });
    expect(codeOf(await client.uncordon({ host: 'hyper-v01', by: other, why: null }))).toBe(
      'cordon.not-allowed',
    );
    expect(await held()).toEqual(['hyper-v01']);
  });

  it('is said by one of many who say it at once', async () => {
    const { client, held } = desk();
    const said = await Promise.all(
      Array.from({ length: 6 }, () => client.cordon({ host: 'hyper-v01', by: requester, why: 'x' })),
    );
    expect(said.filter(({ kind }) => kind === 'said')).toHaveLength(1);
    expect(await held()).toEqual(['hyper-v01']);
  });
});
