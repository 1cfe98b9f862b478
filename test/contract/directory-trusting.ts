import { questionsTo, type DirectoryWorld } from './directory-world';

const unconstrained = 0x8_0000;
const disabled = 0x2;

/** Setting TRUSTED_TO_AUTH_FOR_DELEGATION, the one bit of userAccountControl that is ever written. */
export function trusting(world: () => DirectoryWorld): void {
  const { trust, trustNamed } = questionsTo(world);

  describe('setting the any-protocol bit', () => {
    it('sets it and nothing else, once', async () => {
      await world().edit('kerb', { add: ['cifs/kept'] });
      const set = await trust('kerb');
      expect(await world().trusting.modify(set)).toBe('changed');
      expect(await world().control('kerb')).toBe(0x100_1000);
      const seen = await world().trusting.read(set.guid);
      expect(seen).toMatchObject({ userAccountControl: 0x100_1000, allowedToDelegateTo: ['cifs/kept'] });
    });

    it('is not taken for done by us where somebody else has done it meanwhile', async () => {
      const set = await trust('kerb2');
      await world().editControl('kerb2', 0x100_0000);
      expect(await world().trusting.modify(set)).toBe('conflict');
      expect(await world().control('kerb2')).toBe(0x100_1000);
    });

    it('does nothing where any other bit has changed meanwhile', async () => {
      const set = await trust('kerb3');
      await world().editControl('kerb3', disabled);
      // Whoever asks: nobody's right is looked at before that.
      for (const directory of [world().directory, world().trusting])
        expect(await directory.modify(set)).toBe('conflict');
      expect(await world().control('kerb3')).toBe(0x1002);
    });

    it('sets it beside bits that it leaves as they are', async () => {
      const set = await trust('kerb3');
      expect(await world().trusting.modify(set)).toBe('changed');
      expect(await world().control('kerb3')).toBe(0x100_1002);
    });

    it('is refused to the narrow account, with the right that is lacking', async () => {
      const set = await trust('kerb4');
      const fault = await world()
        .directory.modify(set)
        .catch((error: unknown) => error);
      expect(fault).toMatchObject({
        name: 'Fault',
        code: 'directory.access',
        retry: 'never',
        message: expect.stringMatching(/userAccountControl of CN=kerb4.*LDAP result 50/),
        remedy: expect.stringMatching(/Write userAccountControl.*SeEnableDelegationPrivilege/),
      });
      expect(await world().control('kerb4')).toBe(0x1000);
    });

    it('is refused to both where they have no right, however much they may elsewhere', async () => {
      const set = await trustNamed(world().forbidden);
      for (const directory of [world().directory, world().trusting])
        await expect(directory.modify(set)).rejects.toMatchObject({ code: 'directory.access' });
      expect(await world().trusting.read(set.guid)).toMatchObject({ userAccountControl: set.before });
    });

    it.each<[string, (control: number) => { before: number; after: number }]>([
      ['sets another bit', (before) => ({ before, after: before + disabled })],
      ['sets another bit too', (before) => ({ before, after: before + 0x100_0000 + disabled })],
      ['trusts without limits', (before) => ({ before, after: before + unconstrained })],
      ['trusts without limits too', (before) => ({ before, after: before + 0x100_0000 + unconstrained })],
      ['clears a bit too', (before) => ({ before, after: 0x100_0000 })],
      ['sets nothing', (before) => ({ before, after: before })],
      ['takes it away', (before) => ({ before: before + 0x100_0000, after: before })],
      [
        'is about what has it already',
        (before) => ({ before: before + 0x100_0000, after: before + 0x100_0000 }),
      ],
      [
        'is about what is trusted without limits',
        (before) => ({ before: before + unconstrained, after: before + unconstrained + 0x100_0000 }),
      ],
      ['is about no number of 32 bits', (before) => ({ before: -before, after: -before + 0x100_0000 })],
      ['is about no whole number', (before) => ({ before: before + 0.5, after: before + 0x100_0000 })],
    ])('refuses before it is sent what %s', async (_title, controls) => {
      const set = await trust('kerb4');
      const other = { ...set, ...controls(set.before) };
      await expect((async () => world().trusting.modify(other))()).rejects.toThrow('invariant');
      expect(await world().control('kerb4')).toBe(0x1000);
    });

    it('finds nothing to set on an object that is gone', async () => {
      const set = await trust('kerb5');
      await world().remove('kerb5');
      expect(await world().trusting.modify(set)).toBe('conflict');
    });
  });
}
