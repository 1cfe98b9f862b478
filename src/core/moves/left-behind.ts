import { cleanUp } from '../hyperv/clean-up';
import type { Whereabouts } from '../hyperv/where-is';
import type { Problem } from '../problem';
import { wasStopped, type MoveStep } from './move-step';

/**
 * What a person has to do about a machine that a move has left where it cannot stay: beside a copy, twice, or nowhere. Nothing is ever taken away
 * by Handover.
 */
export function leftBehind(step: MoveStep, where: Whereabouts): Problem {
  const { machine, name, from, to } = step;
  // Nothing is started that may be there twice.
  const again = wasStopped(step)
    ? ' It was stopped for its move: see that it runs again when that is put right.'
    : '';
  if (where.where === 'nowhere') {
    return {
      code: 'move.lost',
      summary: `${name} is on neither ${from} nor ${to}, though both answer.${again}`,
      remedy: `Look for it before anything else: on every host, Get-VM -Id ${machine}. Nothing was removed by Handover.`,
    };
  }
  const [first, ...others] = cleanUp(where);
  const more = others.map(({ sentence }) => sentence);
  return {
    code: where.where === 'doubled' ? 'move.doubled' : 'move.both-sides',
    summary: [first?.sentence ?? `${name} is on ${from} and ${to}.`, ...more].join(' ') + again,
    remedy:
      [first, ...others].flatMap((each) => each?.command ?? []).join('; ') ||
      'Look at both hosts before anything is started or removed there.',
  };
}

/** Whether something is where it cannot stay, as far as the hosts that answered show. */
export function isInDoubt(where: Whereabouts): boolean {
  if (where.isMoving) return false;
  return where.where === 'doubled' || where.where === 'nowhere' || where.copies.length > 0;
}
