/** @needs domain, one of its own: others could not work in a domain whose hosts are put back all the time. */
import { rm } from 'node:fs/promises';
import { claimAddress } from '../../lab/addresses';
import { editControl } from '../../lab/directory/account-control';
import { startDomain, type Domain } from '../../lab/directory/domain';
import type { PracticeDirectory } from '../../lab/directory/practice-directory';
import { sambaDirectory } from '../../lab/directory/samba-directory';
import { minusValues, sortValues } from '../../src/core/delegation/values';
import { scratchDirectory } from '../support/scratch';
import { actions, type World } from './set-kcd/actions';
import { openDesk, type Desk } from './set-kcd/desk';
import { readTables } from './set-kcd/readme-table';

let domain: Domain;
let practice: PracticeDirectory;
let desk: Desk;
/** As provisioning has made it. */
let fresh: World;
let cleanUp: () => Promise<void>;

beforeAll(async () => {
  const claim = await claimAddress();
  const directory = await scratchDirectory();
  domain = await startDomain({ address: claim.address, directory });
  practice = sambaDirectory(domain);
  desk = await openDesk(domain);
  fresh = await read();
  cleanUp = async () => {
    await desk.close();
    await domain.stop();
    await claim.release();
    await rm(directory, { recursive: true });
  };
});
afterAll(() => cleanUp());

const rows = readTables();

describe('what README says instead of Set-KCD.ps1 and the tab Delegation', () => {
  it('says it of every action, and of no other', () => {
    expect(rows.map(({ action }) => action)).toEqual(Object.keys(actions));
    expect(rows.filter(({ commands }) => commands.length === 0)).toEqual([]);
  });

  it.each(rows)('does what is done by: $action', async ({ action, commands }) => {
    const { given, leaves = same, otherwise = same, shows = ['done'] } = actions[action] ?? unknown(action);
    await putBack(given);
    const before = await read();
    const told: string[] = [];
    for (const typed of commands) told.push(await desk.carryOut(typed));
    expect(shown(await read())).toEqual(shown(otherwise(leaves(before))));
    expect(shows.filter((text) => !told.join('\n').includes(text))).toEqual([]);
    // What changes nothing is an answer, and no request that found all of it done.
    expect(told.filter((text) => text === 'done')).toEqual(leaves === same ? [] : commands.map(() => 'done'));
  });

  const exceptions = Object.entries(actions).flatMap(([action, { leaves = same, otherwise }]) =>
    otherwise ? [{ action, leaves, otherwise }] : [],
  );
  it.each(exceptions)('leaves something else than $action, and on purpose', ({ leaves, otherwise }) => {
    expect(shown(otherwise(leaves(fresh)))).not.toEqual(shown(leaves(fresh)));
  });
});

function same(world: World): World {
  return world;
}

function unknown(action: string): never {
  throw new Error(`Nothing says what “${action}” does`);
}

async function read(): Promise<World> {
  const [lists, controls] = await Promise.all([practice.readDelegations(), practice.readControls()]);
  return new Map([...lists].map(([name, list]) => [name, { list, control: controls.get(name) ?? 0 }]));
}

/** Every computer as provisioned, with these lists. */
async function putBack(given: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [name, now] of await read()) {
    const { list, control } = fresh.get(name) ?? { list: [], control: 0 };
    const wanted = given[name] ?? list;
    const [add, remove] = [minusValues(wanted, now.list), minusValues(now.list, wanted)];
    if (add.length + remove.length > 0) await practice.editDelegation(name, { add, delete: remove });
    if (now.control !== control)
      await editControl(domain, name, { set: control & ~now.control, clear: now.control & ~control });
  }
}

/** For comparing: values in one order and without case. */
function shown(world: World): object {
  return Object.fromEntries(
    [...world].map(([name, { list, control }]) => [
      name,
      { list: sortValues(list.map((value) => value.toLowerCase())), control: control.toString(16) },
    ]),
  );
}
