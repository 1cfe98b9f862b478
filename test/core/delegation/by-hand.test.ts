import fc from 'fast-check';
import { isQuotable, listCommands, nameOrGuid, trustCommand } from '../../../src/core/delegation/by-hand';
import type { ListChange, TrustChange } from '../../../src/core/delegation/plan';

const guid = '11111111-2222-3333-4444-555555555555';
const object = { guid, dn: 'CN=HYPER-V01,DC=x', name: 'hyper-v01', by: 'hand' } as const;

function listChange(values: Partial<ListChange>): ListChange {
  return {
    ...object,
    kind: 'delegation-add',
    attribute: 'msDS-AllowedToDelegateTo',
    before: [],
    add: [],
    keep: [],
    remove: [],
    trust: 'any-protocol',
    ...values,
  };
}

const trustChange: TrustChange = {
  ...object,
  kind: 'trust-mode',
  attribute: 'userAccountControl',
  before: 0x1000,
  after: 0x100_1000,
};

/** The values of a command, by PowerShell's rule for strings in single quotes. */
const valuesIn = (command: string): readonly string[] =>
  [...command.slice(command.indexOf('@(')).matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value);

describe('the commands for a step by hand', () => {
  it('add values to a computer, one a line', () => {
    expect(
      listCommands(listChange({ add: ['cifs/a', 'Microsoft Virtual System Migration Service/a.x.com'] })),
    ).toEqual([
      `Set-ADComputer -Identity 'hyper-v01$' -Add @{'msDS-AllowedToDelegateTo'=@(
  'cifs/a',
  'Microsoft Virtual System Migration Service/a.x.com'
)}`,
    ]);
  });

  it('remove values from an object of any class, which only its GUID names for certain', () => {
    expect(listCommands(listChange({ kind: 'delegation-remove', remove: ['cifs/a'] }))).toEqual([
      `Set-ADObject -Identity '${guid}' -Remove @{'msDS-AllowedToDelegateTo'=@(\n  'cifs/a'\n)}`,
    ]);
  });

  it('set the trust mode', () => {
    const set = '-TrustedToAuthForDelegation $true';
    expect(trustCommand(trustChange)).toBe(`Set-ADAccountControl -Identity 'hyper-v01$' ${set}`);
    const odd = { ...trustChange, name: "x'; Stop-Computer; '" };
    expect(trustCommand(odd)).toBe(`Set-ADAccountControl -Identity '${guid}' ${set}`);
    expect(trustCommand({ ...odd, guid: "' -x '" })).toBeNull();
  });

  it('name an object by GUID where its name is not plain', () => {
    expect(nameOrGuid({ name: 'hyper-v01', guid })).toBe("'hyper-v01$'");
    for (const name of ["a'b", 'a b', '$(x)', 'A', 'sixteen-letters-', 'a’b', '']) {
      expect(nameOrGuid({ name, guid })).toBe(`'${guid}'`);
    }
  });

  it.each([
    "cifs/a'b",
    'cifs/a’b',
    'cifs/a‘b',
    'cifs/a`b',
    'cifs/$(x)',
    'cifs/a"b',
    'cifs/a\nb',
    'cifs/a;b',
    'cifs/é',
    '',
  ])('are none where a value could be taken for something else: %j', (value) => {
    expect(isQuotable(value)).toBe(false);
    expect(listCommands(listChange({ add: ['cifs/a', value] }))).toBeNull();
    expect(listCommands(listChange({ remove: [value] }))).toBeNull();
  });

  it('are none where the GUID is none, or half of one could be copied', () => {
    expect(listCommands(listChange({ guid: "' | x '", add: ['cifs/a'] }))).toBeNull();
    expect(listCommands(listChange({ add: [`cifs/${'a'.repeat(2_000)}`] }))).toBeNull();
  });

  it('are several where one would be too long for a message', () => {
    const add = Array.from({ length: 60 }, (_, index) => `cifs/${index}-${'a'.repeat(100)}`);
    const commands = listCommands(listChange({ add })) ?? [];
    expect(commands).toHaveLength(4);
    expect(commands.flatMap(valuesIn)).toEqual(add);
    expect(Math.max(...commands.map(({ length }) => length))).toBeGreaterThan(1_800);
    const exact = Array.from({ length: 200 }, (_, index) => `cifs/${'b'.repeat(index)}`);
    expect((listCommands(listChange({ add: exact })) ?? []).flatMap(valuesIn)).toEqual(exact);
  });

  it('say every value once, whatever the values, each command whole and short enough for a message', () => {
    const values = fc.array(fc.stringMatching(/^[A-Za-z0-9 ._:/@-]{1,300}$/), { maxLength: 60 });
    fc.assert(
      fc.property(values, values, (add, remove) => {
        const commands = listCommands(listChange({ add, remove })) ?? [];
        const of = (what: string) => commands.filter((each) => each.includes(what)).flatMap(valuesIn);
        expect(of(' -Add @')).toEqual(add);
        expect(of(' -Remove @')).toEqual(remove);
        for (const command of commands) {
          expect(command.length).toBeLessThanOrEqual(2_000);
          expect(command).toMatch(
            /^Set-AD(?:Computer|Object) -Identity '[a-z0-9-]+\$?' -(?:Add|Remove) @\{'msDS-AllowedToDelegateTo'=@\(\n(?: {2}'[^'\n]*',?\n)+\)\}$/,
          );
        }
      }),
    );
  });
});
