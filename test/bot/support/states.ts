import type { RequestRecord } from '../../../src/core/request/record';
import { NOW, requester, signed } from '../../support/request-record';
import {
  approved,
  decision,
  ended,
  inState,
  part,
  planned,
  proved,
  refusal,
  statement,
  step,
} from './usual-request';

/** The usual request in every state it can be shown in, by name. */
export const everyState: Readonly<Record<string, RequestRecord>> = {
  planning: inState('planning'),
  'planning, held up': inState('planning', {
    trouble: { code: 'ldap.down', summary: 'dc1 does not answer.', remedy: 'It is asked again by itself.' },
  }),
  waiting: inState('waiting'),
  'waiting for a new plan': inState('waiting', {
    plan: planned({ number: 2 }),
    voided: [
      { plan: 1, sentence: 'cifs/hyper-v04 was added to hyper-v01 since the plan was made.', at: NOW },
    ],
  }),
  approved: approved(inState('approved')),
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
      directory: { changes: [], powers: [] },
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
};
