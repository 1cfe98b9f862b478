/* Keeps the panel of hosts up to date, and lets a person do something to them. */
import { fabricPanel } from './fabric.mjs';
import { get, post, SILENT } from './server.mjs';
import { find, oneAtATime, show } from './screen.mjs';

/** Between two looks, in milliseconds: while something moves, and otherwise. */
const MOVING_MS = 500;
const STILL_MS = 1_000;

let fabric;
let notice = '';
let timer;

/** Looks at the hosts now, and again and again as long as somebody sees the page. */
export const refreshFabric = oneAtATime(async () => {
  clearTimeout(timer);
  const answer = await get('fabric').catch(() => ({ ok: false }));
  const isAbsent = answer.error === 'no_such_route';
  find('fabric').hidden = isAbsent;
  if (isAbsent) return;
  if (answer.ok) {
    fabric = answer;
    show('fabric-body', fabricPanel(fabric, notice));
  }
  const isMoving = fabric?.moves.some(({ state }) => state === 'running');
  if (!document.hidden) timer = setTimeout(() => void refreshFabric(), isMoving ? MOVING_MS : STILL_MS);
});

async function act(order) {
  const { ok, detail } = await post('fabric', order).catch(() => ({ ok: false, detail: SILENT }));
  notice = ok ? '' : detail;
  await refreshFabric();
}

/** Listens to the panel's buttons and its form. */
export function listenToFabric() {
  find('fabric').addEventListener('click', ({ target }) => {
    const data = target.closest('button')?.dataset;
    if (data?.act === undefined) return;
    const { act: action, host, vm, vmms } = data;
    const wanted = {
      purge: { host },
      down: { host },
      up: { host, vmms },
      fail: { vm },
      'remove-copy': { vm, host },
    };
    void act({ action, ...wanted[action] });
  });
  find('fabric').addEventListener('submit', (event) => {
    event.preventDefault();
    // The panel around this one has forms of its own.
    event.stopPropagation();
    const { vm, fault } = event.target.elements;
    void act({ action: 'spoil', vm: vm.value, fault: fault.value });
  });
  document.addEventListener('visibilitychange', () => document.hidden || void refreshFabric());
}
