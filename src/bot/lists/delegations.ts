import type { KnownBlock } from '@slack/types';
import type { DelegationsAnswer, ProofCheck, SourceCheck } from '../../core/survey/answer';
import { context, header, mrkdwn, plain, plainText, type Message } from '../cards/message';
import { clip, counted, inert, moment } from '../cards/text';
import { hostLines, TRUST_WORDS } from './host-lines';
import { matrixLines } from './matrix-lines';
import { SOURCE_LEGEND, sourceLines } from './source-lines';
import { table } from './table';
import { unreadBlocks } from './unread';

type Overview = Extract<DelegationsAnswer, { kind: 'overview' }>;
type Host = Extract<DelegationsAnswer, { kind: 'host' }>;

/** Raw values of one host as they are shown: exactly, and never half a value. */
const RAW_LENGTH = 1_800;

/** The answer about delegations as one private message. */
export function delegationsMessage(answer: DelegationsAnswer): Message {
  switch (answer.kind) {
    case 'overview':
      return overviewMessage(answer);
    case 'host':
      return hostMessage(answer);
    case 'unknown-host': {
      const near = answer.nearest === null ? '' : ` Did you mean ${answer.nearest}?`;
      const text = `🚫 Nothing is delegated from or to “${clip(answer.name, 100)}”, and no surveyed computer has that name.${near}`;
      return { text: inert(text), blocks: [plain(text)] };
    }
  }
}

function overviewMessage({ overview, checks }: Overview): Message {
  const { sources, server, at, unread } = overview;
  const delegating = sources.filter(({ values }) => values > 0);
  const values = delegating.reduce((sum, source) => sum + source.values, 0);
  const title = `${counted(delegating.length, 'host')} ${delegating.length === 1 ? 'delegates' : 'delegate'} ${counted(values, 'value')}`;
  const raw = delegating.flatMap((source) => source.raw.map((value) => `${source.name}: ${value}`));
  return {
    text: `${title}, read from ${inert(clip(server, 60))} ${moment(at)}.`,
    blocks: [
      header(title),
      ...(sources.length > 0 ? [...table(sourceLines(sources)), plain(SOURCE_LEGEND)] : []),
      ...matrixBlocks(overview),
      ...checkBlocks(checks),
      ...rawBlocks(raw),
      ...unreadBlocks(unread),
      readFrom(server, at),
    ],
  };
}

function matrixBlocks(overview: Overview['overview']): readonly KnownBlock[] {
  const { lines, legend } = matrixLines(overview);
  return lines.length === 0 ? [] : [...table(lines), plain(legend)];
}

function hostMessage({ view, raw, checks, proofs }: Host): Message {
  const { name, host, incoming, server, at } = view;
  const rows = host?.rows ?? [];
  const reach = new Set(rows.filter(({ owner }) => owner !== 'nobody').map((row) => row.host)).size;
  const title = host
    ? `${clip(name, 60)} may act as any user on ${counted(reach, 'host')}`
    : `${clip(name, 60)} does not exist, but is delegated to`;
  const trust = host ? [plain(`Trust: ${TRUST_WORDS[host.trust]}`)] : [];
  const lines = hostLines(rows, incoming);
  const values = rows.flatMap((row) => row.values.map(({ value }) => value));
  return {
    text: `${inert(title)}, read from ${inert(clip(server, 60))} ${moment(at)}.`,
    blocks: [
      header(title),
      ...trust,
      ...(lines.length > 0 ? table(lines) : [plain('Nothing is delegated from it or to it.')]),
      ...checkBlocks(checks),
      ...proofBlocks(name, proofs),
      ...(raw ? rawBlocks(values) : []),
      readFrom(server, at),
    ],
  };
}

function checkBlocks(checks: readonly SourceCheck[] | null): readonly KnownBlock[] {
  if (checks === null) return [];
  const [first] = checks;
  if (!first) return [plain('Verified: there is no list to be read back.')];
  const odd = checks.filter(({ agreeing, servers }) => agreeing < servers);
  const lines = odd.slice(0, 5).map(({ source, agreeing, servers, differing, silent }) => {
    const other = differing.length > 0 ? [`another list on ${differing.join(', ')}`] : [];
    const none = silent.length > 0 ? [`no answer from ${silent.join(', ')}`] : [];
    return `${source}: on ${agreeing} of ${servers}; ${[...other, ...none].join('; ')}`;
  });
  const rest = odd.length > lines.length ? [`… and ${odd.length - lines.length} more`] : [];
  const well = `${checks.length - odd.length} of ${counted(checks.length, 'list')}`;
  const sum = `Verified: ${well} the same on all of ${counted(first.servers, 'domain controller')}.`;
  return [plain([sum, ...lines, ...rest].join('\n'), 1_000)];
}

const PROOF_WORDS: Readonly<Record<ProofCheck['result'], (pair: string) => string>> = {
  granted: (pair) => `✅ the KDC grants ${pair}`,
  refused: (pair) => `❌ the KDC refuses ${pair}`,
  untestable: (pair) => `${pair} is not proved here`,
};

function proofBlocks(source: string, proofs: readonly ProofCheck[]): readonly KnownBlock[] {
  if (proofs.length === 0) return [];
  const lines = proofs.map(({ destination, result }) =>
    PROOF_WORDS[result](`cifs of ${clip(destination, 40)} to ${clip(source, 40)}`),
  );
  return [plain(lines.join('\n'), 1_000)];
}

/** Plain text, so that every character is shown as it is stored. */
function rawBlocks(values: readonly string[]): readonly KnownBlock[] {
  if (values.length === 0) return [];
  const shown: string[] = [];
  let length = 0;
  for (const value of values) {
    length += value.length + 1;
    if (length > RAW_LENGTH) break;
    shown.push(value);
  }
  const rest = values.length - shown.length;
  const more = rest > 0 ? [`… and ${counted(rest, 'more value')}`] : [];
  return [plain(['msDS-AllowedToDelegateTo:', ...shown, ...more].join('\n'))];
}

function readFrom(server: string, at: number): KnownBlock {
  return context([plainText(`Read from ${clip(server, 60)}. Nothing was changed.`), mrkdwn(moment(at))]);
}
