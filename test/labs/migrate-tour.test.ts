/** @needs domain, which the lab starts itself. */
import { endLabs, startLab } from '../support/lab-process';

afterAll(endLabs);

describe('the lab, about one machine', () => {
  it('plays the tour of migrate and ends with 0: refused, mended, waited for, moved, and both at once', async () => {
    const { output, exitCode } = await startLab(['--tour', 'migrate']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    expect(output().match(/^(?:KDC|Fabric): .*(?= {3})/gm)).toEqual([
      'KDC: hyper-v01 → hyper-v02',
      ...Array<string>(2).fill('Fabric: web-01 on hyper-v01'),
      'KDC: hyper-v01 → hyper-v02',
      'Fabric: web-01 on hyper-v01',
      'KDC: hyper-v01 → hyper-v02',
      'Fabric: web-01 on hyper-v02',
      'KDC: hyper-v02 → hyper-v03',
      'Fabric: mail-01 on hyper-v02',
      ...Array<string>(2).fill('KDC: hyper-v02 → hyper-v03'),
      'Fabric: mail-01 on hyper-v03',
    ]);
    expect(
      output()
        .match(/^KDC: .*cifs (\w+)/gm)
        ?.map((line) => line.split(' ').at(-1)),
    ).toEqual(['refused', 'granted', 'granted', 'refused', 'granted', 'granted']);
    for (const shown of [/0x8009030E/, /✖ Delegation: /, /Waiting for Windows to notice/, /▰+▱* \d+ %/])
      expect(output()).toMatch(shown);
  }, 240_000);
});
