import { isFields, type Fields } from '../../lab/slack/fields';
import { waitFor } from '../../lab/wait-for';
import { ask, press, reaches, reports, type Asked } from '../support/conversation';
import { startInstance, type Instance } from '../support/instance';
import { textOf } from '../support/thread';

const approvers = { U0APPROVER: 'approver', U0APPROVER2: 'second-approver' };

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: ['hv01', 'hv02'].map((name) => ({ name })),
    approvers: Object.keys(approvers),
    quorum: 2,
    oncall: ['U0ONCALL'],
    reminders: { firstSeconds: 4, escalateSeconds: 9 },
  });
});
afterAll(() => instance.stop());

/** A message that calls somebody to the request, by the key under which the ledger knows it. */
interface Call {
  readonly key: string;
  readonly text: string;
}

/** What calls people to this request: in its thread, and in the direct messages of each approver. */
async function callsOf({ id }: Asked): Promise<Call[]> {
  const card = (await instance.ledger.delivered(id)).get('card');
  const thread = card?.ts
    ? await instance.client.messages({ channel: card.channel, thread_ts: card.ts })
    : [];
  const direct = await Promise.all(
    Object.values(approvers).map((user) => instance.client.messages({ channel: 'dm', user })),
  );
  return [...thread, ...direct.flat()]
    .map((message) => ({ key: keyOf(message, id), text: textOf(message) }))
    .filter(({ key }) => /^(remind|escalated)-/.test(key));
}

function keyOf({ metadata }: Fields, id: string): string {
  const payload = isFields(metadata) ? metadata['event_payload'] : null;
  return isFields(payload) && payload['request'] === id ? String(payload['key']) : '';
}

/** How many reminders a message's key counts; 0: it is none, or another person's. */
const countIn = (key: string, person?: string): number =>
  Number(new RegExp(`^remind-p1-(\\d+)${person === undefined ? '' : `-${person}`}$`).exec(key)?.[1] ?? 0);

/** The newest reminder in the thread (or to this person), once it is a later one than this. */
const remindedAfter = (asked: Asked, count: number, person?: string): Promise<number> =>
  waitFor(
    `a reminder after number ${count}${person === undefined ? '' : ` to ${person}`}`,
    async () => {
      const newest = Math.max(0, ...(await callsOf(asked)).map(({ key }) => countIn(key, person)));
      return newest > count ? newest : undefined;
    },
    60_000,
  );

/** Waits until nothing that this person was told directly still waits. */
const takenBack = (asked: Asked, person: string): Promise<Call[]> =>
  waitFor(`what ${person} was told to be taken back`, async () => {
    const told = (await callsOf(asked)).filter(({ key }) => countIn(key, person) > 0);
    return told.every(({ text }) => text.includes('no longer waits for your decision')) ? told : undefined;
  });

/** Gives the keys of all that calls people to the request. */
async function expectNothingTwice(asked: Asked): Promise<string[]> {
  const keys = (await callsOf(asked)).map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  return keys;
}

describe('a request that nobody decides, while the bot is killed', () => {
  it('reminds whoever has not decided, calls the people on call once, and tells nothing twice', async () => {
    const asked = await ask(instance, `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')} cifs`);
    await reaches(instance, asked, 'waiting');
    const people = Object.keys(approvers);
    const first = Math.min(...(await Promise.all(people.map((person) => remindedAfter(asked, 0, person)))));
    await instance.programs.get('bot')?.kill();
    const before = await callsOf(asked);
    expect(before.map(({ key }) => key)).toContain(`remind-p1-${first}`);
    for (const person of people) {
      const direct = before.find(({ key }) => key === `remind-p1-${first}-${person}`);
      expect(direct?.text).toContain(`${asked.label} waits for your decision since`);
    }
    await instance.start('bot');
    const last = Math.max(...before.map(({ key }) => countIn(key)));
    await Promise.all(people.map((person) => remindedAfter(asked, last, person)));
    await expectNothingTwice(asked);
    const escalation = await waitFor('the escalation', async () =>
      (await callsOf(asked)).find(({ key }) => key === 'escalated-p1'),
    );
    expect(escalation.text).toContain(`<@U0ONCALL>: nobody has decided ${asked.label}`);
    // It stays due until the end: a bot that forgot it would call again.
    await instance.programs.get('bot')?.kill();
    await instance.start('bot');

    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    expect(await takenBack(asked, 'U0APPROVER')).not.toEqual([]);
    const decided = Math.max(...(await callsOf(asked)).map(({ key }) => countIn(key)));
    const later = await remindedAfter(asked, decided, 'U0APPROVER2');
    const again = (await callsOf(asked)).map(({ key }) => key);
    expect(again).toContain(`remind-p1-${later}`);
    expect(again).not.toContain(`remind-p1-${later}-U0APPROVER`);

    await press(instance, asked, { user: 'second-approver', action: 'request.approve' });
    expect(await takenBack(asked, 'U0APPROVER2')).not.toEqual([]);
    await reaches(instance, asked, 'done');
    await reports(instance, asked);
    const keys = await expectNothingTwice(asked);
    expect(keys.filter((key) => key.startsWith('escalated'))).toEqual(['escalated-p1']);
  }, 150_000);
});
