import { boltLogger, describeError, redacted } from '../../src/bot/log';

const token = `xoxb-${'1'.repeat(12)}-abcDEF`;

describe('what the bot logs', () => {
  it('holds no token, no socket ticket and no response address', () => {
    const text = `${token} xapp-1-A-2-b wss://x.slack.com/link/?ticket=abc&app=1 https://hooks.slack.com/actions/T/1/zz`;
    expect(redacted(text)).toBe(
      '[secret] [secret] wss://x.slack.com/link/?ticket=[secret]&app=1 https://hooks.slack.com/[secret]',
    );
  });

  it('redacts an error with its stack and its causes', () => {
    const error = new Error(`outer ${token}`, { cause: new Error(`inner ${token}`) });
    expect(JSON.stringify(describeError(error))).not.toContain('xoxb-');
    expect(describeError(error)).toMatchObject({
      error: 'Error: outer [secret]',
      cause: { error: 'Error: inner [secret]' },
    });
  });

  it('drops the debug lines of Bolt, which hold payloads, and redacts the others', () => {
    const lines: unknown[] = [];
    const keep = (fields: object): void => void lines.push(fields);
    const logger = boltLogger({ info: keep, warn: keep, error: keep });
    logger.debug('payload');
    logger.error('failed with', token);
    expect(lines).toEqual([{ slack: 'failed with [secret]' }]);
  });
});
