import fc from 'fast-check';
import { answerIn, lineOf } from '../../../src/jobs/hyperv/powershell/call';
import { anyText } from '../../support/any-text';

const written = (answer: unknown): string => Buffer.from(JSON.stringify(answer), 'utf8').toString('base64');

describe('a call', () => {
  it('is one line of one form, whatever the data', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (call, text) => {
        const line = lineOf({ call, arguments: { text } }, 'n');
        expect(line).toMatch(/^Invoke-Handover '[A-Za-z0-9+/]+={0,2}'$/);
      }),
    );
  });
});

describe('an answer', () => {
  it('is the envelope with the nonce of the call', () => {
    const mine = written({ nonce: 'n', ok: true, data: 1 });
    expect(answerIn(`${mine}\r`, 'n')).toEqual({ kind: 'data', data: 1 });
  });

  it.each([
    '',
    'a warning',
    written({ nonce: 'm', ok: true, data: 1 }),
    written({ nonce: 'n' }),
    'AAAA',
    '!',
  ])('is nothing else: %s', (line) => {
    expect(answerIn(line, 'n')).toBeNull();
  });

  it('carries an error as the module tells it', () => {
    const error = { message: 'no such machine', id: 'x', code: '5' };
    expect(answerIn(written({ nonce: 'n', ok: false, error }), 'n')).toEqual({ kind: 'error', ...error });
  });
});
