import type { Clock, Ledger } from '../../core/ports';
import { refuseReader } from '../../core/policy/read';
import type { Problem } from '../../core/problem';
import { brokenLink } from '../../core/request/audit';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import { entry } from '../statements';
import { requestLines } from './request-lines';
import { timelineLines } from './timeline';

/** A request's whole story, as far as the ledger has it. */
export interface Story {
  readonly label: string;
  /** How it stands, then every record of its chain. */
  readonly lines: readonly string[];
  readonly records: number;
  /** Position of the first record that does not follow from the one before it; null when the chain holds. */
  readonly brokenAt: number | null;
  /** The last record that a seal covers; null: none yet. */
  readonly sealed: { readonly seq: number; readonly seal: number } | null;
}

/** What came of the wish to hear one. */
type Told =
  | { readonly kind: 'told'; readonly story: Story }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Who may read the audit hears stories. */
export interface StoryClient {
  /** That it was read is in the audit too. Throws Fault. */
  story(request: string, by: Person): Promise<Told>;
}

/** The client of stories. */
export function createStoryClient(parts: { ledger: Ledger; clock: Clock; policy: Policy }): StoryClient {
  const { ledger, clock, policy } = parts;
  return {
    async story(request, by) {
      const problem = refuseReader(policy, by, { surface: 'audit' });
      if (problem) return { kind: 'refused', problem };
      const record = await ledger.findByLabel(request);
      if (!record) return { kind: 'refused', problem: unknown(request) };
      await ledger.note(record.id, entry('audit.read', by, { at: clock.now(), detail: {} }));
      const chain = await ledger.audit(record.id);
      const sealed = await ledger.sealedEnd(record.id);
      return {
        kind: 'told',
        story: {
          label: record.label,
          lines: [...requestLines(record), '', ...timelineLines(chain)],
          records: chain.length,
          brokenAt: brokenLink(chain),
          sealed: sealed && { seq: sealed.seq, seal: sealed.seal },
        },
      };
    },
  };
}

function unknown(request: string): Problem {
  return {
    code: 'request.unknown',
    summary: `The ledger has no request ${request}.`,
    remedy: `If it is long over, its story is in the archive: “handover audit show ${request}” on a worker’s host.`,
  };
}
