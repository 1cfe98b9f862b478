import type { DirectoryPart } from '../../core/delegation/plan';
import { powersOf } from '../../core/delegation/powers';
import { namesSaid } from './names';
import { clip } from './text';

/** What an approver has to know about a plan before a click, in plain sentences; none for what only takes away. */
export function riskLines(part: DirectoryPart): readonly string[] {
  return [...addingRisk(part), ...trustRisk(part)];
}

function addingRisk(part: DirectoryPart): readonly string[] {
  const [power, ...others] = powersOf(part);
  if (!power || !part.changes.some(({ kind }) => kind === 'delegation-add')) return [];
  const [source, destination] =
    others.length > 0
      ? ['one of these hosts', 'those it may delegate to']
      : [clip(power.source, 60), clip(power.destination, 60)];
  return [
    `Risk: who controls ${source} can then act as anyone on ${destination}, whichever services are named: ` +
      'a ticket for one can be turned into a ticket for another.',
  ];
}

/** The trust mode is a host's, not a value's. */
function trustRisk({ changes }: DirectoryPart): readonly string[] {
  const names = changes.filter(({ kind }) => kind === 'trust-mode').map(({ name }) => clip(name, 60));
  const [only, ...others] = names;
  if (only === undefined) return [];
  const whose = others.length === 0 ? `the list of ${only}` : `the lists of ${clip(namesSaid(names), 120)}`;
  return [
    `Risk: “Use any authentication protocol” holds for everything in ${whose}, not only for what is added here: ` +
      'no user has to have signed in for it.',
  ];
}
