import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { changeOf, oddNames, partOf, trustOf, valuesFor } from './many-hosts';

/**
 * A plan that no card can show: so many hosts, each with power over others and with values of its own that go, by no rule that could
 * be said shortly; two trust modes.
 */
export function largePart(hosts: number, odd = 15): DirectoryPart {
  const names = oddNames(hosts);
  const lists = names.map((name, index) => {
    const others = names.filter((other, at) => other !== name && (at * 31 + index * 17) % 7 < 1);
    return changeOf(name, {
      add: others.flatMap((other) => [...valuesFor(other)]),
      staying: [`HTTP/kept-${index}`],
    });
  });
  const gone = names.map((name, index) => ({
    ...changeOf(name, {
      remove: Array.from({ length: odd }, (_, at) => `HTTP/old ${at}.${name}.gone.com:${8_000 + index}`),
    }),
    guid: `gone-${name}`,
  }));
  return partOf([...lists, ...gone, ...names.slice(0, 2).map(trustOf)], names);
}
