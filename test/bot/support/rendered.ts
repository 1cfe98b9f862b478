import type { KnownBlock } from '@slack/types';
import type { Message } from '../../../src/bot/cards/message';

/** A message as lines: `text` first, then one block after the other; buttons in brackets, plain text marked with `|`. */
export function rendered({ text, blocks }: Message): string {
  return [`> ${text}`, ...blocks.flatMap(linesOf)].join('\n');
}

function linesOf(block: KnownBlock): string[] {
  switch (block.type) {
    case 'header':
      return [`# ${block.text.text}`];
    case 'section':
      return block.text ? marked(block.text) : [];
    case 'context':
      return [block.elements.map((each) => ('text' in each ? each.text : '(image)')).join(' · ')];
    case 'actions':
      return [
        block.elements.map((each) => `[${each.type === 'button' ? each.text.text : each.type}]`).join(' '),
      ];
    default:
      return [`(${block.type})`];
  }
}

function marked({ type, text }: { type: string; text: string }): string[] {
  return text.split('\n').map((line) => (type === 'plain_text' ? `| ${line}` : line));
}

/** The lines of a card that differ from state to state: without its sentence of asking, the change and what was asked. */
export function essence(message: Message): string[] {
  return rendered(message)
    .split('\n')
    .filter((line) => !/^\| (?:[=+] {2}|Risk: |Reason given: |Ticket: )/.test(line))
    .map((line) => line.replace(' Asked by <@U0REQUESTER>.', '').replace(/ \(CN=.*\)$/, ''))
    .filter((line) => !/^(?:Asked <!date|Plan \d)/.test(line));
}
