import type { PrepareAsk, UndoAsk } from '../../../core/commands/ask';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { refuse, unknownHost } from '../../../core/hyperv/host-verdicts';
import { prepareHosts, type Prepared } from '../../../core/hyperv/prepare-hosts';
import { undoHosts } from '../../../core/hyperv/undo-hosts';
import type { RequestRecord } from '../../../core/request/record';
import type { HostEffectorParts } from './parts';
import { readUndone } from './undone';

/** What a plan is derived with. */
type DerivingParts = Pick<
  HostEffectorParts,
  'hyperV' | 'settings' | 'ledger' | 'verifier' | 'clock' | 'rules'
>;

/** What leads to a plan for hosts. */
export type HostAsk = PrepareAsk | UndoAsk;

/** Whether an ask may be one about hosts; of an undo the request says that it takes back. */
export function isHostAsk(ask: { readonly verb: string }): ask is HostAsk {
  return ask.verb === 'prepare' || ask.verb === 'undo';
}

/** The plan of an ask from hosts that were read now; `record`: the request, null for a preview. A host that this worker is not set up for is never asked. */
export function deriveHosts(
  parts: DerivingParts,
  ask: HostAsk,
  record: RequestRecord | null,
): Promise<Prepared> {
  return ask.verb === 'prepare' ? derivePreparation(parts, ask) : deriveUndo(parts, ask, record);
}

async function derivePreparation(parts: DerivingParts, ask: PrepareAsk): Promise<Prepared> {
  const { hyperV, settings } = parts;
  const strangers = ask.hosts.filter((host) => !settings.hosts.includes(host));
  if (strangers.length > 0) return { kind: 'refused', verdicts: strangers.map(unknownHost) };
  return prepareHosts(await hyperV.inventory(ask.hosts), ask, setBy(parts));
}

/** A host that has gone from the worker's own settings since stays as it is, and is told. */
async function deriveUndo(
  parts: DerivingParts,
  ask: UndoAsk,
  record: RequestRecord | null,
): Promise<Prepared> {
  const read = await readUndone(parts, { ask, record });
  if ('problem' in read) {
    const { code: check, summary: sentence, remedy } = read.problem;
    return { kind: 'refused', verdicts: [refuse(check, sentence, remedy)] };
  }
  const { label, settings } = read.undone;
  const isKnown = ({ host }: { host: string }): boolean => parts.settings.hosts.includes(host);
  const known = settings.filter(isKnown);
  const strangers = settings.filter((each) => !isKnown(each)).map(({ host }) => unknownHost(host));
  const verdict = known.length === 0 ? ('refuse' as const) : ('warn' as const);
  const told = strangers.map((each) => ({ ...each, verdict }));
  if (known.length === 0 && told.length > 0) return { kind: 'refused', verdicts: told };
  const readings = await parts.hyperV.inventory(known.map(({ host }) => host));
  const prepared = undoHosts(readings, { label, settings: known }, setBy(parts));
  return { ...prepared, verdicts: [...told, ...prepared.verdicts] };
}

/** By the mode of this worker's own settings. */
function setBy({ rules }: DerivingParts): SettingChange['by'] {
  return rules.modes['host-setting'] === 'advise' ? 'hand' : 'worker';
}
