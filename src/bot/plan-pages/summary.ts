import type { DirectoryChange, DirectoryPart, ListChange } from '../../core/delegation/plan';
import { grouped } from '../../core/delegation/grouped';
import { listChanges, powersOf } from '../../core/delegation/powers';
import type { ChangeWord } from '../cards/changes/presentation';
import { folded } from '../cards/message';
import { nameLines } from '../cards/names';
import { clip, counted, visible } from '../cards/text';
import { byPower, countWrites, haveWords } from './write-lines';

/** What the lines host by host may take; whoever has more hosts than that sees how many are left out. */
const HOSTS_LENGTH = 2_200;
/** What the names of one kind may take. Those of trust modes are never cut: each of them is a high risk. */
const NAMES_LENGTH = 900;

/** A plan that is too much to be shown value by value: counts by kind and by host, the most powerful first. Blocks of text. */
export function summaryTexts(
  { changes, destinations }: Pick<DirectoryPart, 'changes' | 'destinations'>,
  word: ChangeWord,
): readonly string[] {
  const hosts = new Set(changes.map(({ guid }) => guid)).size;
  if (changes.length === 0 || !haveWords(changes)) {
    return [
      `${word}: ${counted(hosts, 'object')}.`,
      '⚠ There are no words for all that this would change, so it cannot be approved. Somebody may have edited the plan.',
    ];
  }
  const head = `${word}: ${counted(countWrites(changes), 'write')} to ${counted(hosts, 'object')}, too many to stand here one by one.`;
  const kinds = [...trustLines(changes), ...gainLines(changes, destinations), ...lossLines(changes)];
  return [...folded([head, ...kinds].join('\n')), ...folded(hostLines(changes).join('\n'))];
}

function trustLines(changes: DirectoryPart['changes']): readonly string[] {
  const trust = changes.filter(({ kind }) => kind === 'trust-mode');
  if (trust.length === 0) return [];
  const what = `“Use any authentication protocol” (userAccountControl) on ${counted(trust.length, 'host')}`;
  return [`• + ${what}${byWhom(trust)}:`, ...nameLines(trust.map(shownName))];
}

function gainLines(
  changes: DirectoryPart['changes'],
  destinations: DirectoryPart['destinations'],
): readonly string[] {
  const giving = listsOf(changes, 'delegation-add');
  if (giving.length === 0) return [];
  const over = powersOf({ changes: giving, destinations, forMs: null });
  const names = [...new Set(over.map(({ destination }) => clip(visible(destination), 60)))];
  const kept = sumOf(giving, 'keep');
  return [
    `• + ${counted(sumOf(giving, 'add'), 'value')} in the lists (msDS-AllowedToDelegateTo) of ${counted(giving.length, 'host')}${byWhom(giving)}: ` +
      `${counted(over.length, 'pair')} of hosts, one of which can then act as any user on the other.`,
    ...(names.length === 0
      ? []
      : [
          `Power is gained over ${counted(names.length, 'host')}: ${clip(nameLines(names).join(', '), NAMES_LENGTH)}`,
        ]),
    ...(kept > 0 ? [`• ≡ ${counted(kept, 'value')} that were there for a time only`] : []),
  ];
}

function lossLines(changes: DirectoryPart['changes']): readonly string[] {
  const taking = listsOf(changes, 'delegation-remove');
  if (taking.length === 0) return [];
  return [
    `• − ${counted(sumOf(taking, 'remove'), 'value')} from the lists (msDS-AllowedToDelegateTo) of ${counted(taking.length, 'host')}${byWhom(taking)}`,
  ];
}

/** How much is done to each host; hosts with the same counts share a line. */
function hostLines(changes: DirectoryPart['changes']): readonly string[] {
  const hosts = grouped(byPower(changes), ({ guid }) => guid).map((group) => ({
    name: group[0] ? shownName(group[0]) : '',
    counts: group.map(countsOf).join(', '),
  }));
  const groups = grouped(hosts, ({ counts }) => counts);
  const lines: string[] = [];
  let [room, shown] = [HOSTS_LENGTH, 0];
  for (const group of groups) {
    const names = nameLines(group.map(({ name }) => name)).join(', ');
    const line = `${names}: ${group[0]?.counts ?? ''}`;
    room -= line.length;
    if (room < 0) break;
    shown += group.length;
    lines.push(line);
  }
  const left = hosts.length - shown;
  return ['Host by host:', ...lines, ...(left > 0 ? [`… and ${counted(left, 'more host')}.`] : [])];
}

function countsOf(change: DirectoryChange): string {
  if (change.attribute === 'userAccountControl') return 'any protocol';
  const { add, remove, keep } = change;
  return [
    ...(add.length > 0 ? [`+${add.length}`] : []),
    ...(remove.length > 0 ? [`−${remove.length}`] : []),
    ...(keep.length > 0 ? [`≡${keep.length}`] : []),
  ].join(' ');
}

function listsOf(changes: DirectoryPart['changes'], kind: DirectoryChange['kind']): readonly ListChange[] {
  return listChanges({ changes }).filter((change) => change.kind === kind);
}

function sumOf(changes: readonly ListChange[], of: 'add' | 'remove' | 'keep'): number {
  return changes.reduce((sum, change) => sum + change[of].length, 0);
}

function byWhom(changes: readonly DirectoryChange[]): string {
  const byHand = changes.filter(({ by }) => by === 'hand').length;
  if (byHand === 0) return '';
  return byHand === changes.length ? ', by a person' : `, ${byHand} of them by a person`;
}

function shownName({ name }: DirectoryChange): string {
  return clip(visible(name), 60);
}
