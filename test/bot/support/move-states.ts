import type { MoveCheck } from '../../../src/core/hyperv/check';
import type { MoveProgress } from '../../../src/core/moves/progress-port';
import type { MoveOutcome, MoveStep } from '../../../src/core/moves/move-step';
import type { RequestRecord } from '../../../src/core/request/record';
import { unwanted } from '../../../src/core/moves/making-room';
import { notReadied } from '../../../src/core/moves/readying';
import type { Plan } from '../../../src/core/delegation/plan';
import { intake, NOW, planOf, recordOf, requester, signed } from '../../support/request-record';
import { approved, decision, ended, part, proved, step } from './usual-request';
import { machineBefore, moveOutcome } from '../../support/move-journal';

const GB = 1024 ** 3;
const names = ['web-01', 'web-02', 'sql-01'] as const;
const statement = intake({ command: 'migrate web-01,web-02,sql-01 -> hyper-v02' });
const nothing = { changes: [], destinations: [], forMs: null };

/** The id of the machine with this number. */
export function machineId(at: number): string {
  return `${String(at).padStart(8, '0')}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`;
}

/** Three machines to hyper-v02, one of them with its disks. */
export function movesPlan(changes: Partial<Plan> = {}, asked = statement): Plan {
  return planOf(asked, {
    directory: nothing,
    hosts: {
      settings: [],
      envelope: {
        machines: names.map((name, at) => ({
          id: machineId(at + 1),
          name,
          from: 'hyper-v01',
          storage: name === 'sql-01' ? 'D:\\Hyper-V' : null,
        })),
        destinations: ['hyper-v02'],
      },
    },
    forecast: {
      moves: names.map((name, at) => ({
        machine: machineId(at + 1),
        name,
        from: 'hyper-v01',
        to: 'hyper-v02',
        kind: 'live',
        storage: name === 'sql-01' ? 'D:\\Hyper-V' : null,
        bytes: name === 'sql-01' ? 1_800 * GB : 5.2 * GB,
        ms: name === 'sql-01' ? 11_400_000 : 45_000,
      })),
      staying: [],
      summary: [],
      hosts: [{ host: 'hyper-v02', memory: 61 }],
      ms: 11_445_000,
    },
    server: 'hyper-v01, hyper-v02, hyper-v03',
    ...changes,
  });
}

/** The journal of the move with this number, as it was before anything was begun. */
export function moveStep(at: number, changes: Partial<MoveStep> = {}): MoveStep {
  return {
    machine: machineId(at),
    name: names[at - 1] ?? `vm-${at}`,
    from: 'hyper-v01',
    to: 'hyper-v02',
    storage: null,
    first: null,
    readied: null,
    restart: null,
    waitingSince: null,
    intent: null,
    arrivedAt: null,
    doubtSince: null,
    tries: 0,
    outcome: null,
    ...changes,
  };
}

const begun: Partial<MoveStep> = {
  tries: 1,
  intent: {
    at: NOW,
    worker: 'w1',
    before: machineBefore({ uptimeMs: 1_000_000, switches: ['LAN'], addresses: ['10.0.1.50'], at: NOW }),
  },
};

export function over(kind: MoveOutcome['kind'], changes: Partial<MoveOutcome> = {}): Partial<MoveStep> {
  return { ...begun, outcome: moveOutcome(kind, { at: NOW, ...changes }) };
}

const check = (result: MoveCheck['result'], name: string, evidence: string): MoveCheck => ({
  name,
  headline: name.toLowerCase(),
  result,
  evidence,
  fix: result === 'bad' ? 'Ask for it: /delegate hyper-v01 -> hyper-v02 cifs,migration.' : '',
  command: null,
});

const missing = 'hyper-v01 may not delegate to cifs/hyper-v02.';
const refused: Partial<MoveStep> = over('failed', {
  problem: {
    code: 'move.failed',
    summary: `web-01 did not move to hyper-v02: ${missing}`,
    remedy: 'Ask for it: /delegate hyper-v01 -> hyper-v02 cifs,migration.',
  },
  diagnosis: [
    check('bad', 'What Windows says', 'Windows says 0x8009030E: No credentials are available.'),
    check('ok', 'Names and owners', 'Every name of hyper-v02 belongs to hyper-v02 alone.'),
    {
      ...check('bad', 'Delegation', missing),
      command: '/delegate hyper-v01 -> hyper-v02 cifs,migration',
    },
    check(
      'unknown',
      'Log on as a service',
      'Only a move that fails with 0x80070569 shows that it is missing.',
    ),
  ],
});

