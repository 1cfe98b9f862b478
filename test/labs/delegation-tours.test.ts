/** @needs domain, which the lab starts itself. */
import { endLabs, startLab } from '../support/lab-process';

afterAll(endLabs);

describe('the lab, about delegation', () => {
  it('plays the tour of delegation and ends with 0: each pair refused, granted and refused again', async () => {
    const { output, exitCode } = await startLab(['--tour', 'delegation']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    const words = new Map<string, string[]>();
    for (const [, pair = '', word = ''] of output().matchAll(/^KDC: (.{9} → .{9}) {3}cifs (\w+)/gm))
      words.set(pair, [...(words.get(pair) ?? []), word]);
    const mesh = ['refused', 'granted', 'granted', 'refused'];
    expect(Object.fromEntries(words)).toEqual({
      'hyper-v01 → hyper-v02': mesh,
      'hyper-v01 → hyper-v03': mesh,
      'hyper-v02 → hyper-v01': mesh,
      'hyper-v02 → hyper-v03': mesh,
      'hyper-v03 → hyper-v01': mesh,
      'hyper-v03 → hyper-v02': mesh,
      'hyper-v01 → hyper-v04': ['refused', 'granted', 'refused'],
    });
    expect(output().match(/^Directory: .*$/gm)).toEqual([
      'Directory: hyper-v04 may delegate to cifs/ghost99',
      'Directory: hyper-v04 may delegate to nobody',
    ]);
  }, 120_000);

  it('plays the tour of why and ends with 0: missing, remembered, and then nothing', async () => {
    const { output, exitCode } = await startLab(['--tour', 'why']);
    expect([await exitCode(), output()]).toEqual([
      0,
      expect.stringContaining('Everything in this tour held.'),
    ]);
    const answers = output().match(/hyper-v01 → hyper-v02: [^\n.]*/g) ?? [];
    expect([...new Set(answers.map((line) => line.slice(23, 60)))]).toEqual([
      'delegation is missing',
      'the source remembers a refusal',
      'nothing is wrong with what was seen; ',
    ]);
  }, 120_000);
});
