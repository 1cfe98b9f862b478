import { parseCommand } from '../../../src/core/commands/parse';
import { isChange, type ChangeAsk } from '../../../src/core/commands/ask';
import { namesToRead, type PlanInput } from '../../../src/core/delegation/pairs';
import { spnsFor } from '../../../src/core/delegation/spn';
import { askFor, lookUp, type Domain } from './practice-domain';

/** The ask behind a command as people type it. */
function asked(command: string): ChangeAsk {
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok) throw new Error(parsed.problem.summary);
  if (!isChange(parsed.ask)) throw new Error(`${command} changes nothing`);
  return parsed.ask;
}

/** What a directory shows of a domain when this is asked. */
export function inputFor(domain: Domain, command: string): PlanInput<ChangeAsk> {
  const ask = asked(command);
  const { sources, destinations, all } = namesToRead(ask);
  const names = [...new Map([...sources, ...destinations].map((name) => [name.text, name])).values()];
  const migrating = domain.filter(({ spns }) =>
    spns.some((spn) => spn.startsWith('Microsoft Virtual System')),
  );
  const hosts = names.map((name) => ({
    asked: name,
    found: lookUp(domain, askFor(name.text, name.text)).observation.source,
  }));
  const services = ask.verb === 'delegate' ? ask.services : [];
  const targets = [...hosts.flatMap(({ found }) => found), ...(all ? migrating : [])];
  const { searchBases, tier0 } = lookUp(domain, askFor('hyper-v01', 'hyper-v02'));
  return {
    ask,
    observation: {
      server: 'dc1.mabofeng.com',
      at: 1_800_000_000_000,
      hosts,
      all: all ? migrating : [],
      holders: targets.flatMap((target) => {
        const wanted = new Set(spnsFor(target, services));
        const { holders } = lookUp(domain, askFor('hyper-v01', target.name)).observation;
        return holders.filter(({ spn }) => wanted.has(spn));
      }),
      knownNames: [],
    },
    searchBases,
    tier0,
  };
}
