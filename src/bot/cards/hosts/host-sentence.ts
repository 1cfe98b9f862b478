import type { PrepareAsk, UndoAsk } from '../../../core/commands/ask';
import type { HostStep, RequestRecord } from '../../../core/request/record';
import type { State } from '../../../core/request/states';
import { isOnlyShown } from '../account';
import { namesSaid } from '../names';

/** What a request to set hosts, or to set them back, means by its state; plain text without a full stop. */
export function hostSentence(record: RequestRecord, ask: PrepareAsk | UndoAsk): string {
  const planned = record.plan?.hosts.settings.map(({ host }) => host) ?? [];
  const names = namesSaid(planned.length === 0 && ask.verb === 'prepare' ? ask.hosts : planned);
  const done = record.hostSteps.filter(isSet).map(({ host }) => host);
  if (isOnlyShown(record)) return `${names} would be ${setSaid(ask)}`;
  return SENTENCES[record.state]({ names, done: namesSaid(done), set: setSaid(ask) });
}

function isSet({ outcome }: HostStep): boolean {
  return outcome?.kind === 'changed' || outcome?.kind === 'by-hand';
}

/** What becomes of the hosts: "set up for live migration", or "set back to before R-1042". */
export function setSaid(ask: PrepareAsk | UndoAsk | null): string {
  return ask?.verb === 'undo' ? `set back to before ${ask.request}` : 'set up for live migration';
}

interface Said {
  readonly names: string;
  /** Those that it was done to. */
  readonly done: string;
  readonly set: string;
}

const SENTENCES: Readonly<Record<State, (said: Said) => string>> = {
  planning: ({ names, set }) => `${names}: to be ${set}`,
  waiting: ({ names, set }) => `${names} will be ${set}`,
  approved: ({ names, set }) => `${names} will be ${set}`,
  running: ({ names, set }) => `${names}: being ${set}`,
  'awaiting-hand': ({ names, set }) => `${names} will be ${set}`,
  done: ({ names, set }) => `${names}: ${set}`,
  partial: ({ names, done, set }) =>
    done === '' ? `${names}: ${set} in part only` : `Only ${done} was ${set}`,
  failed: ({ names, set }) => `${names}: not ${set}`,
  stuck: ({ names, set }) => `${names}: whether it was ${set} is not known`,
  stopped: ({ names, done, set }) => (done === '' ? `${names}: not ${set}` : `Only ${done} was ${set}`),
  stale: ({ names, set }) => `${names}: to be ${set}`,
  denied: ({ names, set }) => `${names}: not ${set}`,
  expired: ({ names, set }) => `${names}: not ${set}`,
  withdrawn: ({ names, set }) => `${names}: not ${set}`,
  'already-so': ({ names, set }) => `${names}: ${set} already`,
  refused: ({ names, set }) => `${names}: not ${set}`,
};
