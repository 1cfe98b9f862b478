import type { MoveAsk } from '../../../../core/commands/ask';
import { closedHosts, cordonsThatHold } from '../../../../core/hyperv/cordon';
import type { HostAverage } from '../../../../core/fabric/plan-input';
import type { LoadSample } from '../../../../core/hyperv/load-sample';
import type { PlanWorld } from '../../../../core/moves/plan-drain';
import type { DelegationsAnswer } from '../../../../core/survey/answer';
import { askDirectory } from '../../../ask-directory';
import type { HostEffectorParts } from '../parts';

/** How long the role directory may take, in milliseconds. */
const DIRECTORY_MS = 20_000;

/** What is asked, and the id of its request; null: it is only looked what it would come to, or there is no plan yet. */
interface Wish {
  readonly ask: MoveAsk;
  readonly request: string | null;
}

/** What moves are planned with beside the hosts: which delegations are there as the directory says now, and this worker's own rules. */
export async function worldOf(parts: HostEffectorParts, wish: Wish): Promise<PlanWorld> {
  const { queue, rules } = parts;
  const question = { about: 'delegations', host: null, verify: false, raw: false };
  const answer = await askDirectory<DelegationsAnswer>(queue, question, DIRECTORY_MS);
  const links = answer.kind === 'overview' ? answer.overview.links : [];
  const whole = links.filter(({ cifs, migration }) => cifs !== 'none' && migration !== 'none');
  return {
    delegated: whole.map(({ source, destination }) => ({
      from: source.toLowerCase(),
      to: destination.toLowerCase(),
    })),
    cordoned: [...(await cordonedHosts(parts, wish))],
    tier0: rules.tier0.hosts,
    rules: rules.machines,
    settings: rules.planning,
  };
}

/** Hosts that no machine is to be put on for this wish, by this worker's own keys and policy. */
export async function cordonedHosts(
  { ledger, verifier, rules }: HostEffectorParts,
  { ask, request }: Wish,
): Promise<ReadonlySet<string>> {
  const holding = cordonsThatHold(await ledger.cordons(), { verifier, policy: rules.policy });
  return closedHosts(holding, { request, back: ask.verb === 'return' ? ask.host : null });
}

/** How busy hosts were over the time for which it has to be so, by what was noted of them each minute. */
export async function averagesOf({
  ledger,
  clock,
  settings,
  rules,
}: HostEffectorParts): Promise<readonly HostAverage[]> {
  const since = clock.now() - rules.planning.holdMinutes * 60_000;
  const all = await Promise.all(
    settings.hosts.map(async (host) => {
      const samples = (await ledger.loadOf(host)).filter(({ at }) => at >= since);
      const mean = (of: (sample: LoadSample) => number): number =>
        samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
      const memory = ({ free, total }: LoadSample): number => (total === 0 ? 0 : (1 - free / total) * 100);
      return samples.length === 0 ? [] : [{ host, load: mean(({ load }) => load), memory: mean(memory) }];
    }),
  );
  return all.flat();
}
