import type { FaultOrder } from './control/faults';
import type { Outcome } from './control/outcome';
import type { Fields } from './fields';
import type { RateMode } from './rates';

/** What a POST of the control API answers, with what some of them add. */
export interface LabAnswer extends Outcome {
  detail?: string;
  /** For `submit`: what stands under the inputs, by block id. */
  errors?: Record<string, string>;
  /** For `suggest`. */
  options?: Fields[];
}

/** Where a click lands: see `POST /_lab/click`. */
interface ClickOrder {
  user: string;
  action_id: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  block_id?: string;
  value?: string | string[];
  values?: Record<string, string | string[]>;
  stale?: boolean;
}

/** What people do on the page, for programs. A refused request (no token, wrong body) throws; `ok: false` does not. */
export interface LabClient {
  command(order: { user: string; channel: string; text: string; thread_ts?: string }): Promise<LabAnswer>;
  say(order: { user: string; channel: string; text: string; thread_ts?: string }): Promise<LabAnswer>;
  mention(order: { user: string; channel: string; text: string; thread_ts?: string }): Promise<LabAnswer>;
  click(order: ClickOrder): Promise<LabAnswer>;
  submit(order: {
    user: string;
    view_id: string;
    values?: Record<string, string | string[]>;
  }): Promise<LabAnswer>;
  close(order: { user: string; view_id: string }): Promise<LabAnswer>;
  suggest(order: { user: string; view_id?: string; action_id: string; value: string }): Promise<LabAnswer>;
  home(order: { user: string }): Promise<LabAnswer>;
  shortcut(order: { user: string; callback_id: string }): Promise<LabAnswer>;
  read(order: { user: string; channel: string; ts: string }): Promise<Fields>;
  rates(order: { mode: RateMode }): Promise<Fields>;
  reset(): Promise<Fields>;
  messages(query: { channel?: string; thread_ts?: string; user?: string }): Promise<Fields[]>;
  views(query: { user: string }): Promise<Fields[]>;
  faults(order: FaultOrder): Promise<Fields>;
  /** A route that the lab added, such as `/_lab/kdc`. */
  get(path: string, query?: Record<string, string>): Promise<Fields>;
  /** The same for one that wants something, such as `/_lab/fabric`. */
  post(path: string, body: object): Promise<Fields>;
  /** What a path sends that is no JSON, such as `/_lab/file/ID`. */
  text(path: string): Promise<string>;
}

/** A client of the control API at this address. */
export function labClient(lab: { url: string; labToken: string }): LabClient {
  const headers = { 'x-lab-token': lab.labToken, 'content-type': 'application/json' };

  async function ask<T>(path: string, init: RequestInit): Promise<T> {
    const response = await fetch(new URL(path, lab.url), { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    // SAFETY: the control API of the same program answers in these shapes.
    return JSON.parse(text) as T;
  }
  const postTo = <T>(path: string, body: object): Promise<T> =>
    ask(path, { method: 'POST', body: JSON.stringify(body) });
  const post = <T>(name: string, body: object): Promise<T> => postTo(`/_lab/${name}`, body);
  const get = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
    ask(`${path}?${new URLSearchParams(query).toString()}`, {});

  return {
    command: (order) => post('command', order),
    say: (order) => post('say', order),
    mention: (order) => post('mention', order),
    click: (order) => post('click', order),
    submit: (order) => post('submit', order),
    close: (order) => post('close', order),
    suggest: (order) => post('suggest', order),
    home: (order) => post('home', order),
    shortcut: (order) => post('shortcut', order),
    read: (order) => post('read', order),
    rates: (order) => post('rates', order),
    reset: () => post('reset', {}),
    messages: async (query) =>
      found(await get<Fields & { messages: Fields[] }>('/_lab/messages', query)).messages,
    views: async (query) => found(await get<Fields & { views: Fields[] }>('/_lab/views', query)).views,
    faults: (order) => post('faults', order),
    get,
    post: postTo,
    text: async (path) => (await fetch(new URL(path, lab.url), { headers })).text(),
  };
}

function found<T extends Fields>(answer: T): T {
  if (answer['ok'] !== true) throw new Error(`The lab refused: ${String(answer['error'])}`);
  return answer;
}
