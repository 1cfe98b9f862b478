import type { PacedCall, Pace } from './reports/pace';

/** What of Slack's methods has a limit that others share; the rest is asked too seldom to count. */
const KINDS: readonly (readonly [RegExp, PacedCall['kind']])[] = [
  [/^views\./, 'view'],
  [/^chat\.postEphemeral$/, 'whisper'],
  [/^chat\.postMessage$/, 'post'],
  [/^chat\.update$/, 'edit'],
];

/**
 * A fetch for what people wait for. Nothing of it is put off: a trigger lives 3 s, and who has clicked looks at the screen. But it
 * counts, so what nobody waits for goes later instead, and so does all of its kind after a Retry-After.
 */
export function countedFetch(fetching: typeof fetch, pace: Pick<Pace, 'made' | 'refused'>): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const method = new URL(address).pathname.split('/').at(-1) ?? '';
    const kind = KINDS.find(([pattern]) => pattern.test(method))?.[1];
    if (!kind) return fetching(input, init);
    const call = { kind, channel: '', isUrgent: true } as const;
    pace.made(call);
    const response = await fetching(input, init);
    if (response.status === 429) pace.refused(call, 1_000 * Number(response.headers.get('retry-after') ?? 1));
    return response;
  };
}
