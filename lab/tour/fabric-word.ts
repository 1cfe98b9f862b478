import { hold, until, type Stage } from './stage';

/** How a machine is, as far as a story claims it. */
export interface MachineWord {
  readonly name: string;
  readonly host: string;
}

/** The part of `GET /_lab/fabric` that stories go by. */
interface Fabric {
  readonly judge: string;
  readonly machines: readonly {
    readonly id: string;
    readonly name: string;
    readonly host: string;
    readonly state: string;
    readonly heartbeat: string;
    readonly startedAt: number;
  }[];
  readonly copies: readonly { readonly machine: string }[];
}

/**
 * Says where the fabric has a machine, and holds that it runs there, is well, was never started anew, and is nowhere else. Where no KDC gives the
 * fabric its tickets the stage is told that nothing was proved. Gives when the machine was started, by the fabric's clock.
 */
export async function expectFabric(
  stage: Stage,
  { name, host }: MachineWord,
  startedAt?: number,
): Promise<number> {
  const { judge, machines, copies } = await readFabric(stage);
  if (judge !== 'kdc') stage.unproved('no KDC gives hosts their tickets');
  const found = machines.filter((machine) => machine.name === name);
  const [machine] = found;
  hold(machine !== undefined && found.length === 1, `the fabric has ${name} ${found.length} times`);
  const isCopied = copies.some((copy) => copy.machine === machine.id);
  stage.say(`Fabric: ${name} on ${machine.host}   ${machine.state}, heartbeat ${machine.heartbeat}`);
  hold(machine.host === host, `${name} is on ${machine.host}, not on ${host}`);
  hold(machine.state === 'running' && machine.heartbeat === 'ok', `${name} is not well`);
  hold(!isCopied, `a copy of ${name} was left behind`);
  hold(startedAt === undefined || startedAt === machine.startedAt, `${name} was started anew on the way`);
  return machine.startedAt;
}

/** Which machines the fabric has, as far as stories compare before and after. */
export interface Roster {
  /** By machine: its host, and when it was started. */
  readonly machines: ReadonlyMap<string, { readonly host: string; readonly startedAt: number }>;
}

/**
 * Says who is on which of these hosts, and gives where every machine of the fabric is. Holds that each is there once, without a copy, running and
 * well if it runs, and was not started anew since `before`.
 */
export async function expectRoster(
  stage: Stage,
  hosts: readonly string[],
  before: Roster | null,
): Promise<Roster> {
  const { judge, machines, copies } = await readFabric(stage);
  if (judge !== 'kdc') stage.unproved('no KDC gives hosts their tickets');
  for (const host of hosts) {
    const names = machines.filter((machine) => machine.host === host).map(({ name }) => name);
    stage.say(
      `Fabric: ${host}   ${names.length} ${names.length === 1 ? 'machine' : 'machines'}: ${names.toSorted().join(', ')}`,
    );
  }
  const names = machines.map(({ name }) => name);
  hold(new Set(names).size === names.length, `a machine is there twice: ${names.toSorted().join(', ')}`);
  hold(copies.length === 0, `copies were left behind: ${JSON.stringify(copies)}`);
  for (const { name, state, heartbeat } of machines)
    hold(state !== 'running' || heartbeat === 'ok', `${name} is not well`);
  const roster = new Map(machines.map(({ name, host, startedAt }) => [name, { host, startedAt }]));
  for (const [name, { startedAt }] of before?.machines ?? []) {
    const now = roster.get(name);
    hold(now !== undefined, `${name} is gone`);
    hold(now.startedAt === startedAt, `${name} was started anew on the way`);
  }
  return { machines: roster };
}

/** Lets so many seconds pass on the fabric in one, from now on. */
export async function setPace(stage: Stage, scale: number): Promise<void> {
  await order(stage, { action: 'time-scale', scale });
}

/** Does something to the fabric that has to be taken. */
export async function order({ client }: Stage, action: object): Promise<void> {
  const done = await client.post('/_lab/fabric', action);
  hold(done['ok'] === true, `the fabric refused ${JSON.stringify(action)}: ${JSON.stringify(done)}`);
}

async function readFabric({ client }: Stage): Promise<Fabric> {
  // SAFETY: the route of the same program answers so.
  return until('the fabric', async () => (await client.get('/_lab/fabric')) as unknown as Fabric);
}
