import { Attribute, Change, type Client } from 'ldapts';

/** Lists an object in a group. */
export async function joinGroup(client: Client, member: string, group: string): Promise<void> {
  await client.modify(group, changeOf('add', 'member', member));
}

/** Makes a group that lists the object its primary one; from then on it is not listed there. */
export async function makePrimaryGroup(client: Client, member: string, group: string): Promise<void> {
  const attributes = ['primaryGroupToken'];
  const { searchEntries } = await client.search(group, { scope: 'base', attributes });
  const rid = String(searchEntries[0]?.['primaryGroupToken']);
  await client.modify(member, changeOf('replace', 'primaryGroupID', rid));
}

function changeOf(operation: 'add' | 'replace', type: string, value: string): Change {
  return new Change({ operation, modification: new Attribute({ type, values: [value] }) });
}
