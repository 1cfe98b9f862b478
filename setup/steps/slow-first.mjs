import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { isInTier } from './tiers.mjs';

// Its types tell the CommonJS module, and an import would give something else.
/** @type {typeof import('@jest/test-sequencer')} */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** What has to answer Slack within its three seconds by a real clock: not beside what takes a whole processor for minutes. */
const IN_TIME = ['test/bot/', 'test/lab/slack/'];

/**
 * Begins with what takes long. Where nothing was run before jest goes by the size of files, and a small one that plays a tour of two minutes
 * comes last, while all other workers have nothing left to do.
 */
// oxlint-disable-next-line import/no-default-export -- jest takes the default export
export default class SlowFirst extends Sequencer {
  /**
   * @override
   * @param {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} tests
   */
  async sort(tests) {
    const sorted = [...(await super.sort(tests))];
    const last = new Set(
      sorted.filter(({ path, context }) => {
        const file = relative(context.config.rootDir, path);
        return isInTier(file, ['--quick']) || IN_TIME.some((folder) => file.startsWith(folder));
      }),
    );
    return sorted.toSorted((a, b) => Number(last.has(a)) - Number(last.has(b)));
  }
}
