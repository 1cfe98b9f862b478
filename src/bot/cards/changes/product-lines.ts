import { grouped } from '../../../core/delegation/grouped';
import { isSameList, sortValues } from '../../../core/delegation/values';
import { nameLines } from '../names';
import type { Exception, Product } from './product';
import { alike, hostsLine, valueLines, valuesOfHost, type HostServices } from './short-values';

/** How lines are to be read beside `SHORT_FORM`, each with how to tell whether it is needed. */
const LEGEND = [
  { needs: /\[\d+-\d+\]/, text: '“x[01-03]” is x01, x02 and x03.' },
  {
    needs: /^Each of these /,
    text: 'A line below several hosts is true of each of them, and never means a host’s own values; “every other of them” is all of them but itself.',
  },
  {
    needs: /^[^ +−≡=].*: (?:without|also) /,
    text: '“x: without y” takes all values of y off again for x, “x: also …” gives x more.',
  },
] as const;

/** What a reader has to know to tell every value from these lines. */
export function legendOf(lines: readonly string[]): string {
  const needed = LEGEND.filter(({ needs }) => lines.some((line) => needs.test(line)));
  return needed.map(({ text }) => text).join(' ');
}

/** What all sources share, by host. Where the hosts are the sources, they are not named again. */
export function sharedLines({ sources, shared }: Pick<Product, 'sources' | 'shared'>): readonly string[] {
  return alike(shared).flatMap((group) => {
    const labels = group.map(({ label }) => label);
    const [first] = group;
    return isSameList(sortValues(labels), sortValues(sources))
      ? [hostsLine(first, 'every other of them')]
      : nameLines(labels).map((line) => hostsLine(first, line));
  });
}

/** In what sources differ; sources that differ alike share a line. What is taken off comes first: it must not take off what is given. */
export function exceptionLines({ exceptions, shared }: Product): readonly string[] {
  const all = exceptions.flatMap((exception) =>
    exceptionText(exception, shared).map((text) => ({ source: exception.source, text })),
  );
  const isOff = ({ text }: { readonly text: string }): boolean => text.startsWith('without ');
  const texts = [...all.filter(isOff), ...all.filter((each) => !isOff(each))];
  return grouped(texts, ({ text }) => text).flatMap((group) =>
    nameLines(group.map(({ source }) => source)).map((names) => `${names}: ${group[0]?.text ?? ''}`),
  );
}

/** In what one source differs: hosts of which it has nothing by name, values by the short form. */
export function exceptionText(
  { without, also }: Exception,
  shared: readonly HostServices[],
): readonly string[] {
  const lacking = new Set(without);
  const gone = shared.filter((host) => valuesOfHost(host).every((value) => lacking.has(value)));
  const known = new Set(gone.flatMap(valuesOfHost));
  const rest = without.filter((value) => !known.has(value));
  return [
    ...nameLines(gone.map(({ label }) => label)).map((line) => `without ${line}`),
    ...valueLines(rest).map((line) => `without ${line}`),
    ...valueLines(also).map((line) => `also ${line}`),
  ];
}
