/* The stand-in's control API, as the page uses it. */

async function ask(path, init) {
  const response = await fetch(path, init);
  return response.json();
}

/** GET with a query; undefined values are left out. */
export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return ask(`/_lab/${path}?${new URLSearchParams(given)}`);
}

/** POST of JSON. */
export const post = (path, body) =>
  ask(`/_lab/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Said when the practice domain is gone. A lab that is started again has a new address. */
export const SILENT =
  'The practice domain does not answer. Is “npm run lab” still running? If you started it again, open the address it printed.';

/** What stands behind Slack's error names, for who plays with the practice domain. */
const reasons = {
  operation_timeout: 'Handover did not answer within three seconds. Do its programs run?',
  dispatch_failed: 'Handover is not connected, so nothing reached it.',
  bot_not_in_channel: 'Handover is not in this channel. Write in another one.',
  not_in_channel: 'You are not in this channel.',
  no_such_action: 'This button is no longer there: the message has changed.',
  view_not_found: 'This form is no longer open.',
};

/** What a person should read after an answer; empty if all went well or the form shows it. */
export function sentenceOf({ ok, errors, detail, error, messages = [] }) {
  if (ok || errors) return '';
  // Slack delivers an event again at once, after a minute and after five.
  const isPosted = messages.length > 0 && ['operation_timeout', 'dispatch_failed'].includes(error);
  if (isPosted) return 'Your message stands here. Handover has not answered yet; Slack tries it again.';
  const said = [detail, reasons[error]].filter((sentence) => sentence !== undefined);
  return said.length > 0 ? said.join(' ') : `That did not work. Slack’s word for it: ${error}.`;
}
