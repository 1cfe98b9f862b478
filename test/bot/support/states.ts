import type { DirectoryChange, DirectoryPart } from '../../../src/core/delegation/plan';
import type { RequestRecord, Step } from '../../../src/core/request/record';
import { NOW, requester, signed } from '../../support/request-record';
import { everyMoveState } from './move-states';
import { everySetUpState } from './set-up-states';
import { crossPart, hostNames, stepOf } from './many-hosts';
import {
  approved,
  change,
  decision,
  ended,
  inState,
  part,
  partByHand,
  planned,
  proved,
  refusal,
  statement,
  step,
  trustStep,
} from './usual-request';

const forATime: DirectoryPart = { ...part, forMs: 8 * 3_600_000 };
const keeping: DirectoryPart = {
  ...part,
  changes: [{ ...change, before: ['cifs/hyper-v03', ...change.add], add: [], keep: change.add }],
};
const keepOf = (each: DirectoryChange) => (each.attribute === 'userAccountControl' ? [] : each.keep);
const takingBack: DirectoryPart = {
  changes: [
    {
      ...change,
      kind: 'delegation-remove',
      before: ['cifs/hyper-v03', ...change.add],
      add: [],
      remove: change.add,
    },
  ],
  destinations: [],
  forMs: null,
};
const meshOf64 = crossPart('add', hostNames(64, true), hostNames(64, true));
const severalHosts = crossPart('add', hostNames(8), hostNames(8));
/** Of eight hosts four are written, one was so, one has half of it, one failed, and one was never begun. */
const severalSteps: readonly Step[] = severalHosts.changes.flatMap((each, index) => {
  if (each.attribute === 'userAccountControl' || index === 7) return [];
  if (index === 4) return [stepOf(each, { kind: 'already-so', added: [] })];
  if (index === 5) return [stepOf(each, { kind: 'stale', added: each.add.slice(2) })];
  return [stepOf(each, index === 6 ? { kind: 'failed', added: [] } : {})];
});

function stopped(record: RequestRecord): RequestRecord {
  const stop = {
    kind: 'instruction' as const,
    intake: statement.id,
    what: 'stop' as const,
    by: requester,
    at: NOW,
  };
  return approved({ ...record, instructions: [signed(stop)], ending: ended });
}

/** Approved by one person, who broke the glass for it. */
function broken(record: RequestRecord): RequestRecord {
  const alone = decision(record, 'approve', 'The cluster is down and nobody else answers.');
  return { ...record, decisions: [signed({ ...alone.statement, breaksGlass: true })] };
}

function reviewed(record: RequestRecord): RequestRecord {
  const by = { ...requester, user: 'U0APPROVER2' };
  const said = {
    kind: 'review',
    intake: record.id,
    wasRight: false,
    note: 'One call would have done.',
    by,
    at: NOW,
  } as const;
  return { ...record, review: signed(said) };
}

const hostsPlan = {
  directory: { changes: [], destinations: [], forMs: null },
  hosts: {
    settings: ['hyper-v01', 'hyper-v02'].map((host) => ({
      host,
      by: 'worker' as const,
      before: { enabled: false, auth: 'credssp' as const, most: 2, anyNetwork: true, networks: [] },
      after: {
        enabled: true,
        auth: 'kerberos' as const,
        most: 4,
        anyNetwork: false,
        networks: ['10.0.5.0/24'],
      },
    })),
    envelope: null,
  },
};

/** A request to set two hosts up, in a state; the outcomes of its hosts, as far as there are any. */
function preparing(
  state: RequestRecord['state'],
  kinds: readonly ('changed' | 'failed' | 'already-so')[] = [],
  changes: Partial<RequestRecord> = {},
): RequestRecord {
  const command = 'prepare hyper-v01,hyper-v02 --auth kerberos --networks 10.0.5.0/24 --max 4';
  const problem = { code: 'hyperv.refused', summary: 'hyper-v02: Access denied.', remedy: 'Ask its owner.' };
  const hostSteps = kinds.map((kind, at) => ({
    host: `hyper-v0${at + 1}`,
    intent: { at: NOW, worker: 'w' },
    outcome: { kind, inferred: false, at: NOW, problem: kind === 'failed' ? problem : null },
  }));
  const record = inState(state, { plan: planned(hostsPlan), hostSteps, ...changes });
  return { ...record, intake: signed({ ...statement, command }) };
}

