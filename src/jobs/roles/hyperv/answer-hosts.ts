import { z } from 'zod';
import type { HostReading, WindowsFailure } from '../../../core/hyperv-port';
import type { HostsAnswer, MoveAnswer } from '../../../core/hyperv/hosts-answer';
import { isMoveAsk } from '../../../core/commands/ask';
import { parseCommand } from '../../../core/commands/parse';
import type { Prepared } from '../../../core/hyperv/prepare-hosts';
import { Fault } from '../../../core/problem';
import { Person } from '../../../core/request/record-schema';
import type { Person as By } from '../../../core/request/statement';
import type { Preview } from '../../preview';
import { deriveHosts, isHostAsk } from './derive-hosts';
import { tell, type Told } from '../told';
import { findMoves } from './moves/plan-moves';
import type { HostEffectorParts, HyperVParts } from './parts';

const Name = z.string().min(1).max(64);

const Question = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('ping') }),
  z.strictObject({ about: z.literal('hosts'), hosts: z.array(Name).max(256).nullable() }),
  z.strictObject({ about: z.literal('plan'), command: z.string().max(2_000) }),
  z.strictObject({ about: z.literal('moves'), command: z.string().max(2_000), by: Person }),
  z.strictObject({
    about: z.literal('move'),
    from: Name,
    to: Name,
    machine: z.string().max(200).nullable(),
  }),
]);

type Answer = 'pong' | HostsAnswer | MoveAnswer | Prepared | Preview;

/** Answers whatever is asked of the role. Nothing is changed by any of it. */
export async function answerHyperV(parts: HostEffectorParts, question: unknown): Promise<Told<Answer>> {
  const asked = Question.parse(question);
  return tell(() => answerTo(parts, asked));
}

async function answerTo(parts: HostEffectorParts, asked: z.infer<typeof Question>): Promise<Answer> {
  switch (asked.about) {
    case 'ping':
      return 'pong';
    case 'hosts':
      return readHosts(parts, asked.hosts);
    case 'move':
      return lookAtMove(parts, asked);
    case 'plan':
      return previewPlan(parts, asked.command);
    case 'moves':
      return previewMoves(parts, asked);
  }
}

/** The same reading, guards and derivation as of a request, and no request. */
async function previewPlan(parts: HostEffectorParts, command: string): Promise<Prepared> {
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok || !isHostAsk(parsed.ask)) throw new Error('not a question about setting hosts');
  return deriveHosts(parts, parsed.ask, null);
}

async function previewMoves(
  parts: HostEffectorParts,
  { command, by }: { command: string; by: By },
): Promise<Preview> {
  const parsed = parseCommand('/hv', command);
  if (!parsed.ok || !isMoveAsk(parsed.ask)) throw new Error('not a question about moving machines');
  const { planned, directory, verdicts } = await findMoves(parts, parsed.ask, { by, at: parts.clock.now() });
  if (verdicts.some(({ verdict }) => verdict === 'refuse')) return { verdicts, part: null };
  if (!('forecast' in planned)) return { verdicts, part: directory, moves: null };
  const { forecast } = planned;
  if (planned.kind === 'to-choose')
    return { verdicts, part: directory, moves: { hosts: { settings: [], envelope: null }, forecast } };
  const { settings, envelope } = planned;
  return { verdicts, part: directory, moves: { hosts: { settings, envelope }, forecast } };
}

/** Only hosts that this worker is set up for are ever asked: a name from a message reaches nothing else. */
async function readHosts(
  { hyperV, settings }: HyperVParts,
  names: readonly string[] | null,
): Promise<HostsAnswer> {
  const wanted = (names ?? settings.hosts).map((name) => name.toLowerCase());
  const known = wanted.filter((name) => settings.hosts.includes(name));
  const unknown = wanted.filter((name) => !known.includes(name));
  return { hosts: await hyperV.inventory(known), unknown };
}

/** Both ends of a move, and what Windows finds about the machine. */
export async function lookAtMove(
  parts: HyperVParts,
  asked: { from: string; to: string; machine: string | null },
): Promise<MoveAnswer> {
  const { hosts, unknown } = await readHosts(parts, [asked.from, asked.to]);
  const [from, to] = hosts;
  if (!from || !to || unknown.length > 0) throw unknownHost(unknown);
  const machines = meant(from, asked.machine);
  const [machine, ...others] = machines;
  const isTried = machine !== undefined && (others.length === 0 || asked.machine === null);
  const found = isTried ? await compare(parts, { machine, from: from.host, to: to.host }) : null;
  return { from, to, machines, found };
}

/** By id or name; without either any that runs. */
function meant({ facts }: HostReading, wanted: string | null): readonly string[] {
  const all = facts?.machines ?? [];
  if (wanted === null) return all.filter(({ state }) => state === 'running').map(({ id }) => id);
  const name = wanted.toLowerCase();
  return all
    .filter((machine) => machine.id === name || machine.name.toLowerCase() === name)
    .map(({ id }) => id);
}

/** Null when it is not known: then the other checks say what they can. */
async function compare(
  { hyperV }: HyperVParts,
  order: { machine: string; from: string; to: string },
): Promise<readonly WindowsFailure[] | null> {
  return hyperV.compare({ ...order, storage: null }).catch(() => null);
}

function unknownHost(names: readonly string[]): Fault {
  return new Fault({
    code: 'hyperv.unknown-host',
    retry: 'never',
    message: `The Windows worker is not set up for ${names.map((name) => `“${name}”`).join(' and ')}.`,
    remedy: 'Name a host of hyperv.hosts in handover.yaml, or have it added there.',
  });
}