const broken: Partial<MoveStep> = over('failed', {
  problem: {
    code: 'move.failed',
    summary: 'sql-01 did not move to hyper-v02: Windows says 21502: the move broke.',
    remedy: 'Look the code up with this text; Handover does not know it.',
  },
  diagnosis: [check('bad', 'What Windows says', 'Windows says 21502: the move broke.')],
});

const unwell: Partial<MoveStep> = over('moved', {
  problem: { code: 'move.unhealthy', summary: 'web-02 is on hyper-v02, and not as it was.', remedy: 'x' },
  health: [
    { name: 'State', isWell: true, sentence: 'web-02 is running, as before.', fix: '' },
    {
      name: 'Heartbeat',
      isWell: false,
      sentence: 'Its heartbeat was there before the move and is not now.',
      fix: 'Look at its console; then Restart-VM by its id if it hangs.',
    },
  ],
});

const bothSides: Partial<MoveStep> = over('stuck', {
  problem: {
    code: 'move.both-sides',
    summary: 'web-01 is at hyper-v01; a second one of the same id is switched off at hyper-v02.',
    remedy: `Get-VM -ComputerName hyper-v02 -Id ${machineId(1)} | Remove-VM -Force`,
  },
});

/** A request to move machines in a state, with the journal as far as it goes. */
export function moving(
  state: RequestRecord['state'],
  moves: readonly MoveStep[] = [],
  changes: Partial<RequestRecord> = {},
): RequestRecord {
  const plan = state === 'planning' ? null : movesPlan();
  return recordOf({ label: 'R-1042', state, plan, intake: signed(statement), moves: [...moves], ...changes });
}

export const three = (...each: readonly Partial<MoveStep>[]): readonly MoveStep[] =>
  names.map((_, at) => moveStep(at + 1, each[at]));

const endedBy = ({ outcome }: Partial<MoveStep>) => ({ problem: outcome?.problem ?? null, at: NOW });

const scheduled = intake({ command: `${statement.command} --at "Sat 02:00" --until 06:00` });
const inWindow = { intake: signed(scheduled), plan: movesPlan({ directory: part }, scheduled) };
const leftOver: Partial<MoveStep> = {
  ...over('left', {
    problem: {
      code: 'move.no-time',
      summary: 'sql-01 was left: it takes about 3 h 10 min, and the window had 58 min left.',
      remedy: 'Ask again for what has stayed.',
    },
  }),
  intent: null,
};
const withDeadline = intake({ command: `${statement.command} --deadline 30m` });

const withDelegation = movesPlan({ directory: part });
const said = (what: 'stop' | 'withdraw') =>
  signed({ kind: 'instruction' as const, intake: statement.id, what, by: requester, at: NOW });
const overtaken = [{ plan: 1, sentence: 'hyper-v01 has been edited since the plan was made.', at: NOW }];

const chosen = [{ plan: 1, sentence: 'it was chosen that web-01 stays.', at: NOW }];
const deaf = notReadied(moveStep(1, { first: 'shut-down' }));

/** A machine that its host was told to stop; `doneAt`: when it was so. */
function readied(doneAt: number | null): Partial<MoveStep> {
  const { intent } = begun;
  if (!intent) throw new Error('nothing was begun');
  return { first: 'shut-down', readied: { at: NOW, worker: 'w1', before: intent.before, doneAt } };
}

/** A drain of which one machine is shut down for it, one has its drive emptied, and others stay that need not. */
function choosing(
  state: RequestRecord['state'],
  journal: readonly MoveStep[] = [],
  changes: Partial<RequestRecord> = {},
): RequestRecord {
  const plan = movesPlan({ number: 2 });
  const { envelope } = plan.hosts;
  const machines = (envelope?.machines ?? []).map((machine, at) => {
    const first = (['shut-down', 'eject', null] as const)[at] ?? null;
    return { ...machine, ...(first && { first }) };
  });
  const staying = Array.from({ length: state === 'waiting' ? 7 : 1 }, (_, at) => ({
    machine: machineId(at + 10),
    name: `app-${at}`,
    host: 'hyper-v01',
    short: 'something in its drive',
    reasons: ['D:\\ISO\\setup.iso is in its drive.'],
    choices: ['eject', 'shut-down', 'leave'],
  }));
  const hosts = { settings: [], envelope: { machines, destinations: ['hyper-v02'] } };
  const moves = plan.forecast?.moves.map((move, at) =>
    at === 0 ? { ...move, kind: 'cold' as const } : move,
  );
  const forecast = plan.forecast && { ...plan.forecast, moves: moves ?? [], staying };
  const command = 'drain hyper-v01 to hyper-v02';
  const whole = planOf(intake({ command }), { ...plan, hosts, forecast });
  return moving(state, journal, { intake: signed(intake({ command })), plan: whole, ...changes });
}