/** The undo of a request that has set two hosts up. */
function settingBack(
  state: RequestRecord['state'],
  kinds: readonly ('changed' | 'failed')[] = [],
  changes: Partial<RequestRecord> = {},
): RequestRecord {
  const settings = hostsPlan.hosts.settings.map(({ before, after, ...rest }) => ({
    ...rest,
    before: after,
    after: before,
  }));
  const plan = planned({ ...hostsPlan, hosts: { settings, envelope: null } });
  const record = preparing(state, kinds, { plan, ...changes });
  const parent = { id: 'f'.repeat(32), label: 'R-1041', effector: 'hyperv' as const };
  return { ...record, parent, intake: signed({ ...statement, command: 'undo R-1041', of: parent.id }) };
}

const hostsByHand = planned({
  ...hostsPlan,
  hosts: { settings: hostsPlan.hosts.settings.map((each) => ({ ...each, by: 'hand' })), envelope: null },
});

/** Two hosts that a person sets: one was seen, the other is waited for. */
function hostsAwaiting(): RequestRecord {
  const outcome = { kind: 'by-hand' as const, inferred: true, at: NOW, problem: null };
  const hostSteps = [
    { host: 'hyper-v01', intent: null, outcome },
    { host: 'hyper-v02', intent: null, outcome: null },
  ];
  return approved(preparing('awaiting-hand', [], { plan: hostsByHand, hostSteps }));
}

