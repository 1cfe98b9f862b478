import type { PracticeDirectory } from '../../lab/directory/practice-directory';
import { domainRoutes } from '../../lab/domain-panel/routes';
import type { Fields } from '../../lab/slack/fields';

/** Three hosts; the KDC grants what the list holds. Every question is written down. */
function directory(
  kdc = { isDown: false },
): PracticeDirectory & { asked: string[]; held: Map<string, string[]>; controls: Map<string, number> } {
  const held = new Map<string, string[]>([
    ['a', ['CIFS/b', 'cifs/b.mabofeng.com', 'Microsoft Virtual System Migration Service/b']],
    ['b', []],
  ]);
  const controls = new Map(['a', 'b', 'c', 'old'].map((name) => [name, 0x100_1000]));
  const asked: string[] = [];
  const ordinary = ['a', 'b', 'c'].map((name) => ({
    name,
    fqdn: `${name}.mabofeng.com`,
    role: 'ordinary' as const,
  }));
  return {
    kind: 'samba',
    hosts: [
      ...ordinary,
      { name: 'old', fqdn: 'old.mabofeng.com', role: 'decoy', wrong: 'Its account is disabled' },
    ],
    asked,
    held,
    controls,
    readDelegations: () => Promise.resolve(new Map(held)),
    readControls: () => Promise.resolve(new Map(controls)),
    editDelegation: (host, { add = [], delete: remove = [] }) => {
      const values = held.get(host) ?? [];
      if (add.some((value) => values.includes(value))) return Promise.reject(new Error('0x14: held'));
      held.set(host, [...values.filter((value) => !remove.includes(value)), ...add]);
      return Promise.resolve();
    },
    editTrust: (host, anyProtocol) => {
      controls.set(host, anyProtocol ? 0x100_1000 : 0x1000);
      return Promise.resolve();
    },
    askKdc: (from, to) => {
      if (kdc.isDown) return Promise.reject(new Error('no KDC'));
      asked.push(`${from} ${to}`);
      const has = (held.get(from) ?? []).some((value) => value.toLowerCase() === `cifs/${to}`);
      return Promise.resolve(has ? 'granted' : 'refused');
    },
  };
}

interface Pair {
  from: string;
  to: string;
  cifs: { kdc: string; held: string; before?: { kdc: string } };
  migration: { held: string };
}
interface Picture {
  ok: boolean;
  pairs: Pair[];
  hosts: Fields[];
}

function panel(of: PracticeDirectory, onEdit: () => void = () => undefined) {
  const routes = domainRoutes(of, onEdit);
  const run = async (name: string, query: string, body: Fields): Promise<Fields> => {
    const route = routes[name];
    if (!route) throw new Error(`No route ${name}`);
    return route({ query: new URLSearchParams(query), body });
  };
  return {
    look: async (query = '') => (await run('GET /_lab/domain', query, {})) as unknown as Picture,
    edit: (body: Fields) => run('POST /_lab/domain/edit', '', body),
  };
}
const pairIn = ({ pairs }: Picture, from: string, to: string) =>
  pairs.find((pair) => pair.from === from && pair.to === to);

describe('the Domain panel', () => {
  it('says of every ordered pair what the directory holds and what the KDC answers', async () => {
    const picture = await panel(directory()).look();
    expect(picture.pairs).toHaveLength(6);
    expect(pairIn(picture, 'a', 'b')).toMatchObject({
      cifs: { kdc: 'granted', held: 'present' },
      migration: { held: 'partly' },
    });
    expect(pairIn(picture, 'b', 'a')).toMatchObject({
      cifs: { kdc: 'refused', held: 'absent' },
      migration: { held: 'absent' },
    });
    expect(picture.hosts).toContainEqual(
      expect.objectContaining({ name: 'old', wrong: 'Its account is disabled', values: [] }),
    );
  });

  it('asks the KDC again only about a source whose list has changed, and remembers the word before', async () => {
    const practice = directory();
    const { look } = panel(practice);
    await look();
    practice.asked.length = 0;
    await look();
    expect(practice.asked).toEqual([]);
    practice.held.set('b', ['cifs/c']);
    const picture = await look();
    expect(practice.asked.toSorted()).toEqual(['b a', 'b c']);
    expect(pairIn(picture, 'b', 'c')?.cifs).toMatchObject({ kdc: 'granted', before: { kdc: 'refused' } });
    expect(pairIn(picture, 'b', 'a')?.cifs.before).toBeUndefined();
    expect(pairIn(await look('fresh=1'), 'b', 'c')?.cifs).toMatchObject({ before: { kdc: 'refused' } });
    expect(practice.asked).toHaveLength(8);
  });

  it('asks again when a trust mode changes, of a host that it asks about', async () => {
    const practice = directory();
    const { look } = panel(practice);
    await look();
    practice.asked.length = 0;
    practice.controls.set('old', 0x1002);
    await look();
    expect(practice.asked).toEqual([]);
    practice.controls.set('a', 0x1000);
    await look();
    expect(practice.asked).toHaveLength(6);
    await look();
    expect(practice.asked).toHaveLength(6);
  });

  it('asks once when several tabs look at the same time', async () => {
    const practice = directory();
    const { look } = panel(practice);
    await Promise.all([look(), look(), look()]);
    expect(practice.asked).toHaveLength(6);
  });

  it('says that there is no verdict, and answers again once there is', async () => {
    const kdc = { isDown: true };
    const { look } = panel(directory(kdc));
    expect(await look()).toMatchObject({ ok: false, error: 'no_verdict' });
    kdc.isDown = false;
    expect((await look()).pairs).toHaveLength(6);
  });

  it('edits as another administrator, and says why it could not', async () => {
    const practice = directory();
    let edits = 0;
    const { edit } = panel(practice, () => (edits += 1));
    expect(await edit({ host: 'c', add: ['cifs/a'] })).toEqual({ ok: true });
    expect(practice.held.get('c')).toEqual(['cifs/a']);
    expect(await edit({ host: 'c', add: ['cifs/a'] })).toMatchObject({
      ok: false,
      detail: 'c holds this already. Nothing was changed.',
    });
    expect(edits).toBe(1);
    expect(await edit({ host: 'c', replace: ['cifs/dc1'] })).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
    });
  });

  it('sets a trust mode as another administrator, and leaves the list alone', async () => {
    const practice = directory();
    practice.controls.set('old', 0x1000);
    const edits: string[] = [];
    const { edit } = panel(practice, () => edits.push('edited'));
    expect(await edit({ host: 'old', anyProtocol: true })).toEqual({ ok: true });
    expect(practice.controls.get('old')).toBe(0x100_1000);
    expect(practice.held.get('old')).toBeUndefined();
    expect(edits).toEqual(['edited']);
  });

  it.each([
    ['NoSuchAttribute. Code: 0x10', 'c does not hold this. Nothing was changed.'],
    ['the simulated directory (LDAP result 16)', 'c does not hold this. Nothing was changed.'],
    ['Code: 0x35', 'The directory refused (LDAP result 53). Nothing was changed.'],
    [
      'connect ECONNREFUSED 127.0.0.1:636',
      'The domain does not answer. Whether c was changed is not known; look at its list.',
    ],
  ])('says what came of an edit that failed with “%s”', async (message, detail) => {
    const failing = { ...directory(), editDelegation: () => Promise.reject(new Error(message)) };
    const logged = jest.spyOn(console, 'error').mockReturnValue();
    expect(await panel(failing).edit({ host: 'c', delete: ['cifs/a'] })).toMatchObject({ ok: false, detail });
    logged.mockRestore();
  });
});
