/** What runs PowerShell in this test run: a program that takes PowerShell's own arguments. */
export function testEngine(): string {
  const path = process.env['HANDOVER_TEST_ENGINE'];
  if (!path)
    throw new Error('Nothing runs PowerShell: HANDOVER_TEST_PARTS leaves it out, or jest ran without setup');
  return path;
}
