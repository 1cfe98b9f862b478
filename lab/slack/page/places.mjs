/* The list of channels at the side, and what stands above and in an empty place. */
import { flag, safe } from './html.mjs';

function place({ id, name, sign, unread = 0 }, current) {
  const isUnread = unread > 0 && id !== current;
  return safe`<button type="button" id="p-${id}" data-place="${id}" data-testid="place-${name}" class="${isUnread && 'unread'}" aria-current="${flag(id === current)}">
    <span class="sign" aria-hidden="true">${sign}</span><span>${name}</span>
    ${isUnread && safe`<span class="count" aria-label="${unread} unread">${unread}</span>`}</button>`;
}

/** Channels of this person, then the direct message with the app, whose first tab is its Home. */
export function placeList({ channels, direct, current }) {
  const rows = channels.map((one) => place({ ...one, sign: one.isPrivate ? '🔒' : '#' }, current));
  return safe`<h2>Channels</h2>${rows}<h2>Apps</h2>
    ${place({ id: 'app', name: 'Handover', sign: '◆', unread: direct?.unread }, current)}`;
}

/** The line above the messages: where one is, and for the app its two tabs. */
export function placeHead({ current, channel, tab, memberCount }) {
  if (current !== 'app') return safe`<h2># ${channel?.name}</h2><small>${memberCount} members</small>`;
  const tabs = [
    ['home', 'Home'],
    ['messages', 'Messages'],
  ].map(
    ([id, name]) =>
      safe`<button type="button" role="tab" id="tab-${id}" data-tab="${id}" data-testid="tab-${id}" aria-selected="${flag(tab === id)}">${name}</button>`,
  );
  return safe`<h2>Handover <small class="badge">APP</small></h2><div role="tablist" aria-label="Handover">${tabs}</div>`;
}

/** What a newcomer reads where nothing was said yet. `example` is a whole command. */
export function welcome({ channelName, example, isApp, isSimulated }) {
  if (isApp)
    return safe`<div class="welcome"><h3>Your messages with Handover</h3>
      <p>Nothing was said here yet. Commands work everywhere: type <code>/hv help</code>.</p></div>`;
  if (channelName === 'approvals')
    return safe`<div class="welcome"><h3>Nothing waits for approval here</h3>
      <p>What somebody asks for in private, or where Handover is no member, gets its card here. What is asked for in a channel gets its card there.</p></div>`;
  if (!example) return safe`<div class="welcome"><h3>Nothing here yet</h3></div>`;
  return safe`<div class="welcome"><h3>Ask for a delegation</h3>
    <ol><li>As <b>Requester</b>, send the line below. Handover looks at the domain and answers with a card.</li>
    <li>As <b>Approver</b> (“Act as”, at the top), read what will change and press Approve. Nobody approves what they asked for themselves.</li>
    <li>Watch <b>Domain</b>: ${isSimulated ? 'the values appear in the simulated directory' : 'the KDC’s word for cifs turns from refused to granted'}.</li></ol>
    <p><button type="button" class="primary" data-fill="${example}" data-testid="fill-example">Write it for me</button></p><pre>${example}</pre></div>`;
}
