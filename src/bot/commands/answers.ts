import type { KnownBlock } from '@slack/types';
import type { ChangeAsk } from '../../core/commands/ask';
import { helpFor } from '../../core/commands/help';
import type { CommandProblem } from '../../core/commands/parse';
import { findVerb, ownerOf, usageOf, type CommandEntry } from '../../core/commands/verbs';
import type { DirectoryPart, Verdict } from '../../core/delegation/plan';
import { listChanges } from '../../core/delegation/powers';
import type { SettingChange } from '../../core/hyperv/host-settings';
import { mayUse } from '../../core/policy/use';
import type { Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import type { Preview } from '../../jobs/client';
import { setSaid } from '../cards/hosts/host-sentence';
import { settingLines } from '../cards/hosts/setting-lines';
import { folded, header, plain, words, type Message } from '../cards/message';
import { namesSaid } from '../cards/names';
import { wouldSentence } from '../cards/power';
import {
  changeBlocks,
  isCrowded,
  isShownWhole,
  moveBlocks,
  refusalBlocks,
  warningBlocks,
} from '../cards/plan-blocks';
import { LISTED_LATER } from '../plan-pages/place-line';
import { openFormRow } from '../forms/open-button';
import { clip, codeBlock, inert } from '../cards/text';

/** How many values the plain sentence of a plan names. */
const VALUES_IN_TEXT = 8;

/** A private answer of one sentence in inert mrkdwn. */
export function sentence(text: string): Message {
  return { text, blocks: [] };
}

/** What was not understood: where, what could stand there, how the command is written, and a form filled with the rest. */
export function problemAnswer(entry: CommandEntry, problem: CommandProblem, typed: string): Message {
  const { summary, expected, nearest, caret } = problem;
  const verb = ownerOf(entry) ?? findVerb(typed.trim().split(' ', 1)[0] ?? '');
  const hints = [
    `Expected: ${expected}`,
    ...(nearest === null ? [] : [`Did you mean: ${nearest}`]),
    ...(verb ? [`Usage: ${usageOf(verb)}`] : []),
    'Nothing was recorded.',
  ];
  return {
    text: inert(`🚫 ${summary} ${hints.join('. ')}`),
    blocks: [
      plain(`🚫 ${summary}`),
      words(codeBlock(caret)),
      plain(hints.join('\n')),
      openFormRow(entry, typed),
    ],
  };
}

/** Help about one verb, or about everything that the policy lets this person ask for. */
export function helpAnswer(about: string | null, policy: Policy, by: Person): Message {
  return { text: helpFor(about, ({ needs }) => mayUse(policy, needs, by)), blocks: [] };
}

/** What a request would change, as a worker answered. */
export function previewAnswer(
  { verdicts, part, settings, moves }: Preview,
  ask: ChangeAsk | null = null,
): Message {
  if (!part) {
    const refused = '⛔ This would be refused. Nothing was changed, and no request was made.';
    return { text: refused, blocks: [plain(refused), ...refusalBlocks(verdicts)] };
  }
  const said = 'Only a plan: nothing was changed, and nobody was asked.';
  if (settings) return hostsPreview({ settings, verdicts }, ask, said);
  if (moves !== undefined) return movesPreview(moves, { verdicts, part, said });
  const claim = wouldSentence(part, ask);
  const plan = { directory: part, hosts: { settings: [], envelope: null }, forecast: null };
  const blocks: KnownBlock[] = [
    header(claim),
    plain(`🔎 ${said}`),
    ...changeBlocks(part, 'Planned'),
    ...(part.changes.length > 0 && !isShownWhole(plan) ? [plain(LISTED_LATER)] : []),
    ...warningBlocks(verdicts, isCrowded(plan) ? 400 : 700),
  ];
  return { text: `${inert(claim)}.${valuesText('add', part)}${valuesText('remove', part)} ${said}`, blocks };
}

function hostsPreview(
  { settings, verdicts }: { settings: readonly SettingChange[]; verdicts: readonly Verdict[] },
  ask: ChangeAsk | null,
  said: string,
): Message {
  const names = namesSaid(settings.map(({ host }) => host));
  const set = setSaid(ask?.verb === 'undo' || ask?.verb === 'prepare' ? ask : null);
  const claim = names === '' ? `These hosts are ${set} already` : `${names} would be ${set}`;
  const lines = folded(settingLines(settings).join('\n')).map((text) => plain(text));
  const blocks = [header(claim), plain(`🔎 ${said}`), ...lines, ...warningBlocks(verdicts, 700)];
  return { text: `${inert(claim)}. ${said}`, blocks };
}

function movesPreview(
  moves: NonNullable<Preview['moves']> | null,
  { verdicts, part, said }: { verdicts: readonly Verdict[]; part: DirectoryPart; said: string },
): Message {
  const envelope = moves?.hosts.envelope;
  const claim = envelope
    ? `${namesSaid(envelope.machines.map(({ name }) => name))} would move to ${namesSaid(envelope.destinations)}`
    : moves
      ? 'Nothing would move as it is: a choice would be needed'
      : 'These machines are there already';
  const plan = moves && { ...moves, directory: part };
  const blocks = [
    header(clip(claim, 140)),
    plain(`🔎 ${said}`),
    ...(part.changes.length > 0 ? changeBlocks(part, 'Planned') : []),
    ...(plan ? moveBlocks(plan, 'Planned') : []),
    ...(plan && !isShownWhole(plan) ? [plain(LISTED_LATER)] : []),
    ...warningBlocks(verdicts, plan && isCrowded(plan) ? 400 : 700),
  ];
  return { text: `${inert(claim)}. ${said}`, blocks };
}

function valuesText(what: 'add' | 'remove', part: DirectoryPart): string {
  const values = listChanges(part)
    .flatMap((change) => change[what])
    .slice(0, VALUES_IN_TEXT);
  return values.length === 0 ? '' : ` It would ${what} ${inert(clip(values.join(', '), 1_000))}.`;
}

/** That no request of this label is in the ledger. */
export function missingText(label: string, isArchived: boolean): string {
  if (!isArchived) return `There is no request ${inert(label)}.`;
  return `${inert(label)} is long over and was archived: “handover audit show ${inert(label)}” on a worker’s host tells its story.`;
}
