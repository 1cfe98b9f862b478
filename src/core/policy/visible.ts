import type { Finding } from '../findings/finding';
import type { DelegationsAnswer } from '../survey/answer';

/** Whether somebody may see what is said of a host. */
type Sees = (host: string) => boolean;

/** What a person may see of an answer about delegations: what names a host that the person may not see is left out. Null: nothing of it. */
export function visibleDelegations(
  answer: DelegationsAnswer,
  { sees, suggests }: { sees: Sees; suggests: Sees },
): DelegationsAnswer | null {
  switch (answer.kind) {
    case 'overview': {
      const { overview, checks } = answer;
      const { sources, hosts, links, unread } = overview;
      return {
        ...answer,
        overview: {
          ...overview,
          sources: sources.filter(({ name }) => sees(name)),
          hosts: hosts.filter(sees),
          links: links.filter(({ source, destination }) => sees(source) && sees(destination)),
          unread: unread.filter((dn) => sees(labelOf(dn))),
        },
        checks: checks && checks.filter(({ source }) => sees(source)),
      };
    }
    case 'host': {
      const { view, checks, proofs } = answer;
      if (!sees(view.name)) return null;
      return {
        ...answer,
        view: {
          ...view,
          host: view.host && { ...view.host, rows: view.host.rows.filter(({ host }) => sees(host)) },
          incoming: view.incoming.filter(({ source }) => sees(source)),
        },
        checks: checks && checks.filter(({ source }) => sees(source)),
        proofs: proofs.filter(({ destination }) => sees(destination)),
      };
    }
    case 'unknown-host': {
      const { nearest } = answer;
      return { ...answer, nearest: nearest !== null && suggests(nearest) ? nearest : null };
    }
  }
}

/** The findings about hosts that a person may all see. */
export function visibleFindings<F extends Pick<Finding, 'hosts'>>(
  findings: readonly F[],
  sees: Sees,
): readonly F[] {
  return findings.filter(({ hosts }) => hosts.every(sees));
}

/** `CN=HYPER-V01,OU=…`: hyper-v01. */
function labelOf(dn: string): string {
  return /^CN=([^,]+)/i.exec(dn)?.[1] ?? dn;
}
