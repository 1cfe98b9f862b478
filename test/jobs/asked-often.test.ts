import { isChange } from '../../src/core/commands/ask';
import { parseCommand } from '../../src/core/commands/parse';
import { createRequestClient } from '../../src/jobs/client';
import { openMemoryLedger } from '../../src/jobs/ledger/memory-ledger';
import { systemRandom as random } from '../../src/jobs/ports/system-random';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { memoryClock } from '../support/memory-clock';
import { policy, requester, testKeys, times } from '../support/request-record';

const clock = memoryClock();

function submission(key: string) {
  const parsed = parseCommand('/hv', 'delegate hyper-v01 -> hyper-v02 cifs');
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error('no ask');
  return { ask: parsed.ask, by: requester, channel: 'C1', key, card: { channel: 'C1' } };
}

describe.each([{ openPerPerson: 1 }, { requestsPerHour: 1 }])('a person who may ask only %j', (caps) => {
  const client = createRequestClient({
    ledger: openMemoryLedger(clock),
    clock,
    random,
    signer: testKeys().signer,
    queue: openMemoryQueue(clock),
    settings: { policy: { ...policy, caps }, times },
  });

  it('is refused another request, and hears of the first one when its command comes again', async () => {
    const first = await client.submit(submission('trigger-1'));
    expect(first).toMatchObject({ kind: 'received', isNew: true });
    expect(await client.submit(submission('trigger-2'))).toMatchObject({ kind: 'refused' });
    const again = await client.submit(submission('trigger-1'));
    expect(again).toMatchObject({ kind: 'received', isNew: false });
    expect(again.kind === 'received' && first.kind === 'received' && again.record.id).toBe(
      first.kind === 'received' && first.record.id,
    );
  });
});
