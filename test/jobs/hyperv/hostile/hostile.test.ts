import { join } from 'node:path';
import { repositoryRoot } from '../../../../lab/repository';
import { testEngine } from '../../../support/powershell';
import { sendThrough } from './campaign';

const executable = testEngine();
const handover = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');
const unsafe = join(__dirname, 'unsafe.psm1');
const sample = { executable, seed: 1, batch: 250 };

/** 100,000 of them: test/long/powershell. */
it('hostile texts come back as they were, and nothing of them is run', async () => {
  const found = await sendThrough({ ...sample, module: handover, count: 4_000 });
  expect(found).toEqual({ changed: [], wasRun: false, isAlive: true });
});

it('a module that builds code from them is found out', async () => {
  const found = await sendThrough({ ...sample, module: unsafe, count: 250 });
  expect(found.wasRun).toBe(true);
  expect(found.changed.length).toBeGreaterThan(100);
});
