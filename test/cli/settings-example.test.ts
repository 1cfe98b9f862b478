import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../../lab/repository';
import { Modes, Policy, Times } from '../../src/core/settings';
import { loadSettings } from '../../src/cli/settings-file';

const example = join(repositoryRoot, 'deploy', 'config', 'handover.yaml.example');
const raw = parse(readFileSync(example, 'utf8')) as Record<'policy' | 'modes' | 'times', object>;

describe('the example of the settings', () => {
  it('names every rule, mode and time that there is', () => {
    expect(Object.keys(raw.policy)).toEqual(Object.keys(Policy.shape));
    expect(Object.keys(raw.modes)).toEqual(Object.keys(Modes.shape));
    expect(Object.keys(raw.times)).toEqual(Object.keys(Times.shape));
  });

  it('has the modes and times that hold where nothing is said', () => {
    const { modes, times } = loadSettings(example);
    expect({ modes, times }).toEqual({ modes: Modes.parse({}), times: Times.parse({}) });
  });

  it('gives the file servers a place of their own', () => {
    const { searchBases, fileServerBases } = loadSettings(example).directory;
    expect(fileServerBases).toHaveLength(1);
    expect(searchBases).not.toContain(fileServerBases[0]);
  });
});
