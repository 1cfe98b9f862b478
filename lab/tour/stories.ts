import { playDelegate } from './delegate';
import { playDelegation } from './delegation';
import { playDrain } from './drain';
import { playMigrate } from './migrate';
import { playPatchNight } from './patch-night';
import { StoryError, type Stage } from './stage';
import { playWhy } from './why';

/** The stories by name; each throws StoryError when something it claims is not so. */
export const stories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  delegate: playDelegate,
  delegation: playDelegation,
  why: playWhy,
  migrate: playMigrate,
  drain: playDrain,
  'patch-night': playPatchNight,
};

/** Plays a story. 0: all of it held; 1: something did not; 3: it held, but no KDC could prove it. */
export async function play(name: string, given: Omit<Stage, 'unproved'>): Promise<number> {
  const story = stories[name];
  if (!story) throw new StoryError(`There is no story ${name}`);
  const gaps = new Set<string>();
  const stage: Stage = { ...given, unproved: (what) => gaps.add(what) };
  try {
    await story(stage);
  } catch (error) {
    if (!(error instanceof StoryError)) throw error;
    stage.say(`\nTHE TOUR DID NOT HOLD: ${error.message}`);
    return 1;
  }
  if (gaps.size > 0) {
    stage.say(`\nNOT PROVED: ${[...gaps].join('; ')}`);
    return 3;
  }
  stage.say('\nEverything in this tour held.');
  return 0;
}