/** The usual request, and one that moves machines, in every state they can be shown in, by name. */
export const everyState: Readonly<Record<string, RequestRecord>> = {
  ...everyMoveState,
  ...everySetUpState,
  planning: inState('planning'),
  'planning, held up': inState('planning', {
    trouble: { code: 'ldap.down', summary: 'dc1 does not answer.', remedy: 'It is asked again by itself.' },
  }),
  'hosts planning': preparing('planning', [], { plan: null }),
  'hosts waiting': preparing('waiting'),
  'hosts running': approved(preparing('running', ['changed'])),
  'hosts done': approved(preparing('done', ['changed', 'already-so'], { ending: ended })),
  'hosts partial': approved(
    preparing('partial', ['changed', 'failed'], {
      ending: {
        problem: { code: 'x', summary: 'hyper-v02: Access denied.', remedy: 'Ask its owner.' },
        at: NOW,
      },
    }),
  ),
  'hosts undo planning': settingBack('planning', [], { plan: null }),
  'hosts undo waiting': settingBack('waiting'),
  'hosts undo done': approved(settingBack('done', ['changed', 'changed'], { ending: ended })),
  'hosts undo already so': settingBack('already-so', [], {
    plan: planned({ ...hostsPlan, hosts: { settings: [], envelope: null } }),
    ending: ended,
  }),
  'hosts waiting, by hand': preparing('waiting', [], { plan: hostsByHand }),
  'hosts awaiting a person': hostsAwaiting(),
  'hosts only shown': preparing('refused', [], {
    ending: { problem: { code: 'mode.observe', summary: 'Only observed.', remedy: '' }, at: NOW },
  }),
  'hosts already so': preparing('already-so', [], { ending: ended }),
  waiting: inState('waiting'),
  'waiting for a new plan': inState('waiting', {
    plan: planned({ number: 2 }),
    voided: [
      { plan: 1, sentence: 'cifs/hyper-v04 was added to hyper-v01 since the plan was made.', at: NOW },
    ],
  }),
  approved: approved(inState('approved')),
  'running with a broken glass': broken(inState('running', { steps: [{ ...step(), outcome: null }] })),
  'done with a broken glass': broken(inState('done', { steps: [step()], proof: proved, ending: ended })),
  'done and reviewed': reviewed(broken(inState('done', { steps: [step()], proof: proved, ending: ended }))),
  running: approved(inState('running', { steps: [{ ...step(), outcome: null }] })),
  'done and proved': approved(inState('done', { steps: [step()], proof: proved, ending: ended })),
  'done, not proved here': approved(
    inState('done', {
      steps: [step({ inferred: true })],
      proof: {
        ...proved,
        level: 'converged',
        checks: [{ what: 'cifs', result: 'untestable' }],
      },
      ending: ended,
    }),
  ),
  'written, proof failed': approved(
    inState('done', {
      steps: [step()],
      proof: {
        level: 'not-proved',
        converged: 1,
        servers: 2,
        checks: [{ what: 'cifs', result: 'refused' }],
        note: 'Written, but the KDC still refuses the ticket.',
      },
      ending: ended,
    }),
  ),
  partial: approved(
    inState('partial', {
      steps: [step()],
      ending: {
        problem: {
          code: 'plan.stale',
          summary: 'hyper-v01 has changed since.',
          remedy: 'Ask again for what is missing.',
        },
        at: NOW,
      },
    }),
  ),
  failed: approved(
    inState('failed', {
      steps: [step({ kind: 'failed', added: [] })],
      ending: {
        problem: {
          code: 'ldap.rights',
          summary: 'The account may not write msDS-AllowedToDelegateTo of hyper-v01 (50).',
          remedy: 'Give it that right in the OU, then ask again.',
        },
        at: NOW,
      },
    }),
  ),
  'failed, not known': approved(
    inState('failed', {
      steps: [{ ...step(), outcome: null }],
      ending: {
        problem: { code: 'run.out-of-time', summary: 'The time for changes is over.', remedy: 'Ask again.' },
        at: NOW,
      },
    }),
  ),
  stuck: approved(
    inState('stuck', {
      steps: [step()],
      ending: {
        problem: {
          code: 'write.lost',
          summary: 'Read back on dc1, cifs/hyper-v02 is not there.',
          remedy: 'Look at the object.',
        },
        at: NOW,
      },
    }),
  ),
  stale: approved(
    inState('stale', {
      voided: [
        { plan: 1, sentence: 'cifs/hyper-v04 was added to hyper-v01 since the plan was made.', at: NOW },
      ],
    }),
  ),
  'stale for good': inState('stale', {
    plan: planned({ number: 4 }),
    voided: [
      { plan: 4, sentence: 'cifs/hyper-v04 was added to hyper-v01 since the plan was made.', at: NOW },
    ],
    ending: {
      problem: {
        code: 'plan.never-still',
        summary: 'The directory changed each time between plan and approval, four plans in a row.',
        remedy: 'Find out who else edits these objects, then ask again.',
      },
      at: NOW,
    },
  }),
  denied: (() => {
    const record = inState('denied', { ending: ended });
    return { ...record, decisions: [decision(record, 'deny', 'use hyper-v05 instead')] };
  })(),
  expired: inState('expired', { ending: ended }),
  withdrawn: inState('withdrawn', {
    ending: ended,
    instructions: [
      signed({ kind: 'instruction', intake: statement.id, what: 'withdraw', by: requester, at: NOW }),
    ],
  }),
  'already so': inState('already-so', {
    plan: planned({ directory: { ...part, changes: [] } }),
    ending: ended,
  }),
  refused: inState('refused', {
    plan: planned({
      directory: { changes: [], destinations: [], forMs: null },
      verdicts: [
        refusal('destination.found', 'No computer is called hyper-v02.', 'Did you mean hyper-v03?'),
        refusal('source.enabled', 'hyper-v01 is disabled.', 'Enable it, or use another host.'),
        { check: 'services.allowed', verdict: 'ok', sentence: 'Both services may be delegated.', remedy: '' },
      ],
    }),
    ending: {
      problem: { code: 'destination.found', summary: 'No computer is called hyper-v02.', remedy: '' },
      at: NOW,
    },
  }),
  'waiting, for a time': inState('waiting', { plan: planned({ directory: forATime }) }),
  'waiting, partly by hand': inState('waiting', { plan: planned({ directory: partByHand }) }),
  'waiting, keeping values': inState('waiting', { plan: planned({ directory: keeping }) }),
  'waiting, a mesh of 64': inState('waiting', { plan: planned({ directory: meshOf64 }) }),
  'running and written': approved(
    inState('running', { steps: [step()], proof: { ...proved, level: 'written', converged: 1, checks: [] } }),
  ),
  'awaiting-hand': approved(
    inState('awaiting-hand', {
      plan: planned({ directory: partByHand }),
      steps: [step(), trustStep()],
    }),
  ),
  'awaiting-hand, some seen': approved(
    inState('awaiting-hand', {
      plan: planned({ directory: { ...part, changes: [{ ...change, by: 'hand' }] } }),
      steps: [{ ...step(), outcome: null }],
      trouble: {
        code: 'hand.incomplete',
        summary: 'hyper-v01 has 3 of 4 values; cifs/hyper-v02 is missing.',
        remedy: 'Add what is missing.',
      },
    }),
  ),
  'done by hand': approved(
    inState('done', {
      plan: planned({ directory: partByHand }),
      steps: [step(), trustStep({})],
      proof: proved,
      ending: ended,
    }),
  ),
  'done for a time': approved(
    inState('done', {
      plan: planned({ directory: forATime }),
      steps: [step()],
      until: NOW + 8 * 3_600_000,
      proof: proved,
      ending: ended,
    }),
  ),
  'done, keeping values': approved(
    inState('done', {
      plan: planned({ directory: keeping }),
      steps: [step({ kind: 'already-so', added: [], kept: keeping.changes.flatMap(keepOf) })],
      proof: proved,
      ending: ended,
    }),
  ),
  'partial, of several': approved(
    inState('partial', {
      plan: planned({ directory: severalHosts }),
      steps: severalSteps,
      ending: {
        problem: {
          code: 'ldap.rights',
          summary: 'The account may not write msDS-AllowedToDelegateTo of hv03 (50).',
          remedy: 'Give it that right in the OU, then retry.',
        },
        at: NOW,
      },
    }),
  ),
  stopped: stopped(inState('stopped', { plan: planned({ directory: severalHosts }), steps: severalSteps })),
  'stopped before anything': stopped(
    inState('stopped', { steps: [{ ...step(), intent: null, outcome: null }] }),
  ),
  'stopped while a person was waited for': stopped(
    inState('stopped', { plan: planned({ directory: partByHand }), steps: [step(), trustStep()] }),
  ),
  'an undo that waits': inState('waiting', {
    intake: signed({ ...statement, command: 'undo R-1041' }),
    parent: { id: 'b'.repeat(32), label: 'R-1041' },
    plan: planned({ directory: takingBack }),
  }),
  'a retry that waits': inState('waiting', { parent: { id: 'b'.repeat(32), label: 'R-1041' } }),
  'only shown': inState('refused', {
    ending: {
      problem: {
        code: 'mode.observe',
        summary: 'The mode of delegation-add is observe.',
        remedy: 'The owner of handover.yaml can set another mode.',
      },
      at: NOW,
    },
  }),
};

