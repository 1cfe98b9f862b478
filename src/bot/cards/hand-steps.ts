import type { KnownBlock } from '@slack/types';
import { listCommands, trustCommand } from '../../core/delegation/by-hand';
import type { DirectoryChange, ListChange, TrustChange } from '../../core/delegation/plan';
import { SERVICE_CLASSES } from '../../core/delegation/spn';
import { objectText } from './changes/change-lines';
import { alike, shortValues, spelled } from './changes/short-values';
import { folded, paged, plain, words } from './message';
import { clip, codeBlock, counted } from './text';

/** How a person does a change: what to click, and where it can be typed safely, what to type. One block after the other. */
export function handSteps(
  change: DirectoryChange,
  { setsTrust }: { readonly setsTrust: boolean },
): readonly KnownBlock[] {
  return change.attribute === 'userAccountControl' ? trustSteps(change) : listSteps(change, setsTrust);
}

/** What is to be done, in one sentence without an end; the name is the directory's. */
export function taskText(change: DirectoryChange): string {
  if (change.attribute === 'userAccountControl')
    return `set “Use any authentication protocol” for ${objectText(change)}`;
  const { add, remove } = change;
  const parts = [
    ...(add.length > 0 ? [`add ${counted(add.length, 'value')} to`] : []),
    ...(remove.length > 0 ? [`remove ${counted(remove.length, 'value')} from`] : []),
  ];
  return `${parts.join(' and ')} msDS-AllowedToDelegateTo of ${objectText(change)}`;
}

function trustSteps(change: TrustChange): readonly KnownBlock[] {
  const clicks = [...tabOf(change), SPECIFIED, ANY_PROTOCOL, 'OK'].join(' → ');
  return [plain(`${clicks}. Change nothing else.`), ...typed(trustCommand(change))];
}

function listSteps(change: ListChange, setsTrust: boolean): readonly KnownBlock[] {
  const commands = listCommands(change);
  if (commands === null) return editorSteps(change);
  const clicks = [
    ...(change.add.length > 0 ? addingClicks(change, setsTrust) : []),
    ...(change.remove.length > 0 ? removingClicks(change) : []),
  ];
  return [
    ...folded(`${clicks.join('\n')}\nChange nothing else.`).map((text) => plain(text)),
    ...typed(...commands),
  ];
}

/** The Delegation tab knows hosts and services; the values that belong to no host’s service have to be edited as they are. */
function addingClicks(change: ListChange, setsTrust: boolean): readonly string[] {
  const { hosts, others } = shortValues(change.add);
  const protocol = setsTrust || change.trust === 'any-protocol' ? ANY_PROTOCOL : KERBEROS_ONLY;
  const adding = alike(hosts).map((group) => {
    const classes = SERVICE_CLASSES.filter(({ service }) => group[0]?.services.includes(service));
    const types = classes.map(({ serviceClass }) => `“${serviceClass}”`).join(' and ');
    // As the dialogue takes them.
    const names = group.map(({ label }) => label).join('; ');
    return [
      ...tabOf(change),
      SPECIFIED,
      protocol,
      '“Add…”',
      '“Users or Computers…”',
      `${names} → mark the service type ${types} of each`,
      'OK',
      'OK',
    ].join(' → ');
  });
  return [...adding, ...(others.length > 0 ? [`${editorOf(change)} → add ${others.join(', ')} → OK`] : [])];
}

function removingClicks(change: ListChange): readonly string[] {
  return [
    [...tabOf(change), 'tick “Expanded”', 'mark the entries that are named below', '“Remove”', 'OK'].join(
      ' → ',
    ),
  ];
}

/** Values with signs that a console could take for something else: they are only shown. */
function editorSteps(change: ListChange): readonly KnownBlock[] {
  const lines = [
    ...change.add.map((value) => `add  ${spelled(value)}`),
    ...change.remove.map((value) => `remove  ${spelled(value)}`),
  ];
  return [
    plain(
      `${editorOf(change)} → the values below, one after the other → OK. Change nothing else. ` +
        'They have signs in them that no command line should be trusted with.',
    ),
    ...paged(lines).map((text) => plain(text)),
  ];
}

function typed(...commands: readonly (string | null)[]): readonly KnownBlock[] {
  const safe = commands.filter((command) => command !== null);
  return safe.length === 0
    ? []
    : [
        plain('Or in PowerShell, with the module ActiveDirectory:'),
        ...safe.map((each) => words(codeBlock(each))),
      ];
}

function tabOf({ name }: DirectoryChange): readonly string[] {
  return ['Active Directory Users and Computers', `Properties of ${clip(name, 60)}`, 'tab “Delegation”'];
}

function editorOf({ name }: DirectoryChange): string {
  return [
    'Active Directory Users and Computers with View → “Advanced Features”',
    `Properties of ${clip(name, 60)}`,
    'tab “Attribute Editor”',
    'msDS-AllowedToDelegateTo',
  ].join(' → ');
}

const SPECIFIED = '“Trust this computer for delegation to specified services only”';
const ANY_PROTOCOL = '“Use any authentication protocol”';
const KERBEROS_ONLY = '“Use Kerberos only”';
