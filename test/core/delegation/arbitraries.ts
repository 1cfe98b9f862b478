import fc from 'fast-check';

import { ordinaryHosts } from '../../../lab/directory/accounts';
import type { Service } from '../../../src/core/commands/ask';
import type { GuardInput } from '../../../src/core/delegation/guards/guard';
import { spnsFor } from '../../../src/core/delegation/spn';
import { sortValues } from '../../../src/core/delegation/values';
import { askFor, hostOf, lookUp, practiceDomain, withHost, type Domain } from './practice-domain';

const domain = practiceDomain();
const pair = fc.shuffledSubarray([...ordinaryHosts], { minLength: 2, maxLength: 2 });
const services = fc.constantFrom<readonly Service[]>(['cifs'], ['migration'], ['cifs', 'migration']);
const unrelated = fc.uniqueArray(
  fc.constantFrom('cifs/ghost99', 'HTTP/web-01', 'Z/z', 'cifs/hyper-v0', 'MSSQLSvc/db:1433', 'Aa/é'),
);

/** A text in any mixture of letter cases. */
export function anyCase(text: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      upper.map((isUpper, at) => (isUpper ? text.charAt(at).toUpperCase() : text.charAt(at))).join(''),
    );
}

/** Something asked of the practice domain, where the source may have any values already, the asked ones included. */
export interface Situation {
  readonly domain: Domain;
  readonly source: string;
  readonly destination: string;
  readonly services: readonly Service[];
  /** What the source has that nobody asked for, as it is spelled. */
  readonly unrelated: readonly string[];
  /** What of the asked values the source has already, as it is spelled. */
  readonly present: readonly string[];
  readonly input: GuardInput;
}

export const situations: fc.Arbitrary<Situation> = fc
  .tuple(pair, services, unrelated, fc.boolean())
  .chain(([[source = '', destination = ''], wanted, others, isAnyProtocol]) => {
    const spns = spnsFor(hostOf(domain, destination), wanted);
    const present = fc
      .subarray([...spns])
      .chain((values) => fc.tuple(...values.map((value) => anyCase(value))));
    return present.map((values) => {
      const edited = withHost(domain, source, {
        allowedToDelegateTo: sortValues([...others, ...values]),
        userAccountControl: isAnyProtocol ? 0x100_1000 : 0x1000,
      });
      const input = lookUp(edited, askFor(source, destination, wanted));
      return {
        domain: edited,
        source,
        destination,
        services: wanted,
        unrelated: others,
        present: values,
        input,
      };
    });
  });

/** The same question to a domain in which the source has other values. */
export function withValues(situation: Situation, values: readonly string[]): GuardInput {
  const { source, destination, services: wanted } = situation;
  const edited = withHost(situation.domain, source, { allowedToDelegateTo: values });
  return lookUp(edited, askFor(source, destination, wanted));
}
