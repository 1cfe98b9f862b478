import { readCommandButton } from '../../../src/bot/actions/command-button';

describe('a button that stands for a command', () => {
  it.each([
    ['/undelegate hyper-v01 -> ghost99 all', '/undelegate', 'hyper-v01 -> ghost99 all'],
    ['/hv delegations hyper-v01 --raw', '/hv', 'delegations hyper-v01 --raw'],
  ])('is read as if its person had typed %s', (value, entry, text) => {
    expect(readCommandButton('command.1a2b', value)).toEqual({ entry, text });
  });

  it.each([
    ['another action', 'request.approve', '/hv help'],
    ['no value', 'command.1', undefined],
    ['a command of somebody else', 'command.1', '/invite everybody'],
    ['a value longer than Slack lets one be', 'command.1', `/hv ${'x'.repeat(2_000)}`],
  ])('is none with %s', (_, action, value) => {
    expect(readCommandButton(action, value)).toBeNull();
  });
});
