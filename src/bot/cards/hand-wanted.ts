import type { RequestRecord } from '../../core/request/record';
import { headlineOf } from './headline';
import type { Message } from './message';

/** A reply about one step by hand; its key names the object and the attribute, or the host. */
export interface HandReply {
  readonly key: string;
  readonly message: Message;
}

/** Whether people are to carry out now what is theirs of a request. */
export function isWanted({ state, ending }: RequestRecord): boolean {
  return !ending && (state === 'running' || state === 'awaiting-hand');
}

/** Why they are not, as the beginning of a sentence. */
export function noLongerWanted(record: RequestRecord): string {
  const { label } = record;
  const { phrase } = headlineOf(record);
  return record.ending
    ? `⏹ Not wanted any more, ${label} ${phrase}`
    : `⏸ Not to be done now, ${label} ${phrase}`;
}
