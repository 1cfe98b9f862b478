import fc from 'fast-check';
import { MachineRules } from '../../../src/core/fabric/machine-rules';
import { readNotes } from '../../../src/core/fabric/notes-rule';
import { rulingOf } from '../../../src/core/fabric/ruling';
import { machine } from '../../support/plan-world';

const rules = (...raw: unknown[]) => MachineRules.parse(raw);

describe('rules for machines', () => {
  it.each([
    ['sql-*', 'sql-07', true],
    ['SQL-*', 'sql-07', true],
    ['sql-*', 'mysql-07', false],
    ['*', 'anything', true],
    ['*-dc', 'berlin-dc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['sql.07', 'sql-07', false],
    ['id-sql-07', 'sql-07', true],
  ])('%s is about %s: %s', (match, name, is) => {
    expect(rulingOf(machine(name), rules({ match, pin: true })).pinned !== null).toBe(is);
  });

  it('hold together: what one forbids is forbidden, and one that allows is not enough where another forbids', () => {
    const both = rulingOf(
      machine('sql-07'),
      rules(
        { match: 'sql-*', keepApart: 'SQL', onlyHosts: ['h1', 'h2'], mayShutDown: true, owner: 'U012AB3CD' },
        { match: '*-07', onlyHosts: ['h2', 'h3'], keepApart: 'odd', owner: 'somebody else' },
      ),
    );
    expect(both).toMatchObject({
      onlyHosts: ['h2'],
      groups: ['odd', 'sql'],
      mayShutDown: true,
      owner: 'U012AB3CD',
    });
    const whole = rules(
      { match: 'sql-*', owner: 'first' },
      { match: 'ID-SQL-07', owner: 'second' },
      { match: 'sql-07', pin: true },
    );
    expect(rulingOf(machine('sql-07'), whole)).toMatchObject({ owner: 'first' });
    expect(rulingOf(machine('sql-07'), whole.toReversed())).toMatchObject({ owner: 'second' });
    expect(rulingOf(machine('sql-07'), whole).pinned).toBe('the rule for sql-07 pins it');
    const forbidden = rules({ match: 'sql-*', mayShutDown: true }, { match: '*', mayShutDown: false });
    expect(rulingOf(machine('sql-07'), forbidden).mayShutDown).toBe(false);
    expect(rulingOf(machine('web-01'), []).mayShutDown).toBe(false);
  });
});

describe('the line in a machine’s notes', () => {
  it.each([
    ['', { pin: false, onlyHosts: null, unread: [] }],
    ['Backed up on Sundays. Handover notes are in the wiki.', { pin: false, unread: [] }],
    ['first line\n  Handover: PIN\nlast line', { pin: true, unread: [] }],
    [
      'handover: only=hyper-v01,hyper-v02 apart=sql no-shutdown',
      { onlyHosts: ['hyper-v01', 'hyper-v02'], keepApart: ['sql'], noShutDown: true },
    ],
    ['handover: only=h1,h2\nhandover: only=h2,h3', { onlyHosts: ['h2'] }],
    ['handover: pinn', { pin: false, unread: ['pinn'] }],
    ['handover:', { unread: [''] }],
    ['handover: only=', { unread: ['only='] }],
    ['handover: only=hyper v01', { unread: ['v01'] }],
    ['handover: apart=a,b', { unread: ['apart=a,b'] }],
    ['handover: may-shut-down', { unread: ['may-shut-down'] }],
  ])('%j', (notes, read) => {
    expect(readNotes(notes)).toMatchObject(read);
  });

  it('never allows what rules do not', () => {
    const word = fc.constantFrom(
      'pin',
      'no-shutdown',
      'only=h1',
      'only=h1,h2',
      'apart=x',
      'shutdown',
      'unpin',
      'any=h3',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), fc.boolean(), fc.boolean(), (words, pin, mayShutDown) => {
        const rule = rules({ match: '*', pin, mayShutDown, onlyHosts: ['h1'] });
        const without = rulingOf(machine('a'), rule);
        const noted = rulingOf(machine('a', { notes: `handover: ${words.join(' ')}` }), rule);
        expect(noted.mayShutDown && !without.mayShutDown).toBe(false);
        expect(noted.pinned === null && without.pinned !== null).toBe(false);
        expect(noted.onlyHosts?.every((host) => without.onlyHosts?.includes(host))).toBe(true);
        expect(noted.groups).toEqual(expect.arrayContaining([...without.groups]));
      }),
    );
  });
});
