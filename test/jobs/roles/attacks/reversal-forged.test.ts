import type { ListChange } from '../../../../src/core/delegation/plan';
import { newStep } from '../../../../src/jobs/roles/directory/journal';
import { reversalId } from '../../../../src/core/request/new-record';
import { approved } from '../../../support/directory-stage';
import { approver, policy } from '../../../support/request-record';

const HOUR = 3_600_000;
const FOR_8H = 'delegate hyper-v01 -> hyper-v02 cifs --for 8h';
const rules = {
  ...policy,
  'delegation-remove': { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 },
};

describe('a forged plan of a reversal', () => {
  it('adds nothing', async () => {
    const stage = await approved(rules, FOR_8H);
    await stage.tick();
    const parent = await stage.record();
    await stage.clock.pass(8 * HOUR + 1_000);
    stage.id = reversalId(parent.id, 1);
    const { plan } = parent;
    const [change] = plan?.directory.changes ?? [];
    if (!plan || !change) throw new Error('there is no plan');
    const forged = {
      ...change,
      kind: 'delegation-remove',
      before: stage.directory.values,
      add: ['ldap/dc1.mabofeng.com'],
      keep: [],
      remove: [],
    } as ListChange;
    const directory = { ...plan.directory, changes: [forged], forMs: null };
    await stage.edit({ state: 'running', plan: { ...plan, directory }, steps: [newStep(forged)] });
    await stage.tick();
    expect(stage.directory.valuesOf('hyper-v01')).not.toContain('ldap/dc1.mabofeng.com');
  });
});
