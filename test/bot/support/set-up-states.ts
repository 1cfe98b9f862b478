import type { Plan } from '../../../src/core/delegation/plan';
import type { HostStep, RequestRecord } from '../../../src/core/request/record';
import { NOW } from '../../support/request-record';
import { movesPlan, moving, over, three } from './move-states';
import { approved, ended, part, proved, step } from './usual-request';

/** The usual moves, between two hosts that are not set up. */
function setUpPlan(changes: Partial<Plan> = {}): Plan {
  const { hosts } = movesPlan();
  const settings = ['hyper-v01', 'hyper-v02'].map((host) => ({
    host,
    by: 'worker' as const,
    before: { enabled: false, auth: 'credssp' as const },
    after: { enabled: true, auth: 'kerberos' as const },
  }));
  return movesPlan({ hosts: { ...hosts, settings }, ...changes });
}

const denied = { code: 'hyperv.refused', summary: 'hyper-v02: Access denied.', remedy: 'Ask its owner.' };

function hostStep(host: string, kind: 'changed' | 'failed' | null): HostStep {
  const problem = kind === 'failed' ? denied : null;
  return {
    host,
    intent: kind && { at: NOW, worker: 'w' },
    outcome: kind && { kind, inferred: false, at: NOW, problem },
  };
}

const setUp = [hostStep('hyper-v01', 'changed'), hostStep('hyper-v02', 'changed')];
const both = setUpPlan({ directory: part });

/** Moves before which hosts are set up, in the states in which that is told; by name. */
export const everySetUpState: Readonly<Record<string, RequestRecord>> = {
  'set up first, waiting': moving('waiting', [], { plan: setUpPlan() }),
  'set up first, waiting, with the delegation': moving('waiting', [], { plan: both }),
  'set up first, the directory is written': approved(
    moving('running', [], { plan: both, steps: [{ ...step(), outcome: null }] }),
  ),
  'set up first, being set': approved(
    moving('running', [], {
      plan: both,
      steps: [step()],
      proof: proved,
      hostSteps: [hostStep('hyper-v01', 'changed'), hostStep('hyper-v02', null)],
    }),
  ),
  'set up first, moving': approved(
    moving('running', three(over('moved'), {}, {}), { plan: setUpPlan(), hostSteps: setUp }),
  ),
  'set up first, done': approved(
    moving('done', three(over('moved'), over('moved'), over('moved')), {
      plan: setUpPlan(),
      hostSteps: setUp,
      ending: ended,
    }),
  ),
  'set up first, failed': approved(
    moving('failed', [], {
      plan: both,
      steps: [step()],
      proof: proved,
      hostSteps: [hostStep('hyper-v01', 'changed'), hostStep('hyper-v02', 'failed')],
      ending: { problem: denied, at: NOW },
    }),
  ),
};
