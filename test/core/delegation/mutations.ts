/** Every way to edit one place of a JSON value: other leaves, lists longer, shorter and reordered, keys more and fewer. */
export function mutations(value: unknown): unknown[] {
  if (typeof value === 'string')
    return [`${value}x`, value.toUpperCase(), value.slice(1), '', null, 7, [value]];
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    const inside = list.flatMap((each, at) => mutations(each).map((other) => list.with(at, other)));
    const around = [
      [],
      list.toReversed(),
      [...list, ...list.slice(0, 1)],
      list.slice(1),
      list.slice(0, -1),
      {},
    ];
    return [...inside, ...around, [...list, 'ldap/dc1'], ['cifs/dc1', ...list]];
  }
  if (typeof value === 'number') return [value + 1, value ^ 0x100_0000, -value, String(value)];
  if (value === null || typeof value !== 'object') return ['other', 1];
  const entries = Object.entries(value);
  return [
    ...entries.flatMap(([key, each]) => mutations(each).map((other) => ({ ...value, [key]: other }))),
    ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
    { ...value, more: 1 },
    [],
    null,
  ];
}

/** One edit of every place of a JSON value: each leaf another, each list without one of its items, with one twice, and turned. */
export function oneEditEach(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value}x`, otherWord(value)];
  if (typeof value === 'number') return [value + 1];
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    const inside = list.flatMap((each, at) => oneEditEach(each).map((other) => list.with(at, other)));
    const around = list.length < 2 ? [] : [list.toReversed()];
    const doubled =
      list.length === 0 ? [['cifs/dc1']] : [list.slice(1), list.slice(0, -1), [...list, list[0]]];
    return [...inside, ...around, ...doubled];
  }
  if (value === null || typeof value !== 'object') return [1];
  return Object.entries(value).flatMap(([key, each]) =>
    oneEditEach(each).map((other) => ({ ...value, [key]: other })),
  );
}

/** Another word that stands in the same place of a well-formed part. */
function otherWord(word: string): string {
  const others = [
    ['worker', 'hand'],
    ['any-protocol', 'kerberos-only'],
    ['delegation-add', 'delegation-remove'],
    ['explicit', 'host'],
  ].flatMap(([a = '', b = '']) => [
    [a, b],
    [b, a],
  ]);
  return others.find(([one]) => one === word)?.[1] ?? word.toUpperCase();
}
