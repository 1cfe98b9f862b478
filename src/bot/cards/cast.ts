import type { HostTerm, PairedAsk } from '../../core/commands/ask';
import { namesOf } from '../../core/commands/host-terms';
import type { DirectoryPart, Power } from '../../core/delegation/plan';
import { clip } from './text';

/** Who gains or loses the power, over whom, with the verb's number. */
export interface Cast {
  readonly who: string;
  readonly isMany: boolean;
  /** "on hyper-v02", "on each other". */
  readonly where: string;
}

/** Whom powers are about; null when there are none. More than `named` hosts are counted, not named. */
export function castOfPowers(powers: readonly Power[], named: number): Cast | null {
  if (powers.length === 0) return null;
  const sources = [...new Set(powers.map(({ source }) => source))];
  const destinations = [...new Set(powers.map(({ destination }) => destination))];
  const isMany = sources.length > 1;
  const everyone = new Set([...sources, ...destinations]);
  const isMesh =
    isMany &&
    powers.length === everyone.size * (everyone.size - 1) &&
    powers.every(({ source, destination }) => source !== destination);
  if (isMesh) return { who: hosts(sources, named), isMany, where: 'on each other' };
  const where = `on ${hosts(destinations, named)}`;
  return powers.length === sources.length * destinations.length
    ? { who: hosts(sources, named), isMany, where }
    : {
        who: hosts(sources, named),
        isMany,
        where: `${where} (${powers.length.toLocaleString('en-GB')} pairs)`,
      };
}

/** Whom a plan is about that sets trust modes alone: what an object has in its list counts, whoever asked for it. */
export function castOfTrust({ changes }: Pick<DirectoryPart, 'changes'>, named: number): Cast | null {
  const names = changes.filter(({ kind }) => kind === 'trust-mode').map(({ name }) => name);
  const isMany = names.length > 1;
  if (names.length === 0) return null;
  return {
    who: hosts(names, named),
    isMany,
    where: `on the hosts in ${isMany ? 'their lists' : 'its list'}`,
  };
}

/** Whom an ask with two sides is about, as typed. */
export function castOfAsk(ask: PairedAsk, named: number): Cast {
  const sources = typed(ask.sources, named);
  if (ask.way === 'mesh') return { who: sources.text, isMany: true, where: 'on each other' };
  const destinations = typed(ask.destinations, named);
  return ask.way === 'both-ways'
    ? { who: `${sources.text} and ${destinations.text}`, isMany: true, where: 'on each other' }
    : { who: sources.text, isMany: sources.isMany, where: `on ${destinations.text}` };
}

function typed(
  terms: readonly HostTerm[],
  named: number,
): { readonly text: string; readonly isMany: boolean } {
  const { names, all } = namesOf(terms);
  const texts = names.map(({ text }) => text);
  if (!all) return { text: hosts(texts, named), isMany: texts.length !== 1 };
  return { text: texts.length === 0 ? 'all hosts' : `${hosts(texts, named)} and all hosts`, isMany: true };
}

function hosts(names: readonly string[], named: number): string {
  const short = names.map((name) => clip(name, names.length > 1 ? 25 : 50));
  if (short.length > named) return `${short.length} hosts`;
  return short.length < 2 ? short.join('') : `${short.slice(0, -1).join(', ')} and ${short.at(-1) ?? ''}`;
}
