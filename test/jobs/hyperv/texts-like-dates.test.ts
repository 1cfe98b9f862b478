import { join } from 'node:path';
import { repositoryRoot } from '../../../lab/repository';
import { openShell, type Shell } from '../../../src/jobs/hyperv/powershell/shell';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { systemRandom } from '../../../src/jobs/ports/system-random';
import { testEngine } from '../../support/powershell';

/** What the readers of JSON in Windows PowerShell 5.1 and in 7 take for a moment, and what stands beside it. */
const TEXTS = [
  '2026-11-29T01:40:00Z',
  '2026-11-29T01:40:00.1234567+02:00',
  '2026-11-29T01:40:00',
  '/Date(1764000000000)/',
  '/Date(1764000000000+0200)/',
  '=2026-11-29T01:40:00Z',
  '=',
  '',
  ' 2026-11-29T01:40:00Z ',
];

let shell: Shell | null;
beforeAll(async () => {
  const module = join(repositoryRoot, 'src/jobs/hyperv/powershell/Handover.psm1');
  shell = await openShell({ executable: testEngine(), module, clock: systemClock, random: systemRandom });
});
afterAll(() => shell?.kill());

it('texts that look like dates arrive as they were sent', async () => {
  const echoed = await shell?.call({ call: 'Echo', arguments: { Text: TEXTS } }, 30_000);
  expect(echoed).toEqual({ kind: 'data', data: TEXTS });
  for (const text of TEXTS) {
    const one = await shell?.call({ call: 'Echo', arguments: { Text: [text] } }, 30_000);
    expect(one).toEqual({ kind: 'data', data: [text] });
  }
});

it('a list without texts arrives as one', async () => {
  const none = await shell?.call({ call: 'Echo', arguments: { Text: [] } }, 30_000);
  expect(none).toEqual({ kind: 'data', data: [] });
});