/** A drain in which nothing moves before somebody chooses for one of its machines. */
function toChoose(): RequestRecord {
  const { plan, ...record } = choosing('waiting');
  const staying = (plan?.forecast?.staying ?? [])
    .slice(0, 2)
    .map((machine, at) => (at === 0 ? machine : { ...machine, short: 'pinned', choices: ['leave'] }));
  const forecast = { moves: [], staying, hosts: [], summary: [], ms: 0 };
  const hosts = { settings: [], envelope: null };
  return { ...record, plan: planOf(record.intake.statement, { ...plan, hosts, forecast }) };
}

/** A drain whose machines return, of which one is shut down to leave and to come back. */
function bothWays(): RequestRecord {
  const { plan, ...record } = choosing('waiting');
  const asked = intake({ command: 'drain hyper-v01 to hyper-v02 --return' });
  const envelope = plan?.hosts.envelope && { ...plan.hosts.envelope, returns: true as const };
  const forecast = plan?.forecast && { ...plan.forecast, staying: [] };
  const whole = { ...plan, hosts: { settings: [], envelope: envelope ?? null }, forecast: forecast ?? null };
  return { ...record, intake: signed(asked), plan: planOf(asked, whole) };
}

/** A drain for which machine 3, of another host, makes room first. */
function makingRoom(
  state: RequestRecord['state'],
  journal: readonly Partial<MoveStep>[] = [],
  changes: Partial<RequestRecord> = {},
): RequestRecord {
  const plan = movesPlan();
  const there = { from: 'hyper-v02', storage: null };
  const machines = (plan.hosts.envelope?.machines ?? []).map((machine, at) =>
    at === 2 ? { ...machine, ...there, room: true as const } : machine,
  );
  const [first, second, third] = plan.forecast?.moves ?? [];
  const maker = third && { ...third, ...there, to: 'hyper-v03', bytes: 5.2 * GB, ms: 45_000 };
  const moves = [maker, first, second].flatMap((move) => move ?? []);
  const summary = ['2 of 2 machines move to 1 host', '1 other makes room', 'about 2 min'];
  const command = 'drain hyper-v01 --make-room';
  const whole = planOf(intake({ command }), {
    ...plan,
    hosts: { settings: [], envelope: { machines, destinations: ['hyper-v02', 'hyper-v03'] } },
    forecast: plan.forecast && { ...plan.forecast, moves, summary },
  });
  const steps = journal.map((each, at) =>
    at === 0 ? moveStep(3, { from: 'hyper-v02', to: 'hyper-v03', ...each }) : moveStep(at, each),
  );
  return moving(state, steps, { intake: signed(intake({ command })), plan: whole, ...changes });
}

const unneeded = over('left', { problem: unwanted({ name: 'sql-01', from: 'hyper-v02' }) });

/** How far the moves of `moves running` are. */
export const someProgress: readonly MoveProgress[] = [{ machine: machineId(3), percent: 34, since: NOW }];

