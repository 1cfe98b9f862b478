/** The path of the Chromium of this test run. Who imports this is left out, by name, on a machine without one (setup/test.mjs). */
export function testChromium(): string {
  const path = process.env['HANDOVER_TEST_CHROMIUM'];
  if (!path) throw new Error('No Chromium: HANDOVER_TEST_PARTS leaves it out, or jest ran without setup');
  return path;
}
