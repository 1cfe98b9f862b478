import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../../lab/repository';
import { loadSettings, readSecret, SettingsError } from '../../src/cli/settings-file';
import { scratchDirectory } from '../support/scratch';

const example = join(repositoryRoot, 'deploy', 'config', 'handover.yaml.example');
const raw = parse(readFileSync(example, 'utf8')) as Record<string, unknown>;

async function load(change: Record<string, unknown>): Promise<ReturnType<typeof loadSettings>> {
  const file = join(await scratchDirectory(), 'handover.yaml');
  await writeFile(file, stringify({ ...raw, ...change }));
  return loadSettings(file);
}

describe('the settings file', () => {
  it('is what the example shows, its file names beside it', () => {
    const settings = loadSettings(example);
    expect(settings.directory.caFile).toBe(join(repositoryRoot, 'deploy', 'config', 'ca.pem'));
    expect(settings.slack.botTokenFile).toBe('/run/secrets/bot-token');
    expect(settings.redis.prefix).toBe('{handover}');
  });

  it('approves nobody and lets nobody ask when it names no rule', async () => {
    expect((await load({ policy: {} })).policy).toEqual({});
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['an unknown key', { lab: true }, /lab/],
    [
      'a user name where an id belongs',
      { policy: { 'delegation-add': { requesters: 'anyone', approvers: ['@sam'] } } },
      /policy\.delegation-add\.approvers\.0: .*U012AB3CD/,
    ],
    ['an unknown change kind', { policy: { everything: { requesters: 'anyone', approvers: [] } } }, /policy/],
    ['a prefix that is no hash tag', { redis: { urlFile: 'x', prefix: 'handover' } }, /redis\.prefix/],
    [
      'no search base',
      { directory: { ...(raw['directory'] as object), searchBases: [] } },
      /directory\.searchBases/,
    ],
  ];
  it.each(wrong)('refuses %s, naming its place', async (_, change, message) => {
    await expect(load(change)).rejects.toThrow(message);
    await expect(load(change)).rejects.toBeInstanceOf(SettingsError);
  });

  it('refuses a file that is not there, and a secret that is empty', async () => {
    const folder = await scratchDirectory();
    expect(() => loadSettings(join(folder, 'none.yaml'))).toThrow(SettingsError);
    await writeFile(join(folder, 'empty'), ' \n');
    expect(() => readSecret(join(folder, 'empty'))).toThrow(/is empty/);
  });
});
