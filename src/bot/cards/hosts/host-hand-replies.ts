import { settingCommands } from '../../../core/hyperv/by-hand';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { saidSettings } from '../../../core/hyperv/said-settings';
import type { HostStep, RequestRecord } from '../../../core/request/record';
import { isWanted, noLongerWanted, type HandReply } from '../hand-wanted';
import { plain, words } from '../message';
import { clip, codeBlock, inert } from '../text';

/** A message's text must stay below 4,000 bytes when its signs are made inert. */
const LONGEST_TEXT = 500;

/** The hosts that people set, one reply each: how, while it is wanted, and later what has become of it. */
export function hostHandReplies(record: RequestRecord): readonly HandReply[] {
  const settings = record.plan?.hosts.settings.filter(({ by }) => by === 'hand') ?? [];
  // Nothing before the worker has begun: until then nobody has looked again whether the plan still holds.
  const hasBegun = isWanted(record) || record.hostSteps.length > 0 || record.voided.length > 0;
  return hasBegun ? settings.map((change) => replyOf(record, change)) : [];
}

function replyOf(record: RequestRecord, change: SettingChange): HandReply {
  const { host, after } = change;
  const over = whyOver(
    record,
    record.hostSteps.find((step) => step.host === host),
  );
  const said = over ?? `✋ A person’s step of ${record.label}, plan ${record.plan?.number ?? 0}`;
  const text = clip(`${said}: set on ${host}: ${saidSettings(after).join(', ')}.`, LONGEST_TEXT);
  const who =
    'Anybody with the right to do so may do it: a Hyper-V Administrator of the host. Handover looks by itself and tells here what it sees.';
  const how = plain('In PowerShell, with the module Hyper-V; change nothing else:');
  return {
    key: `hand-host-${host}`,
    message: over
      ? { text: inert(text), blocks: [plain(text)] }
      : {
          text: inert(`${text} ${who}`),
          blocks: [plain(`${text}\n${who}`), how, words(codeBlock(settingCommands(change).join('\n')))],
        },
  };
}

/** Why nobody is to set it any more, as the beginning of a sentence; null while it is wanted. */
function whyOver(record: RequestRecord, step: HostStep | undefined): string | null {
  const outcome = step?.outcome;
  if (outcome?.kind === 'by-hand') return '✅ Done, and seen on the host';
  if (outcome) return `⚠ Not done as planned (${outcome.problem?.summary ?? outcome.kind})`;
  return isWanted(record) ? null : noLongerWanted(record);
}
