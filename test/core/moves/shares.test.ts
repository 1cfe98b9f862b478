import { delegationForShare, sharesOf, shareVerdict } from '../../../src/core/moves/shares';
import { printAsk } from '../../../src/core/commands/print';
import { fabricAt } from '../../support/fabric';

const move = {
  machine: '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f',
  name: 'web-01',
  from: 'hyper-v01',
  to: 'hyper-v02',
};
const rest = { kind: 'live' as const, storage: null, bytes: 1, ms: 1 };

describe('disks on a share', () => {
  it('need cifs of the file server for both hosts of a move, and nothing where no machine leaves its host', async () => {
    const { hyperV } = fabricAt(() => 1_764_000_000_000);
    const hosts = await hyperV.inventory(['hyper-v01', 'hyper-v02']);
    const shares = sharesOf(hosts, { moves: [{ ...move, ...rest }] });
    expect(shares).toEqual([{ server: 'files01', hosts: ['hyper-v01', 'hyper-v02'] }]);
    expect(shares.map((share) => printAsk(delegationForShare(share)))).toEqual([
      'delegate hyper-v01,hyper-v02 -> files01 cifs',
    ]);
    expect(sharesOf(hosts, { moves: [{ ...move, ...rest, to: 'hyper-v01' }] })).toEqual([]);
  });

  it('are told of with the request that helps, and never refuse a move by themselves', () => {
    const share = { server: 'files01', hosts: ['hyper-v01', 'hyper-v02'] };
    const told = (found: Parameters<typeof shareVerdict>[1]) =>
      shareVerdict(share, found, 'delegate a -> files01 cifs');
    expect(told({ missing: [] }).verdict).toBe('ok');
    expect(told({ missing: ['hyper-v02'] })).toMatchObject({
      verdict: 'warn',
      sentence: expect.stringContaining('hyper-v02 may not delegate'),
      remedy: 'Ask for it: /delegate a -> files01 cifs.',
    });
    expect(told({ unknown: 'nobody answers.' }).verdict).toBe('warn');
  });
});