/** A request to move machines in every state that it can be shown in, by name. */
export const everyMoveState: Readonly<Record<string, RequestRecord>> = {
  'moves planning': moving('planning'),
  'moves planning, nobody to ask': moving('planning', [], {
    trouble: { code: 'worker.none', summary: 'No Windows worker since 02:10.', remedy: 'Start it.' },
  }),
  'moves waiting': moving('waiting'),
  'moves waiting, with the delegation': moving('waiting', [], { plan: withDelegation }),
  'moves waiting for a new plan': moving('waiting', [], {
    plan: movesPlan({ number: 2 }),
    voided: overtaken,
  }),
  'moves approved': approved(moving('approved')),
  'moves running, the delegation first': approved(
    moving('running', [], { plan: withDelegation, steps: [{ ...step(), outcome: null }] }),
  ),
  'moves running': approved(moving('running', three(over('moved'), {}, begun))),
  'moves running, one failed': approved(moving('running', three(refused, over('moved'), begun))),
  'moves running, held up': approved(
    moving('running', three(over('moved'), {}, {}), {
      trouble: {
        code: 'host.full',
        summary: 'web-02 waits: hyper-v02 is full.',
        remedy: 'It goes on by itself.',
      },
    }),
  ),
  'moves waiting, for a window': moving('waiting', [], inWindow),
  'moves waiting, with a deadline': moving('waiting', [], {
    intake: signed(withDeadline),
    plan: movesPlan({}, withDeadline),
  }),
  'moves running, the window to come': approved(moving('running', three(), { ...inWindow, steps: [step()] })),
  'moves partial, one left': approved(
    moving('partial', three(over('moved'), over('moved'), leftOver), {
      ...inWindow,
      ending: endedBy(leftOver),
    }),
  ),
  'moves waiting for Windows': approved(
    moving('running', three({ waitingSince: NOW }, {}, {}), {
      plan: withDelegation,
      steps: [step()],
      proof: { ...proved, level: 'converged' },
    }),
  ),
  'moves arrived, being looked at': approved(
    moving('running', three({ ...begun, arrivedAt: NOW }, { ...begun, doubtSince: NOW }, begun)),
  ),
  'moves done': approved(
    moving('done', three(over('moved'), over('there'), over('moved')), { ending: ended }),
  ),
  'moves done, with the delegation': approved(
    moving('done', three(over('moved'), over('moved'), over('moved')), {
      plan: withDelegation,
      steps: [step()],
      proof: proved,
      ending: ended,
    }),
  ),
  'moves done, one unwell': approved(
    moving('done', three(over('moved'), unwell, over('moved')), { ending: ended }),
  ),
  'moves partial': approved(
    moving('partial', three(over('moved'), over('moved'), broken), { ending: endedBy(broken) }),
  ),
  'moves failed': approved(
    moving('failed', three(refused, over('failed'), over('failed')), { ending: endedBy(refused) }),
  ),
  'moves failed before any': approved(
    moving('failed', [], {
      ending: {
        problem: { code: 'decision.not-started', summary: 'No worker began in time.', remedy: 'Ask again.' },
        at: NOW,
      },
    }),
  ),
  'moves stuck': approved(
    moving('stuck', three(bothSides, over('moved'), {}), { ending: endedBy(bothSides) }),
  ),
  'moves stopped': approved(
    moving('stopped', three(over('moved'), {}, {}), { ending: ended, instructions: [said('stop')] }),
  ),
  'moves stopped before any': approved(
    moving('stopped', three(), { ending: ended, instructions: [said('stop')] }),
  ),
  'moves with choices': choosing('waiting'),
  'moves waiting for a choice': toChoose(),
  'moves waiting, stopped on both ways': bothWays(),
  'moves waiting, something chosen': choosing('waiting', [], { voided: chosen }),
  'moves running, machines made ready': approved(
    choosing('running', three(readied(null), { ...readied(NOW), first: 'eject' }, {})),
  ),
  'moves running, one started again': approved(
    choosing('running', three({ ...readied(NOW), ...over('failed') }, over('moved'), {})),
  ),
  'moves done, one left by choice': approved(
    choosing('done', three({ outcome: over('left').outcome ?? null }, over('moved'), over('moved')), {
      ending: ended,
      remaining: [{ host: 'hyper-v01', machines: ['web-01'] }],
    }),
  ),
  'moves partial, one not shut down': approved(
    choosing(
      'partial',
      three({ ...readied(null), ...over('failed', { problem: deaf }) }, over('moved'), {}),
      {
        ending: { problem: deaf, at: NOW },
      },
    ),
  ),
  'moves waiting, others make room': makingRoom('waiting'),
  'moves running, others make room': approved(makingRoom('running', [begun, {}, {}])),
  'moves done, others made room': approved(
    makingRoom('done', [over('moved'), over('moved'), over('moved')], {
      ending: ended,
      remaining: [{ host: 'hyper-v01', machines: [] }],
    }),
  ),
  'moves done, no room was needed': approved(
    makingRoom('done', [{ ...unneeded, intent: null }, over('moved'), over('moved')], {
      ending: ended,
      remaining: [{ host: 'hyper-v01', machines: [] }],
    }),
  ),
  'moves stale': approved(moving('stale', [], { voided: overtaken })),
  'moves denied': (() => {
    const record = moving('denied', [], { ending: ended });
    return { ...record, decisions: [decision(record, 'deny', 'not tonight')] };
  })(),
  'moves expired': moving('expired', [], { ending: ended }),
  'moves withdrawn': moving('withdrawn', [], { ending: ended, instructions: [said('withdraw')] }),
  'moves already so': moving('already-so', [], {
    plan: movesPlan({ hosts: { settings: [], envelope: null }, forecast: null }),
    ending: ended,
  }),
  'moves refused': moving('refused', [], {
    plan: movesPlan({
      hosts: { settings: [], envelope: null },
      forecast: null,
      verdicts: [
        {
          check: 'machine.known',
          verdict: 'refuse',
          sentence: 'No machine “web-01” is on any host that answered.',
          remedy: 'Did you mean web-02?',
        },
      ],
    }),
    ending: { problem: { code: 'machine.known', summary: 'No machine “web-01”.', remedy: '' }, at: NOW },
  }),
};
