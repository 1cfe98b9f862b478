import { ApiError } from '../../lab/slack/api-error';
import type { Surface } from '../../lab/slack/blocks/rule';
import type { Fields } from '../../lab/slack/fields';
import { fieldsIn, isFields, textIn } from '../../lab/slack/fields';
import { checkedContent } from '../../lab/slack/web-api/content';
import { checkedView } from '../../lab/slack/web-api/views';

/** Fails unless Slack, by the stand-in's own rules, takes this message (text and blocks) or view as it goes over the wire. */
export function expectSlackTakes(said: object, surface: Surface): void {
  expect(refusals(said, surface)).toEqual([]);
}

function refusals(said: object, surface: Surface): string[] {
  const sent: unknown = JSON.parse(JSON.stringify(said));
  if (!isFields(sent)) return ['nothing was said'];
  try {
    if (surface === 'message') checkMessage(sent);
    else checkedView(sent, surface);
    return [];
  } catch (error) {
    if (error instanceof ApiError) return [error.code, ...error.details];
    throw error;
  }
}

function checkMessage(sent: Fields): void {
  const text = textIn(sent, 'text');
  checkedContent({ text, blocks: fieldsIn(sent['blocks']) });
  if (text === '') throw new ApiError('no_text', ['phones and screen readers get nothing else']);
}
