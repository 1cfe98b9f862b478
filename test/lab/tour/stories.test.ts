import type { LabAnswer, LabClient } from '../../../lab/slack/client';
import type { Fields } from '../../../lab/slack/fields';
import { play } from '../../../lab/tour/stories';

const answered: LabAnswer = { ok: true, ack: {}, messages: [], ephemerals: [] };
const card = {
  ts: '1.1',
  text: 'card',
  blocks: [{ type: 'actions', elements: [{ action_id: 'request.approve' }] }],
};
const refusal = { ts: '1.2', text: 'somebody else has to decide' };
const outcome = { ts: '1.3', text: 'done', metadata: { event_payload: { key: 'outcome' } } };

/** A lab in which everything goes well but for what the KDC says. */
function labWhere(kdc: (asked: number) => Fields): LabClient {
  let asked = 0;
  const lab: Pick<LabClient, 'command' | 'click' | 'messages' | 'get'> = {
    command: () => Promise.resolve(answered),
    click: () => Promise.resolve(answered),
    messages: ({ thread_ts: thread }) => Promise.resolve(thread ? [card, outcome] : [card, refusal]),
    get: () => Promise.resolve(kdc((asked += 1))),
  };
  // SAFETY: a story uses these four and nothing else; another would fail the test.
  return lab as LabClient;
}

async function tour(kdc: (asked: number) => Fields): Promise<[code: number, lines: string]> {
  const lines: string[] = [];
  const code = await play('delegate', {
    client: labWhere(kdc),
    say: (line) => void lines.push(line),
    users: [],
    channels: [],
  });
  return [code, lines.join('\n')];
}

const refused = { ok: true, cifs: 'refused', migration: 'absent' };
const granted = { ok: true, cifs: 'granted', migration: 'present' };

describe('the tour', () => {
  it('ends with 0 when all of it held', async () => {
    // Asked before (both ways), after the requester's own click, and after (both ways).
    const [code, lines] = await tour((asked) => (asked === 4 ? granted : refused));
    expect([code, lines]).toEqual([0, expect.stringContaining('Everything in this tour held.')]);
  });

  it.each([
    ['the KDC grants before anybody has approved', () => granted],
    ['the KDC still refuses afterwards', () => refused],
    ['the way back is granted as well', (asked: number) => (asked >= 4 ? granted : refused)],
  ])('ends with 1 when %s', async (_, kdc) => {
    const [code, lines] = await tour(kdc);
    expect([code, lines]).toEqual([1, expect.stringContaining('DID NOT HOLD')]);
  });

  it.each([
    ['ends with 3 where a simulated directory', 'present', 3, 'NOT PROVED'],
    ['ends with 1 where not even a simulated directory', 'absent', 1, 'DID NOT HOLD'],
  ])('%s holds the values', async (_, after, expected, said) => {
    const [code, lines] = await tour((asked) => ({
      ok: false,
      error: 'no_verdict',
      migration: asked === 4 ? after : 'absent',
    }));
    expect([code, lines]).toEqual([expected, expect.stringContaining(said)]);
    expect(lines).toContain(
      `cifs not asked (there is none), migration values ${after} (simulated directory)`,
    );
  });

  it('ends with 3 and says so when no KDC answers', async () => {
    const [code, lines] = await tour(() => ({ ok: false, error: 'no_verdict' }));
    expect([code, lines]).toEqual([3, expect.stringContaining('NOT PROVED')]);
  });
});
