/** @needs domain, which the lab starts itself. */
import { endLabs, startLab } from '../support/lab-process';

afterAll(endLabs);

describe('the lab, about a host', () => {
  it('plays the tour of drain and ends with 0: eleven of twelve leave, one stays and is told, all come back', async () => {
    const { output, exitCode } = await startLab(['--tour', 'drain']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    expect(output().match(/^Fabric: hyper-v01 .*(?=:)/gm)).toEqual([
      'Fabric: hyper-v01   12 machines',
      'Fabric: hyper-v01   1 machine',
      'Fabric: hyper-v01   12 machines',
    ]);
    expect(output().match(/^KDC: hyper-v01 → hyper-v03 {3}cifs \w+/gm)).toEqual([
      'KDC: hyper-v01 → hyper-v03   cifs refused',
      ...Array<string>(2).fill('KDC: hyper-v01 → hyper-v03   cifs granted'),
    ]);
    for (const shown of [
      /11 of 12 machines move to 3 hosts .* 1 delegation first · sql-08 stays \(pass-through disk\)/,
      /▰+▱* \d+ %/,
      /■ Left on hyper-v01: 1 machine: sql-08 \(pass-through disk\)\./,
      /11 machines will come back to hyper-v01/,
    ])
      expect(output()).toMatch(shown);
  }, 400_000);
});
