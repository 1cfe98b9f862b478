import { randomBytes } from 'node:crypto';
import type { Ledger } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { intake, signed } from '../../support/request-record';

/** A request that was recorded by an earlier bot. */
export async function newIntake(ledger: Ledger): Promise<RequestRecord> {
  const id = randomBytes(16).toString('hex');
  const statement = intake({ id, channel: 'C0HYPERV', at: Date.now() });
  const recorded = await ledger.recordIntake(signed(statement), { key: id, card: { channel: 'C0HYPERV' } });
  return recorded.record;
}
