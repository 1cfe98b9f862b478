import fc from 'fast-check';
import type { DirectoryPart, Verdict } from '../../../src/core/delegation/plan';
import type { Problem } from '../../../src/core/problem';
import type { Proof, RequestRecord, Step } from '../../../src/core/request/record';
import { ARROWS, type State } from '../../../src/core/request/states';
import { intake, NOW, planOf, recordOf, requester, signed } from '../../support/request-record';
import { changeOf, crossPart, hostNames, oddNames, partOf, stepOf, trustOf, valuesFor } from './many-hosts';
import { largePart } from './large-plans';
import { drawnMoves, type DrawnMoves } from './random-moves';
import { decision } from './usual-request';

const states = Object.keys(ARROWS).filter((state): state is State => Object.hasOwn(ARROWS, state));
const open: readonly State[] = ['planning', 'waiting', 'approved', 'running', 'awaiting-hand'];

/** What people and directories write, markup and long words among it. */
const foreign = fc.oneof(
  fc.constantFrom(
    'Patch night',
    '<!channel> *now*',
    '`x` ~y~ _z_',
    '@everyone & <https://x|Approve>',
    '😀'.repeat(20),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
);

const names = fc
  .record({ count: fc.integer({ min: 1, max: 12 }), kind: fc.constantFrom('short', 'long', 'odd') })
  .map(({ count, kind }) => (kind === 'odd' ? oddNames(count) : hostNames(count, kind === 'long')));

/** Plans of every shape: pairs and meshes, additions, removals and keeps, trust modes, steps by hand. */
const parts: fc.Arbitrary<DirectoryPart> = fc
  .record({
    sources: names,
    destinations: names,
    kind: fc.constantFrom('add', 'remove', 'keep', 'trust', 'mixed'),
    isByHand: fc.boolean(),
    forMs: fc.option(fc.integer({ min: 10_000, max: 30 * 86_400_000 }), { nil: null }),
  })
  .map(({ sources, destinations, kind, isByHand, forMs }) => {
    const by = isByHand ? ('hand' as const) : ('worker' as const);
    if (kind === 'add' || kind === 'remove') {
      const part = crossPart(kind, sources, destinations);
      const changes = part.changes.map((change) => ({ ...change, by }));
      return { ...part, changes, forMs: kind === 'add' ? forMs : null };
    }
    const trust = sources.map(trustOf);
    if (kind === 'trust') return partOf(trust);
    const keep = sources.map((name) =>
      changeOf(name, { keep: destinations.flatMap((each) => [...valuesFor(each)]), by }),
    );
    return { ...partOf(kind === 'keep' ? keep : [...keep, ...trust], destinations), forMs };
  });

/** Plans that no card can show, so that they are told on pages. */
const largeParts = fc
  .record({ hosts: fc.integer({ min: 6, max: 40 }), odd: fc.integer({ min: 14, max: 40 }) })
  .map(({ hosts, odd }) => largePart(hosts, odd));

const problems = fc.record({
  code: fc.constantFrom('ldap.rights', 'plan.stale', 'run.out-of-time', 'mode.observe'),
  summary: foreign.map((text) => `This went wrong: ${text}.`),
  remedy: fc.constantFrom('', 'Look at the object.', 'Ask again for what is missing.'),
});

const proofs: fc.Arbitrary<Proof | null> = fc.option(
  fc.record({
    level: fc.constantFrom('written', 'converged', 'proved', 'not-proved'),
    converged: fc.integer({ min: 0, max: 4 }),
    servers: fc.integer({ min: 1, max: 4 }),
    checks: fc.array(
      fc.record({
        what: fc.constantFrom('cifs', 'migration'),
        result: fc.constantFrom('granted', 'refused', 'read-back', 'untestable'),
      }),
      { maxLength: 6 },
    ),
    note: fc.constantFrom('', 'Written, but the KDC still refuses the ticket.'),
  }),
  { nil: null },
);

const outcomes: fc.Arbitrary<Partial<NonNullable<Step['outcome']>> | null> = fc.constantFrom(
  {},
  null,
  { kind: 'already-so' as const, added: [], removed: [], kept: [], trusted: false },
  { kind: 'failed' as const, added: [], removed: [], kept: [], trusted: false },
  { kind: 'by-hand' as const },
  { inferred: true },
);

/** Requests in every state, with plans and journals of every shape; not all of them can happen, and all have to be readable. */
export const requests: fc.Arbitrary<RequestRecord> = fc
  .record({
    state: fc.constantFrom(...states),
    part: fc.option(fc.oneof({ weight: 5, arbitrary: parts }, { weight: 1, arbitrary: largeParts }), {
      nil: null,
      freq: 9,
    }),
    reason: foreign,
    outcomes: fc.array(outcomes, { maxLength: 24 }),
    proof: proofs,
    problem: fc.option(problems, { nil: null }),
    verdicts: fc.array(
      fc.record({
        check: fc.constant('x'),
        verdict: fc.constantFrom('ok' as const, 'warn' as const, 'refuse' as const),
        sentence: foreign.map((text) => `A guard says: ${text}.`),
        remedy: fc.constantFrom('', 'Use another host.'),
      }),
      { maxLength: 8 },
    ),
    number: fc.integer({ min: 1, max: 4 }),
    isTemporary: fc.boolean(),
    isChild: fc.boolean(),
    denial: fc.option(foreign, { nil: null }),
    moving: fc.option(drawnMoves, { nil: null, freq: 2 }),
  })
  .map(recordDrawn);

/** What was drawn for one request. */
interface Drawn {
  readonly state: State;
  readonly part: DirectoryPart | null;
  readonly reason: string;
  readonly outcomes: readonly (Partial<NonNullable<Step['outcome']>> | null)[];
  readonly proof: Proof | null;
  readonly problem: Problem | null;
  readonly verdicts: readonly Verdict[];
  readonly number: number;
  readonly isTemporary: boolean;
  readonly isChild: boolean;
  readonly denial: string | null;
  readonly moving: DrawnMoves | null;
}

function recordDrawn(drawn: Drawn): RequestRecord {
  const { state, part, number, problem, verdicts, proof, outcomes, moving } = drawn;
  const ask = moving ? 'migrate web-01,sql-01 -> hyper-v02' : 'delegate hyper-v01 -> hyper-v02';
  const statement = intake({ command: `${ask} --reason "${typed(drawn.reason)}"` });
  const plan = part && planOf(statement, { directory: part, number, verdicts, ...moving?.part });
  const isOpen = open.includes(state);
  const changes = (plan?.directory.changes ?? []).slice(0, outcomes.length);
  const record = recordOf({
    state,
    label: 'R-1042',
    intake: signed(statement),
    plan,
    proof,
    parent: drawn.isChild ? { id: 'b'.repeat(32), label: 'R-1041' } : null,
    steps: changes.map((change, at) => stepOf(change, outcomes[at])),
    moves: plan && moving ? [...moving.moves] : [],
    voided: number > 1 ? [{ plan: number - 1, sentence: 'hyper-v01 was edited.', at: NOW }] : [],
    until: drawn.isTemporary ? NOW + 3_600_000 : null,
    trouble: isOpen ? problem : null,
    ending: isOpen || state === 'stale' ? null : { problem, at: NOW },
    instructions: instructionsOf(state, statement.id),
  });
  return { ...record, decisions: decisionsOf(record, drawn.denial) };
}

function typed(reason: string): string {
  const kept = reason.replaceAll(/["\\\p{C}]/gu, '').trim();
  return kept.slice(0, 150) || 'Patch night';
}

function instructionsOf(state: State, id: string): RequestRecord['instructions'] {
  if (state !== 'stopped' && state !== 'withdrawn') return [];
  const what = state === 'stopped' ? ('stop' as const) : ('withdraw' as const);
  return [signed({ kind: 'instruction', intake: id, what, by: requester, at: NOW })];
}

function decisionsOf(record: RequestRecord, denial: string | null): RequestRecord['decisions'] {
  const { state, plan } = record;
  if (!plan || ['waiting', 'expired', 'planning'].includes(state)) return [];
  return [state === 'denied' ? decision(record, 'deny', denial ?? 'No.') : decision(record, 'approve')];
}
