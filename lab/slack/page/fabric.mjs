/* The panel of hosts: who runs where, what is on its way, and what can be done to them. */
import { safe } from './html.mjs';

const GB = 1024 ** 3;
const gigabytes = (bytes) => `${Math.round(bytes / GB)} GB`;
const minutes = (ms) => Math.max(1, Math.ceil(ms / 60_000));

/** Why moves go wrong on purpose, as people say it. */
const faults = {
  halfway: 'fail halfway',
  hangs: 'hang',
  'reply-lost': 'lose its reply',
  'both-sides': 'leave the machine at both hosts',
  unreachable: 'arrive unheard',
};
const states = { running: '', off: 'off', saved: 'saved', paused: 'paused' };

const percentOf = ({ leftBytes, totalBytes }) => Math.floor((1 - leftBytes / totalBytes) * 100);

/** Machines as parts of their host's memory, as wide as what they have; sizes as attributes, since the page allows no styles in markup. */
function bar(host, { machines, moves }) {
  const here = machines.filter((machine) => machine.host === host.name);
  let at = (host.reservedBytes / host.memoryBytes) * 100;
  const parts = here
    .filter(({ state }) => state === 'running')
    .map(({ id, name, memory, heartbeat }) => {
      const width = (memory.assignedBytes / host.memoryBytes) * 100;
      const x = at;
      at += width;
      const isMoving = moves.some((move) => move.machine === id && move.state === 'running');
      const kind = heartbeat === 'lost' ? 'unheard' : isMoving ? 'moving' : '';
      return safe`<svg x="${x}%" width="${width}%" height="26"><rect class="machine ${kind}" width="100%" height="100%" rx="3"></rect>
        <text x="4" y="17">${name}</text><title>${name}: ${gigabytes(memory.assignedBytes)}${kind && `, ${kind}`}</title></svg>`;
    });
  const label = here.map(({ name, state }) => [name, states[state]].filter(Boolean).join(' ')).join(', ');
  return safe`<svg class="bar" height="26" width="100%" role="img" aria-label="${host.name} runs ${label || 'nothing'}">
    <rect class="room" width="100%" height="26" rx="4"></rect><rect class="kept" width="${(host.reservedBytes / host.memoryBytes) * 100}%" height="26" rx="4"><title>kept by Windows</title></rect>${parts}</svg>`;
}

function stateOf({ isUp, vmms }) {
  if (!isUp) return safe`<b class="refused">down</b>`;
  return vmms === 'running'
    ? safe`<b class="granted">up</b>`
    : safe`<b class="refused">Hyper-V did not come up</b>`;
}

function buttons({ name, isUp, vmms, denials }) {
  const button = (act, words, data = '') =>
    safe`<button type="button" data-act="${act}" data-host="${name}" data-vmms="${data}" data-testid="${act}-${data || 'host'}-${name}">${words}</button>`;
  return [
    denials.length > 0 && button('purge', 'Purge'),
    isUp && button('down', 'Pull the plug'),
    (!isUp || vmms !== 'running') && button('up', 'Start it', 'running'),
    !isUp && button('up', 'Start it without Hyper-V', 'stopped'),
  ];
}

function hostRow(host, fabric) {
  const { name, denials, migration, windows, controller } = host;
  const busy = fabric.moves.filter((move) => move.state === 'running' && [move.from, move.to].includes(name));
  const live = busy.filter(({ kind }) => kind !== 'storage').length;
  const copying = busy.filter(({ storage }) => storage).length;
  const slots = `${live} of ${migration.most} moves${copying ? `, ${copying} of ${migration.mostStorage} with storage` : ''}`;
  const off = fabric.machines.filter((machine) => machine.host === name && machine.state !== 'running');
  const copies = fabric.copies.filter((copy) => copy.host === name);
  const nameOf = (id) => fabric.machines.find((machine) => machine.id === id)?.name;
  const remembered = denials.map(
    ({ service, until }) =>
      safe`<li>was refused ${service}, remembers it for ${minutes(until - fabric.now)} min</li>`,
  );
  const left = copies.map(
    ({
      machine,
      kind,
    }) => safe`<li><b class="refused">${nameOf(machine)} ${kind === 'planned' ? 'was left half made here' : 'is here a second time, off'}</b>
      <button type="button" data-act="remove-copy" data-host="${name}" data-vm="${machine}" data-testid="remove-copy-${name}">Remove it</button></li>`,
  );
  const room = host.disks.map(
    ({ path, bytes, freeBytes }) => `${path} ${Math.round(freeBytes / GB)} of ${gigabytes(bytes)}`,
  );
  return safe`<section class="host" data-testid="fabric-${name}"><h3>${name} ${stateOf(host)}</h3>
    ${bar(host, fabric)}
    <p class="quiet">${gigabytes(host.freeMemoryBytes)} of ${gigabytes(host.memoryBytes)} free · ${slots} · Windows Server ${windows.name} · asks ${controller}</p>
    <p class="quiet">Free: ${room.join(' · ')}</p>
    ${off.length > 0 && safe`<p class="quiet">Not running: ${off.map((machine) => machine.name).join(', ')}</p>`}
    ${(remembered.length > 0 || left.length > 0) && safe`<ul>${remembered}${left}</ul>`}
    <p class="acts">${buttons(host)}</p></section>`;
}

function moveRow(move, { machines }) {
  const name = machines.find(({ id }) => id === move.machine)?.name;
  const percent = percentOf(move);
  const course =
    move.kind === 'storage'
      ? safe`<b>${name}</b> its disks at ${move.from} → ${move.storage.path}`
      : safe`<b>${name}</b> ${move.from} → ${move.to}${move.storage && safe` with disks`}`;
  if (move.state === 'done') return safe`<li>${course}: <b class="granted">there</b></li>`;
  if (move.state === 'failed')
    return safe`<li>${course}: <b class="refused">failed at ${percent} %</b> <small>${move.error?.message}</small></li>`;
  return safe`<li>${course} <progress max="100" value="${percent}" aria-label="${name} has moved ${percent} percent"></progress> ${percent} %
    <button type="button" data-act="fail" data-vm="${move.machine}" data-testid="fail-${name}">Break it</button></li>`;
}

function spoilForm({ machines }, notice) {
  const option = ([value, words]) => safe`<option value="${value}">${words}</option>`;
  return safe`<details class="edit" data-testid="spoil"><summary>Let a move go wrong</summary><form id="spoil"><p>The next move of
    <select name="vm" aria-label="Machine" data-testid="spoil-vm">${machines.map(({ id, name }) => option([id, name]))}</select> is to
    <select name="fault" aria-label="Fault" data-testid="spoil-fault">${Object.entries(faults).map(option)}</select>
    <button data-testid="spoil-send">Spoil it</button></p><p class="error" role="alert">${notice}</p></form></details>`;
}

/** The whole panel. `notice` is why the last thing was not done. */
export function fabricPanel(fabric, notice) {
  // The newest ones: what has ended long ago is of no interest.
  const moves = fabric.moves.slice(-4).toReversed();
  return safe`<p>Simulated hosts: ${fabric.timeScale} s pass here in one. Tickets are given by ${fabric.judge === 'kdc' ? 'the KDC above' : safe`the simulated directory: <b>nothing is proved</b>`}.</p>
    ${fabric.hosts.map((host) => hostRow(host, fabric))}
    <h3>Moves</h3>${moves.length === 0 ? safe`<p class="quiet">Nothing moves.</p>` : safe`<ul class="moves" data-testid="moves">${moves.map((move) => moveRow(move, fabric))}</ul>`}
    ${spoilForm(fabric, notice)}`;
}
