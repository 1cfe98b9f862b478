import type { LabAnswer, LabClient } from '../../../lab/slack/client';
import type { Fields } from '../../../lab/slack/fields';

/** What goes wrong in a lab that a story is played in. */
export interface Faults {
  /** A pair of the mesh that the KDC refuses although it was done. */
  readonly refuses?: string;
  /** A pair that the KDC grants for good. */
  readonly grants?: string;
  /** A pair that the KDC goes on granting. */
  readonly keeps?: string;
  /** The value that nobody owns stays in the directory, or in the findings. */
  readonly ghostStays?: 'directory' | 'findings';
  /** Findings have no buttons. */
  readonly buttonless?: boolean;
  /** There is no KDC. */
  readonly silent?: boolean;
}

interface Played {
  readonly label: string;
  readonly card: Fields;
  readonly replies: Fields[];
  /** What approving it does. */
  readonly does: () => void;
}

/** A lab in memory that does what the delegation story asks for, but for its faults; nothing in it is the product's. */
export function playedLab(faults: Faults = {}): LabClient {
  const granted = new Set<string>();
  const requests: Played[] = [];
  const privately: Fields[] = [];
  let holdsGhost = true;
  let clock = 0;
  let count = 0;

  const message = (text: string, more: Fields = {}): Fields => ({ ts: String((clock += 1)), text, ...more });
  const reply = (key: string): Fields => message(key, { metadata: { event_payload: { key } } });
  const tell = (text: string, more: Fields = {}): LabAnswer => {
    const told = message(text, more);
    privately.push(told);
    return { ok: true, ack: {}, messages: [], ephemerals: [told] };
  };
  function receive(does: (played: Played) => void): LabAnswer {
    const label = `R-${(count += 1)}`;
    const actions = { type: 'actions', elements: [{ action_id: 'request.approve', text: 'Approve' }] };
    const card = message(`${label} waits`, { blocks: [actions] });
    const played: Played = {
      label,
      card,
      replies: [],
      does: () => {
        does(played);
        played.replies.unshift(reply('outcome'));
      },
    };
    requests.push(played);
    return tell(`${label} received`);
  }

  const mesh = ['1 2', '1 3', '2 1', '2 3', '3 1', '3 2'];
  const give = (): void => mesh.forEach((pair) => granted.add(pair));
  const lose = (pair: string): boolean => faults.keeps !== pair && granted.delete(pair);
  const takeBack = (): void => mesh.forEach(lose);
  const clean = (): void => void (holdsGhost = faults.ghostStays === 'directory');
  const forATime = ({ replies }: Played): void => {
    granted.add('1 4');
    replies.push(reply('reversal-warning'), reply('reversal-outcome'));
  };

  function findings(): LabAnswer {
    const isThere = holdsGhost || faults.ghostStays === 'findings';
    const button = {
      action_id: 'command.1',
      value: '/undelegate hyper-v04 -> ghost99 all',
      text: 'Ask for it',
    };
    const rows = isThere && !faults.buttonless ? [{ type: 'actions', elements: [button] }] : [];
    tell('Reading the directory.');
    const text = `${isThere ? 'hyper-v04 → ghost99. ' : ''}Nothing was changed.`;
    return tell(text, { blocks: [{ type: 'section', text }, ...rows] });
  }

  function kdc({ from = '', to = '' }: Record<string, string>): Fields {
    const pair = `${from.at(-1)} ${to.at(-1)}`;
    const isGranted = (granted.has(pair) || faults.grants === pair) && faults.refuses !== pair;
    // Its time is over once it has been seen.
    if (pair === '1 4') lose(pair);
    const migration = isGranted ? 'present' : 'absent';
    if (faults.silent) return { ok: false, error: 'no_verdict', migration };
    return { ok: true, cifs: isGranted ? 'granted' : 'refused', migration };
  }

  const lab: Pick<LabClient, 'command' | 'click' | 'messages' | 'get'> = {
    async command({ text }) {
      if (text === '/hv findings') return findings();
      return receive(text.startsWith('/delegate mesh ') ? give : forATime);
    },
    async click({ user, action_id: action, ts }) {
      if (action === 'request.approve' && user === 'approver') {
        requests.find(({ card }) => card['ts'] === ts)?.does();
        return { ok: true, ack: {}, messages: [], ephemerals: [] };
      }
      return receive(action === 'request.undo' ? takeBack : clean);
    },
    async messages({ thread_ts: thread, user }) {
      const asked = requests.find(({ card }) => card['ts'] === thread);
      if (asked) return [asked.card, ...asked.replies];
      return [...requests.map(({ card }) => card), ...(user ? privately : [])];
    },
    async get(path, query = {}) {
      if (path === '/_lab/kdc') return kdc(query);
      return { ok: true, hosts: [{ name: 'hyper-v04', values: holdsGhost ? ['cifs/ghost99'] : [] }] };
    },
  };
  // SAFETY: a story uses these four and nothing else; another would fail the test.
  return lab as LabClient;
}
