import { mustRun } from '../../lab/processes';
import { testChromium } from '../support/chromium';

it('the Chromium of the test run is one', async () => {
  expect(await mustRun(testChromium(), ['--version'])).toMatch(/^Chromium \d+\./u);
});
