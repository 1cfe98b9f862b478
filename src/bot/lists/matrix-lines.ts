import type { NameForms } from '../../core/survey/delegations';
import type { DelegationOverview } from '../../core/survey/views';
import { cell, COLUMNS } from './table';

const NAME = 15;
/** Number, name and a space each; one column for every host. */
const MOST_HOSTS = COLUMNS - NAME - 4;

type Shape = Pick<DelegationOverview, 'hosts' | 'links'>;

/** The pairwise matrix as lines, source on the left; for more hosts than fit side by side the pairs that are not whole. */
export function matrixLines(overview: Shape): { readonly lines: readonly string[]; readonly legend: string } {
  const hosts = overview.hosts;
  if (hosts.length < 2) return { lines: [], legend: '' };
  return hosts.length <= MOST_HOSTS ? grid(overview) : incomplete(overview);
}

function grid({ hosts, links }: Shape): ReturnType<typeof matrixLines> {
  const signs = new Map(
    links.map(({ source, destination, ...forms }) => [`${source} ${destination}`, signOf(forms)]),
  );
  const numbers = hosts.map((_, at) => String((at + 1) % 10)).join('');
  const rows = hosts.map((source, at) => {
    const cells = hosts.map((other) => (other === source ? '\\' : (signs.get(`${source} ${other}`) ?? '.')));
    return `${String(at + 1).padStart(2)} ${cell(source, NAME)} ${cells.join('')}`;
  });
  const legend =
    'Row: from. Column: to. # both services by both names · c only cifs · m only migration · ! a name is missing · . nothing';
  return { lines: [`   ${cell('', NAME)} ${numbers}`, ...rows], legend };
}

function incomplete({ hosts, links }: Shape): ReturnType<typeof matrixLines> {
  const whole = links.filter((link) => signOf(link) === '#').length;
  const lines = links
    .filter((link) => signOf(link) !== '#')
    .map((link) => `${signOf(link)} ${cell(link.source, NAME)} → ${cell(link.destination, NAME)}`);
  const possible = hosts.length * (hosts.length - 1);
  return {
    lines: [`${whole} of ${possible} pairs whole`, ...lines],
    legend: `${hosts.length} hosts. c only cifs · m only migration · ! a name is missing; a pair without anything is not listed`,
  };
}

function signOf({ cifs, migration }: { cifs: NameForms; migration: NameForms }): string {
  const isHalf = [cifs, migration].some((forms) => forms === 'short' || forms === 'fqdn');
  if (isHalf) return '!';
  if (cifs === 'none') return migration === 'none' ? '.' : 'm';
  return migration === 'none' ? 'c' : '#';
}
