import { createHash } from 'node:crypto';
import { Fault } from '../../../src/core/problem';
import { storedPlans } from '../../../src/jobs/ledger/stored-plans';
import { guid, partOf } from '../../contract/ledger-journal';
import { intake, planOf } from '../../support/request-record';

const planNumbered = (number: number) => planOf(intake(), { number, directory: partOf() });
/** As the ledger writes it. */
const textOf = (number: number) =>
  storedPlans(() => Promise.resolve(null)).shelve(planNumbered(number)).text ?? '';
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const texts = Array.from({ length: 65 }, (_, number) => textOf(number));

/** Plans of a store that counts what it is asked for. */
function counted(held: readonly string[] = texts) {
  const store = new Map(held.map((text) => [digestOf(text), text]));
  const fetched: string[] = [];
  const plans = storedPlans(async (digest) => {
    fetched.push(digest);
    return Promise.resolve(store.get(digest) ?? null);
  });
  return { plans, fetched };
}

describe('the plans of a ledger', () => {
  it('are fetched once, and again only when sixty-four others were wanted since', async () => {
    const { plans, fetched } = counted();
    const names = texts.map(digestOf);
    const first = await plans.find(names[0] ?? '');
    for (const name of names.slice(1, 64)) await plans.find(name);
    expect(await plans.find(names[0] ?? '')).toBe(first);
    expect(fetched).toHaveLength(64);
    // The second is the one that was wanted longest ago by now.
    await plans.find(names[64] ?? '');
    expect(await plans.find(names[0] ?? '')).toBe(first);
    expect(fetched).toHaveLength(65);
    await plans.find(names[1] ?? '');
    expect(fetched.slice(65)).toEqual([names[1]]);
  });

  it('are forgotten earlier when they are large: the last few only', async () => {
    const long = (number: number) => {
      const add = Array.from({ length: 100 }, (_, at) => `cifs/${'x'.repeat(10_000)}${at}`);
      const plan = planOf(intake(), { number, directory: partOf({ guid, add }) });
      return storedPlans(() => Promise.resolve(null)).shelve(plan).text ?? '';
    };
    const large = [1, 2, 3, 4, 5, 6, 7, 8].map(long);
    const { plans, fetched } = counted(large);
    const names = large.map(digestOf);
    for (const name of names) await plans.find(name);
    for (const name of names.slice(1)) await plans.find(name);
    expect(fetched).toHaveLength(8);
    await plans.find(names[0] ?? '');
    expect(fetched.slice(8)).toEqual([names[0]]);
  });

  it('are one object even when two fetch the same at the same time', async () => {
    const { plans, fetched } = counted();
    const name = digestOf(textOf(7));
    const [one, other] = await Promise.all([plans.find(name), plans.find(name)]);
    expect(fetched).toHaveLength(2);
    expect(other).toBe(one);
  });

  it('are written once: what was read is known to be there, what was not kept is not', async () => {
    const { plans } = counted();
    const found = await plans.find(digestOf(textOf(7)));
    expect(plans.shelve(found).text).toBeNull();
    expect(plans.shelve(structuredClone(found))).toMatchObject({ text: null, plan: found });
    const next = planNumbered(99);
    const shelved = plans.shelve(next);
    expect(shelved).toMatchObject({ text: textOf(99), digest: digestOf(textOf(99)) });
    expect(plans.shelve(next).text).toBe(textOf(99));
    plans.keep(shelved);
    expect(plans.shelve(next)).toEqual({ ...shelved, text: null });
  });

  it('are not remembered when they cannot be fetched or read', async () => {
    const odd = ['{}', 'null', '{x', JSON.stringify({ ...planNumbered(1), extra: 1 })];
    const { plans } = counted(odd);
    const malformed = { code: 'ledger.malformed', retry: 'never' };
    for (const text of [...odd, ...odd]) {
      await expect(plans.find(digestOf(text))).rejects.toMatchObject(malformed);
    }
    await expect(plans.find('f'.repeat(64))).rejects.toMatchObject(malformed);
    const away = new Fault({ code: 'ledger.unreachable', retry: 'later', message: 'x' });
    await expect(storedPlans(() => Promise.reject(away)).find('f'.repeat(64))).rejects.toBe(away);
  });
});
