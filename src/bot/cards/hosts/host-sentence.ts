import type { PrepareAsk } from '../../../core/commands/ask';
import type { RequestRecord } from '../../../core/request/record';
import type { State } from '../../../core/request/states';
import { namesSaid } from '../names';

/** What a request to set hosts up means, by its state; plain text without a full stop. */
export function hostSentence(record: RequestRecord, ask: PrepareAsk): string {
  const planned = record.plan?.hosts.settings.map(({ host }) => host) ?? [];
  const names = namesSaid(planned.length > 0 ? planned : ask.hosts);
  const done = record.hostSteps.filter(({ outcome }) => outcome?.kind === 'changed').map(({ host }) => host);
  return SENTENCES[record.state](names, namesSaid(done));
}

const SENTENCES: Readonly<Record<State, (names: string, done: string) => string>> = {
  planning: (names) => `${names}: to be set up for live migration`,
  waiting: (names) => `${names} will be set up for live migration`,
  approved: (names) => `${names} will be set up for live migration`,
  running: (names) => `${names}: being set up for live migration`,
  'awaiting-hand': (names) => `${names}: being set up for live migration`,
  done: (names) => `${names}: set up for live migration`,
  partial: (_, done) => `Only ${done} was set up for live migration`,
  failed: (names) => `${names}: not set up for live migration`,
  stuck: (names) => `${names}: whether it was set up for live migration is not known`,
  stopped: (names, done) =>
    done === '' ? `${names}: not set up for live migration` : `Only ${done} was set up for live migration`,
  stale: (names) => `${names}: to be set up for live migration`,
  denied: (names) => `${names}: not set up for live migration`,
  expired: (names) => `${names}: not set up for live migration`,
  withdrawn: (names) => `${names}: not set up for live migration`,
  'already-so': (names) => `${names}: set up for live migration already`,
  refused: (names) => `${names}: not set up for live migration`,
};
