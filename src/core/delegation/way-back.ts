import { grouped } from './grouped';
import { foundObject, type GuardInput } from './guards/guard';
import { clipped, listed } from './listing';
import type { Verdict } from './plan';
import { spnsFor } from './spn';
import { minusValues } from './values';

/**
 * Says where machines that move there could not come back: a delegation in one direction alone migrates one way only. A
 * destination that is asked for without the migration service is a file server, which only receives.
 */
export function wayBack(pairs: readonly GuardInput[]): Verdict {
  const check = 'pair.way-back';
  const oneWay = pairs.filter(isOneWay);
  if (oneWay.length === 0) {
    return { check, verdict: 'ok', sentence: 'Nothing is missing for the way back.', remedy: '' };
  }
  const sentences = grouped(oneWay, ({ ask }) => ask.source.text).map((group) => {
    const destinations = listed(group.map(nameOf('destination')));
    return `${destinations} will not be able to move machines back to ${group.map(nameOf('source'))[0] ?? ''}.`;
  });
  const [first] = oneWay;
  const pair =
    oneWay.length === 1 && first ? `: ${nameOf('source')(first)} <-> ${nameOf('destination')(first)}` : '';
  return {
    check,
    verdict: 'warn',
    sentence: clipped(`This is one way only: ${sentences.join(' ')}`),
    remedy: `If they are to come back, ask for both ways${pair}.`,
  };
}

function isOneWay(input: GuardInput): boolean {
  if (input.isReturned || !input.ask.services.includes('migration')) return false;
  const source = foundObject(input, 'source');
  const destination = foundObject(input, 'destination');
  if (!source || !destination) return false;
  return minusValues(spnsFor(source, input.ask.services), destination.allowedToDelegateTo).length > 0;
}

function nameOf(side: 'source' | 'destination'): (input: GuardInput) => string {
  return (input) => foundObject(input, side)?.name ?? input.ask[side].text;
}
