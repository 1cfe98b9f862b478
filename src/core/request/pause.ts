import type { Problem } from '../problem';
import { isAuthentic, type Signatures } from './authentic';
import type { RequestRecord } from './record';
import type { Instruction } from './statement';

/**
 * Whether a request is paused. A pause is honoured unsigned, since it only keeps steps from beginning; it ends
 * by a signed word to resume that is later than every pause.
 */
export function isPaused(record: RequestRecord, verifier: Signatures): boolean {
  const pause = lastPause(record);
  if (!pause) return false;
  return !record.instructions.some((signed) => {
    const { statement } = signed;
    const isLater = statement.what === 'resume' && statement.at > pause.at;
    const isAbout = isLater && statement.intake === record.id;
    return isAbout && isAuthentic(verifier, signed);
  });
}

/** Whether a request is paused, as it is shown by a program without keys: nothing is decided by it. */
export function isShownPaused({ instructions }: RequestRecord): boolean {
  return instructions.findLast(({ statement }) => isAbout(statement))?.statement.what === 'pause';
}

function lastPause({ instructions }: RequestRecord): Pick<Instruction, 'at'> | null {
  const pauses = instructions.map(({ statement }) => statement).filter(({ what }) => what === 'pause');
  return pauses.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

function isAbout({ what }: { readonly what: string }): boolean {
  return what === 'pause' || what === 'resume';
}

/** Why no further step begins. */
export function paused(): Problem {
  return {
    code: 'request.paused',
    summary: 'It is paused: no further step begins.',
    remedy: 'Press Resume on the card. The times of the approval run on meanwhile.',
  };
}
