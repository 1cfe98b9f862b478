/** @needs domain */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../lab/wait-for';
import { handover } from '../support/command';
import { ask, press, reaches } from '../support/conversation';
import { startInstance, type Instance } from '../support/instance';

/** Half a second: what is over, told, sealed and mirrored goes at once. */
const SOON = 0.5 / 86_400;

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: [{ name: 'hv01' }, { name: 'hv02' }],
    audit: { archiveDays: SOON, sealSeconds: 1 },
  });
});
afterAll(() => instance.stop());

const run = (...words: readonly string[]) => handover(instance.configFile, ...words);

it('moves a request that is over out of Redis, and its story can still be told and verified', async () => {
  const command = `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')} cifs --ticket CHG-7`;
  const asked = await ask(instance, command);
  await reaches(instance, asked, 'waiting');
  await press(instance, asked, { user: 'approver', action: 'request.approve' });
  const archived = await waitFor(
    'the archive',
    async () => (await instance.ledger.archived(asked.label)) ?? undefined,
    60_000,
  );
  expect(await instance.ledger.read(asked.id)).toBeNull();

  const file = archived.place.slice(archived.place.indexOf(':') + 1);
  const line = (await readFile(file, 'utf8')).split('\n').find((text) => text.includes(`"${asked.label}"`));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ label: asked.label, record: { state: 'done' } });

  const story = await run('audit', 'show', asked.label);
  expect(story.code).toBe(0);
  expect(story.stdout).toContain(`Archived `);
  expect(story.stdout).toMatch(/decision/);
  const exported = await run('audit', 'export', '--ticket', 'CHG-7');
  expect(exported.stdout.split('\n').filter((each) => each.includes(asked.id)).length).toBeGreaterThan(3);

  await waitFor('the stream to be trimmed', async () =>
    (await instance.ledger.trimmedTo()) === '0-0' ? undefined : true,
  );
  const all = await run('audit', 'verify');
  expect([all.code, all.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'The audit is sound.']);

  // On another host there is no mirror: nothing is wrong with what is there, and that is not all.
  const mirror = join(instance.configFile, '..', 'audit');
  await instance.programs.get('conduct')?.stop();
  await rename(mirror, `${mirror}-elsewhere`);
  const part = await run('audit', 'verify');
  expect([part.code, part.stdout]).toEqual([
    4,
    expect.stringMatching(/were archived.*--mirror\.\nWhat is here is sound;/s),
  ]);
  const named = await run('audit', 'verify', '--mirror', `${mirror}-elsewhere`);
  expect(named.code).toBe(0);
  const shown = await instance.client.command({
    user: 'requester',
    channel: 'hyper-v',
    text: `/hv show ${asked.label}`,
  });
  expect(JSON.stringify(shown.ack)).toMatch(/archive/i);
}, 120_000);
