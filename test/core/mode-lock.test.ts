import { lockAddress, lockSlackAddress, ModeLockError } from '../../src/core/mode-lock';

describe('lab mode', () => {
  it.each(['redis://127.3.2.1:6379/0', 'ldaps://127.0.0.1:636', 'redis://[::1]:6379'])(
    'takes %s',
    (address) => {
      expect(() => lockAddress('lab', 'Redis', address)).not.toThrow();
    },
  );

  it.each([
    'redis://10.0.0.1:6379',
    'ldaps://dc1.example.com',
    'redis://localhost:6379',
    'redis://127.0.0.1.example.com',
    'redis://1127.0.0.1',
  ])('refuses %s', (address) => {
    expect(() => lockAddress('lab', 'Redis', address)).toThrow(ModeLockError);
  });

  it('refuses Slack itself', () => {
    expect(() => lockSlackAddress('lab', 'https://slack.com/api/')).toThrow(ModeLockError);
    expect(() => lockSlackAddress('lab', 'ws://127.1.1.1:4000/link')).not.toThrow();
  });
});

describe('normal mode', () => {
  it.each([
    'https://slack.com/api/',
    'https://files.slack.com/x',
    'wss://wss-primary.slack.com/link/?ticket=1',
  ])('takes %s as Slack', (address) => {
    expect(() => lockSlackAddress('normal', address)).not.toThrow();
  });

  it.each([
    'http://slack.com/api/',
    'ws://wss-primary.slack.com/link',
    'https://slack.com.example.com/',
    'https://notslack.com/',
    'https://slack.com@127.0.0.1/',
    'http://127.0.0.1:4000/api/',
  ])('refuses %s as Slack', (address) => {
    expect(() => lockSlackAddress('normal', address)).toThrow(ModeLockError);
  });
});
