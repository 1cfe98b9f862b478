import { playDelegate } from './delegate';
import { StoryError, type Stage } from './stage';

/** The stories by name; each throws StoryError when something it claims is not so. */
export const stories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = { delegate: playDelegate };

/** Plays a story. 0: all of it held; 1: something did not; 3: it held, but no KDC could prove it. */
export async function play(name: string, stage: Stage): Promise<number> {
  const story = stories[name];
  if (!story) throw new StoryError(`There is no story ${name}`);
  try {
    await story(stage);
  } catch (error) {
    if (!(error instanceof StoryError)) throw error;
    stage.say(`\nTHE TOUR DID NOT HOLD: ${error.message}`);
    return 1;
  }
  stage.say('\nEverything in this tour held.');
  return 0;
}
