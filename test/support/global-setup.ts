import { startParts, wantedParts, type SharedParts } from './parts';

declare global {
  /** Setup and teardown are loaded apart from each other but run in one process. */
  var handoverTestParts: SharedParts | undefined;
}

/**
 * Starts one Redis and one practice domain for the whole run, and finds Chromium. A machine without them fails here: what may be
 * left out, and is then named, `setup/test.mjs` says through HANDOVER_TEST_PARTS.
 */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export
export default async function globalSetup(): Promise<void> {
  const parts = await startParts(wantedParts(process.env['HANDOVER_TEST_PARTS']));
  globalThis.handoverTestParts = parts;
  // Workers are forked after this and get a copy.
  Object.assign(process.env, parts.environment);
}
