import { isFields } from '../../../lab/slack/fields';
import type { Message } from '../../../src/bot/cards/message';
import { overLimits } from '../../../src/bot/cards/limits';

/** One text that people read, and what it is part of. */
interface Text {
  readonly text: string;
  readonly isMarkup: boolean;
  /** A header, a button's words, a section …: the type of what holds it. */
  readonly of: string;
}

/** Signs that stand for a state: none of them may stand without a word. */
const SIGNS = /[\p{Extended_Pictographic}\p{So}]/u;
/** Ids of people, channels and groups, which Slack only shows by name within angle brackets. */
const SLACK_ID = /(?<![A-Za-z0-9<@#^_-])[UWCDGS]0[A-Z0-9]{4,}(?![A-Za-z0-9])/;
const HEX_ID = /(?<![0-9a-f])[0-9a-f]{32}(?:[0-9a-f]{32})?(?![0-9a-f])/;
const UNSAID = /\b(?:undefined|NaN|null|\[object Object\])\b/;

/** What is wrong with a message, in words; empty for one that anybody can read, also on a phone and without colours. */
export function lintMessage(message: Message): readonly string[] {
  return [...overLimits(message), ...fallbackFaults(message.text), ...lintBlocks(message.blocks)];
}

/** The same for blocks of a message or a view. */
export function lintBlocks(blocks: readonly unknown[]): readonly string[] {
  return textsIn(blocks, 'blocks').flatMap(textFaults);
}

/** Phones and screen readers get nothing but this: it has to be a whole sentence. */
function fallbackFaults(text: string): readonly string[] {
  const said = text.replaceAll(/<[^>]*>/g, 'X');
  return [
    ...(/\p{L}{2,}.*\s.*\p{L}{2,}/su.test(said) ? [] : [`the text is no sentence: ${text}`]),
    ...(/[.!?:…)`]$/.test(said.trim()) ? [] : [`the text has no end: ${text.slice(-60)}`]),
    ...textFaults({ text, isMarkup: true, of: 'text' }),
  ];
}

function textFaults({ text, isMarkup, of }: Text): readonly string[] {
  // What Slack makes of a mention is a name; what stands in code is meant to be copied.
  const bare = isMarkup ? text.replaceAll(/```[\s\S]*?```|`[^`]*`|<[^>]*>/g, ' … ') : text;
  return [
    ...(SIGNS.test(text) && !/\p{L}{2,}/u.test(text) ? [`a ${of} has a sign and no word: ${text}`] : []),
    ...(SLACK_ID.test(bare) ? [`a ${of} shows an id: ${SLACK_ID.exec(bare)?.[0]}`] : []),
    ...(HEX_ID.test(bare) ? [`a ${of} shows an id: ${HEX_ID.exec(bare)?.[0]}`] : []),
    ...(UNSAID.test(bare) ? [`a ${of} says ${UNSAID.exec(bare)?.[0]}`] : []),
    ...(/ {2,}\S.*[.]$/.test(bare) && of === 'button' ? [`a ${of} has a hole: ${text}`] : []),
  ];
}

/** Every text in blocks, values of buttons left out: those are for the bot. */
function textsIn(value: unknown, of: string): readonly Text[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, of));
  if (!isFields(value)) return [];
  const type = typeof value['type'] === 'string' ? value['type'] : of;
  if (type === 'plain_text' || type === 'mrkdwn') {
    return [{ text: String(value['text']), isMarkup: type === 'mrkdwn', of }];
  }
  return Object.entries(value).flatMap(([key, inner]) => (key === 'value' ? [] : textsIn(inner, type)));
}
