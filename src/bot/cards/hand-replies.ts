import type { KnownBlock } from '@slack/types';
import type { RequestRecord } from '../../core/request/record';
import { effected, hasWritten, isAskedOfPeople, type Effected } from './effect';
import { handSteps, taskText } from './hand-steps';
import { isWanted, noLongerWanted, type HandReply } from './hand-wanted';
import { hostHandReplies } from './hosts/host-hand-replies';
import { plain } from './message';
import { clip, inert } from './text';

/** What the blocks of one reply may take together; a message takes 11,000. */
const REPLY_LENGTH = 8_000;

/** A message's text must stay below 4,000 bytes when its signs are made inert. */
const LONGEST_TEXT = 500;

/**
 * The steps that people carry out, one object after the other: how, while they are wanted, and later what has become of them.
 * Nothing before the worker has begun: until then nobody has looked again whether the plan still holds.
 */
export function handReplies(record: RequestRecord): readonly HandReply[] {
  const all = effected(record).filter(({ change }) => isAskedOfPeople(change));
  // A plan that was overtaken may have been told already: nobody may go on with that one.
  const hasBegun = isWanted(record) || record.steps.length > 0 || record.voided.length > 0;
  const ofObjects = hasBegun ? all.flatMap((each) => repliesOf(record, each)) : [];
  return [...ofObjects, ...hostHandReplies(record)];
}

function repliesOf(record: RequestRecord, each: Effected): readonly HandReply[] {
  const { change } = each;
  const over = whyOver(record, each);
  const task = taskText(change);
  const setsTrust = effected(record).some(
    (other) => other.change.guid === change.guid && other.change.kind === 'trust-mode',
  );
  // As many replies as while it was wanted: none may go on telling people what to do.
  const pages = pagesOf(handSteps(change, { setsTrust }));
  return pages.map((blocks, page) => {
    const part = pages.length > 1 ? ` (part ${page + 1} of ${pages.length})` : '';
    const said = over ?? `✋ A person’s step of ${record.label}, plan ${record.plan?.number ?? 0}`;
    const text = clip(`${said}${part}: ${task}.`, LONGEST_TEXT);
    const who =
      'Anybody with the right to do so may do it. Handover looks by itself and tells here what it sees.';
    return {
      key: `hand-${change.guid}-${change.attribute}${page === 0 ? '' : `-${page + 1}`}`,
      message: over
        ? { text: inert(text), blocks: [plain(text)] }
        : { text: inert(`${text} ${who}`), blocks: [plain(`${text}\n${who}`), ...blocks] },
    };
  });
}

/** Why the step is no longer wanted of anybody, as the beginning of a sentence; null while it is. */
function whyOver(record: RequestRecord, { step }: Effected): string | null {
  const outcome = step?.outcome;
  if (outcome?.kind === 'already-so') return `☑ Was so already when Handover looked on ${outcome.server}`;
  if (outcome && hasWritten(outcome) && !outcome.problem) return `✅ Done, and seen on ${outcome.server}`;
  if (outcome) return `⚠ Not done as planned (${outcome.problem?.summary ?? outcome.kind})`;
  return isWanted(record) ? null : noLongerWanted(record);
}

function pagesOf(blocks: readonly KnownBlock[]): readonly (readonly KnownBlock[])[] {
  const pages: KnownBlock[][] = [];
  let length = REPLY_LENGTH;
  for (const block of blocks) {
    const own = JSON.stringify(block).length;
    if (length + own > REPLY_LENGTH) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)?.push(block);
    length += own;
  }
  return pages;
}
