import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../../lab/repository';
import { loadSettings } from '../../src/cli/settings-file';
import { scratchDirectory } from '../support/scratch';

const example = join(repositoryRoot, 'deploy', 'config', 'handover.yaml.example');
const raw = parse(readFileSync(example, 'utf8')) as { slack: Record<string, unknown> };
const { appTokenFile, ...common } = raw.slack;
const listen = { address: '127.0.0.1', port: 3000 };
const http = { ...common, receive: 'http', signingSecretFile: 'signing-secret', listen };

/** The settings of the example with another `slack`, and the folder they are in. */
async function load(
  slack: unknown,
): Promise<{ slack: ReturnType<typeof loadSettings>['slack']; folder: string }> {
  const folder = await scratchDirectory();
  const file = join(folder, 'handover.yaml');
  await writeFile(file, stringify({ ...raw, slack }));
  return { slack: loadSettings(file).slack, folder };
}

describe('slack.receive', () => {
  it('is Socket Mode when nothing is said, with its token beside the file', async () => {
    const { slack, folder } = await load({ ...common, appTokenFile: 'app-token' });
    expect(slack).toMatchObject({ receive: 'socket', appTokenFile: join(folder, 'app-token') });
    expect((await load({ ...common, receive: 'socket', appTokenFile })).slack.receive).toBe('socket');
  });

  it('is HTTP with a signing secret and an address to listen at', async () => {
    const { slack, folder } = await load(http);
    expect(slack).toMatchObject({
      receive: 'http',
      signingSecretFile: join(folder, 'signing-secret'),
      botTokenFile: '/run/secrets/bot-token',
      listen,
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['another way', { ...http, receive: 'pigeon' }, /slack\.receive: /],
    ['HTTP without its secret', { ...http, signingSecretFile: undefined }, /slack\.signingSecretFile: /],
    ['HTTP without an address', { ...http, listen: undefined }, /slack\.listen: /],
    [
      'a name to listen at',
      { ...http, listen: { ...listen, address: 'localhost' } },
      /slack\.listen\.address: an IP address/,
    ],
    ['no port', { ...http, listen: { ...listen, port: 0 } }, /slack\.listen\.port: /],
    [
      'an app token that HTTP does not need',
      { ...http, appTokenFile },
      /slack\.appTokenFile: appTokenFile does not go with the rest/,
    ],
    [
      'Socket Mode that listens',
      { ...common, appTokenFile, listen },
      /slack\.listen: listen does not go with the rest/,
    ],
    ['Socket Mode without its token', common, /slack\.appTokenFile: /],
    ['nothing', undefined, /slack: /],
  ])('refuses %s, naming its place', async (_what, slack, message) => {
    await expect(load(slack)).rejects.toThrow(message);
  });
});
