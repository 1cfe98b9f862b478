import './global-setup';

/** Ends what the setup started. */
// oxlint-disable-next-line import/no-default-export -- jest calls the default export
export default async function globalTeardown(): Promise<void> {
  await globalThis.handoverTestParts?.stop();
  globalThis.handoverTestParts = undefined;
}
