import { play } from '../../../lab/tour/stories';
import { playedLab, type Faults } from './played-lab';

async function tour(faults?: Faults): Promise<[code: number, lines: string]> {
  const lines: string[] = [];
  const stage = { client: playedLab(faults), users: [], channels: [] };
  const code = await play('delegation', { ...stage, say: (line) => void lines.push(line) });
  return [code, lines.join('\n')];
}

describe('the tour of delegation', () => {
  it('ends with 0 when all of it held', async () => {
    const [code, lines] = await tour();
    expect([code, lines]).toEqual([0, expect.stringContaining('Everything in this tour held.')]);
  });

  it.each<[string, Faults, string]>([
    [
      'a pair of the mesh was not granted',
      { refuses: '2 3' },
      'hyper-v02 → hyper-v03 is {"ok":true,"cifs":"refused"',
    ],
    ['a pair was granted before', { grants: '3 1' }, 'hyper-v03 → hyper-v01 is {"ok":true,"cifs":"granted"'],
    ['what was for a time was there before', { grants: '1 4' }, 'hyper-v01 → hyper-v04'],
    ['what was for a time stays', { keeps: '1 4' }, 'hyper-v01 → hyper-v04 is {"ok":true,"cifs":"granted"'],
    ['undo leaves a pair', { keeps: '2 1' }, 'hyper-v02 → hyper-v01 is {"ok":true,"cifs":"granted"'],
    ['the value that nobody owns stays', { ghostStays: 'directory' }, 'hyper-v04 holds ["cifs/ghost99"]'],
    ['the finding stays', { ghostStays: 'findings' }, 'ghost99 is still a finding'],
    ['the finding has no button', { buttonless: true }, 'no finding about ghost99 has a button'],
  ])('ends with 1 when %s', async (_, faults, said) => {
    const [code, lines] = await tour(faults);
    expect([code, lines]).toEqual([1, expect.stringContaining('DID NOT HOLD')]);
    expect(lines.split('\n').at(-1)).toContain(said);
  });

  it('ends with 3 where no KDC could prove it', async () => {
    const [code, lines] = await tour({ silent: true });
    expect([code, lines]).toEqual([3, expect.stringContaining('NOT PROVED: no KDC answers')]);
    expect(lines).toContain('migration values present (simulated directory)');
  });
});
