import type { RequestRecord } from '../../core/request/record';
import { glassCalls } from './glass';
import { callsToDecide, type Reminding } from './reminders';
import type { Wanted } from './wanted';

/** Everything that calls people to a request. A reversal calls nobody: it was approved with its parent. */
export function callsOf(record: RequestRecord, reminding: Reminding): readonly Wanted[] {
  if (record.reverses) return [];
  return [...callsToDecide(record, reminding), ...glassCalls(record, reminding)];
}

/** Whether something should be told by now that was not. */
export function lacksCall(record: RequestRecord, reminding: Reminding): boolean {
  return callsOf(record, reminding).some(({ key }) => !reminding.delivered.has(key));
}
