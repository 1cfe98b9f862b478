import type { Stage } from './directory-stage';
import { requester, signed } from './request-record';

/** Says stop as the bot does. */
export async function stop(stage: Stage): Promise<void> {
  const { id, instructions } = await stage.record();
  const said = {
    kind: 'instruction',
    intake: id,
    what: 'stop',
    by: requester,
    at: stage.clock.now(),
  } as const;
  await stage.edit({ instructions: [...instructions, signed(said)] });
}
