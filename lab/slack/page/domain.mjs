/* The panel beside the chat: what the directory holds, and what the KDC says to it. */
import { flag, safe } from './html.mjs';

const cifsWords = {
  granted: { sign: '✓', word: 'granted' },
  refused: { sign: '✕', word: 'refused' },
  'not-asked': { sign: '?', word: 'not asked' },
};
const heldWords = {
  present: { sign: '✓', word: 'held', names: 'both names' },
  partly: { sign: '½', word: 'held by half', names: 'one name of two' },
  absent: { sign: '–', word: 'not held', names: 'no name' },
};

const time = (iso) => new Date(iso).toLocaleTimeString([], { timeStyle: 'medium' });
/** How a pair is called in the page. */
export const pairKey = ({ from, to }) => `${from} ${to}`;

function cell(pair, chosen) {
  const cifs = cifsWords[pair.cifs.kdc];
  const migration = heldWords[pair.migration.held];
  const label = `${pair.from} to ${pair.to}: cifs ${cifs.word}, migration ${migration.word}`;
  const state = pair.cifs.kdc === 'granted' && pair.migration.held === 'present' ? 'whole' : pair.cifs.kdc;
  return safe`<td><button type="button" class="pair ${state}" data-pair="${pairKey(pair)}" data-testid="pair-${pair.from}-${pair.to}"
    aria-label="${label}" aria-pressed="${flag(pairKey(pair) === chosen)}"><span>${cifs.sign} cifs</span><span>${migration.sign} migr.</span></button></td>`;
}

function matrix({ hosts, pairs }, chosen) {
  const names = hosts.filter(({ role }) => role === 'ordinary').map(({ name }) => name);
  const row = (from) => {
    const cells = names.map((to) => {
      const pair = pairs.find((one) => one.from === from && one.to === to);
      return pair ? cell(pair, chosen) : safe`<td class="self" aria-hidden="true">·</td>`;
    });
    return safe`<tr><th scope="row">${from}</th>${cells}</tr>`;
  };
  return safe`<table class="matrix"><caption>May the host at the left act for users on the host above?</caption>
    <thead><tr><td></td>${names.map((name) => safe`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${names.map(row)}</tbody></table>`;
}

function kdcSentence({ from, to, cifs }) {
  if (cifs.kdc === 'not-asked') return safe`There is no KDC here, so nobody was asked.`;
  const word = (kdc) => safe`<b class="${kdc}">${kdc}</b>`;
  const before = cifs.before && safe`${word(cifs.before.kdc)} → `;
  return safe`<span class="verdict" data-testid="verdict">KDC: ${before}${word(cifs.kdc)}</span>
    Asked at ${time(cifs.askedAt)} by S4U2Self and S4U2Proxy: a ticket for <code>cifs/${to}</code> in a user’s name, with the key of ${from}.`;
}

const values = (list) =>
  list.length === 0
    ? safe`<i>nothing</i>`
    : safe`<ul class="values">${list.map((one) => safe`<li><code>${one}</code></li>`)}</ul>`;

function detail(picture, chosen) {
  const pair = picture.pairs.find((one) => pairKey(one) === chosen);
  if (!pair) return safe`<p class="quiet">Choose a cell to see what stands behind it.</p>`;
  const { from, to, cifs, migration } = pair;
  return safe`<section class="detail" data-testid="pair-detail"><h3>${from} → ${to}</h3>
    <p>${kdcSentence(pair)}</p>
    <p>The list of ${from} in the directory has ${heldWords[cifs.held].names} for cifs and ${heldWords[migration.held].names} for the migration service.${picture.kind === 'samba' && ' The latter is only read over LDAP: Samba’s KDC cannot look up names with spaces.'}</p>
    <p>All values of the list:</p>${values(picture.hosts.find(({ name }) => name === from).values)}</section>`;
}

function editForm({ hosts }, notice) {
  const ordinary = hosts.filter(({ role }) => role === 'ordinary');
  const members = hosts.filter(({ role }) => role !== 'domain-controller');
  const option = ({ name }) => safe`<option>${name}</option>`;
  return safe`<details class="edit" data-testid="other-admin"><summary>Let another administrator edit</summary>
    <form id="edit"><p>To try what happens when a plan is overtaken: while a card waits, change one of its hosts behind Handover’s back, then press Approve.</p>
    <label>On <select name="host" data-testid="edit-host">${ordinary.map(option)}</select></label>
    <label><select name="action" aria-label="Action" data-testid="edit-action"><option value="add">add</option><option value="delete">remove</option></select></label>
    <label>cifs of <select name="to" data-testid="edit-to">${ordinary.toReversed().map(option)}</select></label>
    <button data-testid="edit-send">Edit now</button><p class="error" role="alert">${notice}</p></form>
    <form id="trust"><p>To do a person’s step: a card that waits for one says of which host.</p>
    <label>On <select name="host" data-testid="trust-host">${members.map(option)}</select></label>
    <button data-testid="trust-send">Set “Use any authentication protocol”</button></form></details>`;
}

function others({ hosts }) {
  const rows = hosts
    .filter(({ role }) => role !== 'ordinary')
    .map(
      ({ name, wrong, values: held }) =>
        safe`<li><code>${name}</code> <span>${wrong}</span>${held.length > 0 && safe` <small>holds ${held.join(', ')}</small>`}</li>`,
    );
  return safe`<details class="others" data-testid="decoys"><summary>Hosts that are wrong on purpose (${rows.length})</summary>
    <p>Ask for a delegation with one of these and see what Handover says.</p><ul>${rows}</ul></details>`;
}

/** The whole panel. `chosen` is the `pairKey` that is looked at, `editNotice` why the last edit was refused. */
export function domainPanel(picture, { chosen, editNotice }) {
  const isSimulated = picture.kind === 'simulated';
  const source = isSimulated
    ? safe`Simulated directory: <b>nothing here is proved.</b>`
    : safe`A real Samba domain, read at ${time(picture.readAt)}. Its KDC is asked again whenever a list or a trust mode has changed; each pair says when.`;
  return safe`<p class="${isSimulated && 'warning'}">${source}</p>${matrix(picture, chosen)}
    <p class="legend"><span>✓ granted, or held</span> <span>✕ refused</span> <span>– not held</span>${isSimulated && safe` <span>? nobody to ask</span>`}</p>
    ${detail(picture, chosen)}
    ${!isSimulated && safe`<p><button type="button" id="ask-again" data-testid="ask-again">Ask the KDC again</button></p>`}
    ${editForm(picture, editNotice)}${others(picture)}`;
}
