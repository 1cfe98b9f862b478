import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { isInTier } from './tiers.mjs';

// Its types tell the CommonJS module, and an import would give something else.
/** @type {typeof import('@jest/test-sequencer')} */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

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
    const quick = new Set(
      sorted.filter(({ path, context }) => isInTier(relative(context.config.rootDir, path), ['--quick'])),
    );
    return sorted.toSorted((a, b) => Number(quick.has(a)) - Number(quick.has(b)));
  }
}
