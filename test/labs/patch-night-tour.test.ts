/** @needs domain, which the lab starts itself. */
import { endLabs, startLab } from '../support/lab-process';

afterAll(endLabs);

describe('the lab, about a patch night', () => {
  it('plays the tour of patch-night and ends with 0: one host serviced, one ill, one not begun, all home', async () => {
    const { output, exitCode } = await startLab(['--tour', 'patch-night']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    for (const shown of [
      /Safe to service: hyper-v01 \(1 of 3\) has no machines/,
      /Build 20348 → 20349\./,
      /hyper-v02 has come up and is not well: the Virtual Machine Management service/,
      /hyper-v02 \(2 of 3\): emptied, and not filled again; hyper-v03 not begun/,
    ])
      expect(output()).toMatch(shown);
  }, 400_000);
});
