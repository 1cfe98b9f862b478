import type { Clock, Conversation, Ledger } from '../../core/ports';
import { SYSTEM_CHAIN } from '../../core/request/audit';
import { freezeToShow, SHELL_TEAM } from '../../core/request/freeze';
import { frozenText } from '../cards/freeze';
import { words, type Message } from '../cards/message';
import { describeError, type BotLog } from '../log';
import { postOnce } from './post-once';

/** What the notice of a freeze needs. */
export interface FreezeNoticeParts {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly clock: Clock;
  readonly holder: string;
  readonly channels: { readonly approvals: string; readonly notices: string };
}

const EVERY_MS = 5_000;

/** Longer than two calls to Slack and their deadlines. */
const LEASE_MS = 20_000;

/**
 * Tells the channel of notices of a freeze that was said from a shell, until the signal aborts: whoever says it there has no Slack,
 * or no time for it. What was said in Slack is told at once by who heard it. What fails is tried again, and told while it holds.
 */
export async function noticeFreezesUntil(
  signal: AbortSignal,
  parts: FreezeNoticeParts,
  log: BotLog,
): Promise<void> {
  while (!signal.aborted) {
    await noticeFreezeOnce(parts).catch((error: unknown) =>
      log.warn(describeError(error), 'a freeze from a shell was not told'),
    );
    await parts.clock.wait(EVERY_MS, signal);
  }
}

/** One look. Throws when Slack or the ledger fails. */
export async function noticeFreezeOnce(parts: FreezeNoticeParts): Promise<void> {
  const { ledger, holder } = parts;
  const freeze = freezeToShow(await ledger.freezeState());
  if (freeze?.by.team !== SHELL_TEAM) return;
  const key = `freeze-${freeze.id}`;
  const isTold = async () => Boolean((await ledger.delivered(SYSTEM_CHAIN)).get(key)?.ts);
  if (await isTold()) return;
  const lease = await ledger.takeLease('report-freeze', holder, LEASE_MS);
  if (!lease) return;
  try {
    const text = frozenText(freeze.by, freeze.why);
    const message = { text, blocks: [words(text)] };
    await postOnce(parts, await ledger.delivered(SYSTEM_CHAIN), { key, message, since: freeze.at });
  } finally {
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}
