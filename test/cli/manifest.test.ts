import { Command } from 'commander';
import { addManifest } from '../../src/cli/manifest';
import { appManifest } from '../../src/core/commands/manifest';

/** What `handover manifest …` prints. */
async function printed(...args: string[]): Promise<unknown> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const complain = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const program = new Command('handover').exitOverride();
    addManifest(program);
    program.commands.forEach((command) => command.exitOverride());
    await program.parseAsync(['node', 'handover', 'manifest', ...args]);
    return JSON.parse(write.mock.calls.map(([text]) => text).join(''));
  } finally {
    write.mockRestore();
    complain.mockRestore();
  }
}

test('It prints the manifest that was asked for', async () => {
  expect(await printed()).toEqual(appManifest({ url: null, allAliases: false }));
  expect(await printed('--all-aliases')).toEqual(appManifest({ url: null, allAliases: true }));
});

test('An address without a path gets the one at which the bot listens', async () => {
  const at = (url: string) => appManifest({ url, allAliases: false });
  expect(await printed('--http', 'https://handover.example')).toEqual(
    at('https://handover.example/slack/events'),
  );
  expect(await printed('--http', 'https://a.example/b')).toEqual(at('https://a.example/b'));
});

test.each(['http://handover.example', 'handover.example', ''])('“%s” is refused', async (url) => {
  await expect(printed('--http', url)).rejects.toThrow('begins with https://');
});
