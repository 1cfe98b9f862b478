import type { HostFacts } from '../hyperv-port';

/**
 * What else moves machines of a host, by the service that runs there. System Center VMM optimizes the hosts of a group; a failover cluster balances
 * its nodes when one joins and every 30 minutes (`AutoBalancerMode` 2, the default since Windows Server 2016).
 */
const NAMES: Readonly<Record<HostFacts['balancers'][number], string>> = {
  SCVMMAgent: 'System Center VMM',
  ClusSvc: 'a failover cluster',
};

/** What balances this host beside Handover, as people call it: `System Center VMM (its service SCVMMAgent runs)`. */
export function balancersSaid({ balancers }: Pick<HostFacts, 'balancers'>): readonly string[] {
  return balancers.map((service) => `${NAMES[service]} (its service ${service} runs)`);
}
