import { isPlainName } from './guards/names';
import type { ListChange, TrustChange } from './plan';

/** What one command may take, in characters: it stands in one message block, and half of one must never be copied. */
const LONGEST_COMMAND = 2_000;

/** Letters that mean nothing in a quoted PowerShell or cmd string, typographic quotes left out: PowerShell ends a string at those too. */
export function isQuotable(text: string): boolean {
  return /^[A-Za-z0-9 ._:/@-]+$/.test(text);
}

/** The text as a PowerShell string; only for texts that are quotable. */
export function quoted(text: string): string {
  return `'${text}'`;
}

/** Names come from the directory and people copy the line: what is not plain goes by objectGUID. */
export function nameOrGuid({ name, guid }: { readonly name: string; readonly guid: string }): string {
  return quoted(isPlainName(name) ? `${name}$` : guid);
}

/**
 * PowerShell for a change of a list, one value a line, each text a whole command; null where a value cannot be put in
 * quotes: then it is a matter for the Attribute Editor. Only computers are added to, but values are removed from objects of
 * any class, and those are named by objectGUID: a user and a computer may have one name.
 */
export function listCommands(change: ListChange): readonly string[] | null {
  const { guid, add, remove } = change;
  const commands = [
    ...commandsOf(`Set-ADComputer -Identity ${nameOrGuid(change)} -Add`, add),
    ...commandsOf(`Set-ADObject -Identity ${quoted(guid)} -Remove`, remove),
  ];
  const isSafe = isQuotable(guid) && [...add, ...remove].every(isQuotable);
  return isSafe && commands.every(({ length }) => length <= LONGEST_COMMAND) ? commands : null;
}

/** PowerShell that sets TRUSTED_TO_AUTH_FOR_DELEGATION; null where the object cannot be put in quotes. */
export function trustCommand({ name, guid }: TrustChange): string | null {
  return isQuotable(guid)
    ? `Set-ADAccountControl -Identity ${nameOrGuid({ name, guid })} -TrustedToAuthForDelegation $true`
    : null;
}

function commandsOf(verb: string, values: readonly string[]): readonly string[] {
  const pages: string[][] = [];
  let length = LONGEST_COMMAND;
  for (const value of values) {
    const line = `  ${quoted(value)}`;
    length += line.length + 2;
    if (length > LONGEST_COMMAND) {
      pages.push([]);
      length = verb.length + WRAPPING + line.length;
    }
    pages.at(-1)?.push(line);
  }
  return pages.map((lines) => `${verb} @{'msDS-AllowedToDelegateTo'=@(\n${lines.join(',\n')}\n)}`);
}

/** What stands around the values, with its line breaks. */
const WRAPPING = " @{'msDS-AllowedToDelegateTo'=@(\n\n)}".length;
