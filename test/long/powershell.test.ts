import { join } from 'node:path';
import { repositoryRoot } from '../../lab/repository';
import { sendThrough } from '../jobs/hyperv/hostile/campaign';
import { testEngine } from '../support/powershell';

/** `HANDOVER_SEED` replays a campaign, `HANDOVER_TEXTS` says how long it is. */
const seed = Number(process.env['HANDOVER_SEED'] ?? 1);
const count = Number(process.env['HANDOVER_TEXTS'] ?? 100_000);

it(`${count} hostile names and values come back from PowerShell as they were (seed ${seed})`, async () => {
  const module = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');
  const found = await sendThrough({ executable: testEngine(), module, count, seed, batch: 500 });
  expect(found).toEqual({ changed: [], wasRun: false, isAlive: true });
}, 600_000);
