import { aboutCard, readButton, writeButton } from '../../../src/bot/cards/button-value';
import { planDigests } from '../../../src/core/request/fingerprint';
import { inState } from '../support/usual-request';

describe('the value of a button', () => {
  const record = inState('waiting');

  it('names request, plan and fingerprint in canonical form, and nothing of the directory', () => {
    const value = writeButton(aboutCard(record));
    expect(value).toMatch(/^\{"f":"[0-9a-f]{64}","p":1,"r":"[0-9a-f]{32}"\}$/);
    expect(readButton(value)).toEqual(aboutCard(record));
  });

  it('carries the fingerprint of the plan as shown, not the one that the ledger claims', () => {
    const plan = record.plan && { ...record.plan, fingerprint: 'f'.repeat(64) };
    const edited = { ...record, plan };
    expect(aboutCard(edited).fingerprint).toBe(
      plan && planDigests(record.intake.statement, plan).fingerprint,
    );
  });

  it('is read back while there is no plan yet', () => {
    const about = aboutCard(inState('planning'));
    expect(readButton(writeButton(about))).toEqual({ id: record.id, plan: 0, fingerprint: '' });
  });

  const good = writeButton(aboutCard(record));
  it.each([
    ['nothing', undefined],
    ['no JSON', 'approve'],
    ['an empty object', '{}'],
    ['a further key', good.replace('{', '{"x":1,')],
    ['a short fingerprint', good.replace(/[0-9a-f]{60}/, '')],
    ['a number as text', good.replace('"p":1', '"p":"1"')],
  ])('is refused when it is %s', (_, value) => {
    expect(readButton(value)).toBeNull();
  });
});
