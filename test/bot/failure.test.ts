import { failureText } from '../../src/bot/failure';
import { Fault } from '../../src/core/problem';

const lines: object[] = [];
const parts = {
  random: { hex: (bytes: number) => 'ab'.repeat(bytes) },
  log: {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => void lines.push(fields),
  },
};
const fault = (retry: Fault['retry']) =>
  new Fault({ code: 'x', retry, message: 'Redis does not answer.', remedy: 'Try again.' });

describe('what a person is told of a failure', () => {
  it('is that nothing was changed, when that is known', () => {
    expect(failureText(fault('later'), parts)).toBe(
      '⏳ Not now: Redis does not answer. Nothing was changed. Try again.',
    );
  });

  it('is that it may have been recorded, when the answer was lost', () => {
    const text = failureText(fault('unknown'), parts);
    expect(text).toMatch(/^⏳ Not now: Redis does not answer\. It is not known whether this was recorded/);
    expect(text).not.toContain('Nothing was changed');
  });

  it('is a reference and no more, when nobody expected it', () => {
    const text = failureText(new TypeError('secret detail'), parts);
    expect(text).toContain('reference abababab');
    expect(text).not.toContain('secret detail');
    expect(lines).toMatchObject([{ reference: 'abababab', error: 'TypeError: secret detail' }]);
  });
});