const warned = { plan: 1, due: NOW + 900_000, warned: true };
const reversing: Partial<RequestRecord> = {
  id: 'c'.repeat(32),
  label: 'R-1043',
  parent: { id: statement.id, label: 'R-1042' },
  reverses: warned,
};
const takenBack = { steps: [step({ added: [], removed: change.add })], ending: ended };

/** The request that takes the usual one away again, in the states that people are told of, by name. */
export const everyReversal: Readonly<Record<string, RequestRecord>> = {
  'not due yet': inState('approved', { ...reversing, plan: null, reverses: { ...warned, warned: false } }),
  'nearly due': inState('approved', { ...reversing, plan: null }),
  running: inState('running', {
    ...reversing,
    plan: planned({ directory: takingBack }),
    steps: [{ ...step(), outcome: null }],
  }),
  'awaiting-hand': inState('awaiting-hand', {
    ...reversing,
    plan: planned({
      directory: {
        ...takingBack,
        changes: takingBack.changes.map((each): DirectoryChange => ({ ...each, by: 'hand' })),
      },
    }),
    steps: [{ ...step(), intent: null, outcome: null }],
  }),
  done: inState('done', {
    ...reversing,
    ...takenBack,
    plan: planned({ directory: takingBack }),
    proof: { ...proved, checks: [{ what: 'cifs', result: 'refused' }] },
  }),
  'already so': inState('already-so', {
    ...reversing,
    plan: planned({ directory: { ...takingBack, changes: [] } }),
    ending: ended,
  }),
  stuck: inState('stuck', {
    ...reversing,
    ...takenBack,
    plan: planned({ directory: takingBack }),
    ending: {
      problem: {
        code: 'write.lost',
        summary: 'Read back on dc1, cifs/hyper-v02 is there again.',
        remedy: 'Find out who else edits hyper-v01.',
      },
      at: NOW,
    },
  }),
  'failed without a plan': inState('failed', {
    ...reversing,
    plan: null,
    ending: {
      problem: { code: 'ldap.down', summary: 'dc1 did not answer.', remedy: 'See that it runs.' },
      at: NOW,
    },
  }),
};
