import type { CopyCount, Verified } from './verified';

/** More flaws than this are counted only: they mostly come of the first. */
const MOST_FLAWS = 50;

/** What came of verifying, for a person: lines. */
export function verifiedLines(verified: Verified): readonly string[] {
  const { flaws, redis, mirror, unmirrored, anchors, unverified } = verified;
  const shown = flaws.slice(0, MOST_FLAWS).map(({ source, place, what }) => `${source}: ${place}: ${what}`);
  const more = flaws.length > MOST_FLAWS ? [`… and ${flaws.length - MOST_FLAWS} more like these`] : [];
  return [
    ...(redis ? [`Redis: ${countText(redis)}`] : []),
    ...(mirror
      ? [`Mirror: ${countText(mirror)}${unmirrored > 0 ? `, ${unmirrored} not copied yet` : ''}`]
      : []),
    ...(anchors > 0 ? [`Anchors: ${anchors} read`] : []),
    ...unverified,
    ...shown,
    ...more,
    verdictOf(verified),
  ];
}

/** Never that all is sound where something was not there to be looked at. */
function verdictOf({ flaws, unverified }: Verified): string {
  if (flaws.length > 0) return `The audit is NOT sound: ${counted(flaws.length, 'flaw')}.`;
  return unverified.length > 0
    ? 'What is here is sound; what is said above to be missing was NOT verified.'
    : 'The audit is sound.';
}

function countText({ records, chains, seals, unsealed }: CopyCount): string {
  const open = unsealed > 0 ? `, ${unsealed} of them not sealed yet` : '';
  return `${counted(records, 'record')} of ${counted(chains, 'chain')}${open}, ${counted(seals, 'seal')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
