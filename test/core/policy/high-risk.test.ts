import { highRiskOf, namesChangedHost } from '../../../src/core/policy/high-risk';
import { onePart } from '../../support/request-record';

const [change] = onePart.changes;
if (change?.attribute !== 'msDS-AllowedToDelegateTo') throw new Error('no list');
const mesh = {
  ...onePart,
  changes: Array.from({ length: 3 }, (_, at) => ({ ...change, name: `h${at}`, guid: `${at}` })),
};
const removal = {
  ...onePart,
  changes: mesh.changes.map((each) => ({
    ...each,
    kind: 'delegation-remove' as const,
    add: [],
    remove: ['cifs/x'],
  })),
};

describe('a high risk', () => {
  it('is more pairs than the policy says, and no removal', () => {
    expect(highRiskOf({ highRisk: { pairs: 2 } }, mesh)).toBe('3 pairs of hosts gain power at once.');
    expect(highRiskOf({ highRisk: { pairs: 3 } }, mesh)).toBeNull();
    expect(highRiskOf({}, mesh)).toBeNull();
    expect(highRiskOf({ highRisk: { pairs: 2 } }, removal)).toBeNull();
  });

  it('is approved with the name of a host that changes', () => {
    expect(['h0', ' H2$', 'hyper-v02', 'h', ''].map((typed) => namesChangedHost(mesh, typed))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
