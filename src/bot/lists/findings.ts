import type { Button, KnownBlock } from '@slack/types';
import { digest } from '../../core/canonical';
import { COMMAND_ACTION } from '../actions/command-button';
import type { ComparedFinding, ComparedFindings } from '../../core/findings/baseline';
import type { Finding, FindingCode } from '../../core/findings/finding';
import { context, header, mrkdwn, plain, plainText, row, words, type Message } from '../cards/message';
import { clip, codeBlock, counted, inert, moment } from '../cards/text';
import { unreadBlocks } from './unread';

/** Findings in one message: more is no list to work through on a phone, and Slack takes no more text. */
const MOST_FINDINGS = 8;
/** Findings in the sentence that phones and screen readers get. */
const MOST_IN_TEXT = 3;
const RISK_LENGTH = 500;
const REMEDY_LENGTH = 200;
/** With every sign escaped it still fits into one section. */
const LONGEST_FIX = 700;

/** What each code is about, with its sign: the worst are red. */
const TITLES: Readonly<Record<FindingCode, string>> = {
  'target.controller': '🛑 Delegation to a domain controller',
  'target.tier0': '🛑 Delegation to Tier 0',
  'source.unconstrained': '🛑 Trusted for any service',
  'spn.ghost': '🛑 Delegation to nobody',
  'spn.taken': '⚠ A name held by another',
  'spn.duplicate': '⚠ A name held twice',
  'rbcd.present': '⚠ Resource-based delegation',
  'service.unexpected': '⚠ A service no move needs',
  'source.kerberos-only': '⚠ Kerberos only',
  'pair.one-way': '↪ One way only',
  'name.short-only': '↪ Short name only',
  'name.fqdn-only': '↪ Full name only',
  'value.not-ours': 'ℹ Not written by Handover',
};

const FIX_WORDS: Readonly<Record<Finding['fix']['kind'], string>> = {
  command: 'Ask for it here:',
  'by-hand': 'By hand, as a domain administrator:',
  look: 'Look at it:',
};

/** The findings as one private message: the worst first, what is new marked, what does not fit counted by kind. */
export function findingsMessage({ findings, server, at, unread, baseline }: ComparedFindings): Message {
  const news = findings.filter(({ isNew }) => isNew).length;
  const shown = findings.slice(0, MOST_FINDINGS);
  const count = findings.length === 0 ? 'No findings' : counted(findings.length, 'finding');
  const title = news > 0 ? `${count}, ${news} new` : count;
  const since = baseline.isFirst
    ? 'This is the first run: it is the baseline, and later runs mark what is new.'
    : `New is what was not there ${moment(baseline.at)}.`;
  const blocks: KnownBlock[] = [
    header(title),
    ...(findings.length === 0 ? [plain('Nothing about delegation is out of order.')] : []),
    ...shown.flatMap(findingBlocks),
    ...restBlocks(findings.slice(MOST_FINDINGS)),
    ...unreadBlocks(unread),
    context([
      plainText(`Read from ${clip(server, 60)}. Nothing was changed.`),
      mrkdwn(moment(at)),
      mrkdwn(since),
    ]),
  ];
  return { text: `${title}. ${inert(clip(inText(shown), 1_000))}`.trim(), blocks };
}

/** What a finding is about, on one line. */
export function findingTitle({ code, hosts, isNew }: ComparedFinding): string {
  return `${TITLES[code]}: ${clip(hosts.join(' → '), 80)}${isNew ? ' · NEW' : ''}`;
}

function findingBlocks(finding: ComparedFinding): readonly KnownBlock[] {
  const { risk, remedy, fix } = finding;
  const body = `${findingTitle(finding)}\n${clip(risk, RISK_LENGTH)}\nTo do: ${clip(remedy, REMEDY_LENGTH)}`;
  // Half a line must not be copied.
  if (fix.text.length > LONGEST_FIX) return [plain(`${body}\nThe step is too long to be shown here.`)];
  const step = [plain(body), words(`${FIX_WORDS[fix.kind]}\n${codeBlock(fix.text)}`)];
  return fix.kind === 'by-hand' ? step : [...step, row([commandButton(fix)])];
}

/** The button that asks for what would put a finding right, or shows more of it. It carries the command as it is typed. */
function commandButton({ kind, text }: Finding['fix']): Button {
  const label = kind === 'look' ? 'Look at it' : 'Ask for it';
  return {
    type: 'button',
    action_id: `${COMMAND_ACTION}.${digest(text).slice(0, 12)}`,
    text: plainText(label),
    value: text,
  };
}

function restBlocks(rest: readonly Finding[]): readonly KnownBlock[] {
  if (rest.length === 0) return [];
  const codes = [...new Set(rest.map(({ code }) => code))];
  const kinds = codes.map((code) => `${rest.filter((each) => each.code === code).length} × ${TITLES[code]}`);
  return [plain(`… and ${rest.length} more: put these right first, then ask again.\n${kinds.join('\n')}`)];
}

function inText(findings: readonly Finding[]): string {
  return findings
    .slice(0, MOST_IN_TEXT)
    .map(({ code, hosts }) => `${TITLES[code]}: ${hosts.join(' → ')}.`)
    .join(' ');
}
