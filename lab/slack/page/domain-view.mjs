/* Keeps the Domain panel up to date and lets a person look at a pair or edit as another administrator. */
import { domainPanel, pairKey } from './domain.mjs';
import { get, post, SILENT } from './server.mjs';
import { find, oneAtATime, show } from './screen.mjs';

let picture;
let chosen = '';
let editNotice = '';
let isChosenByHand = false;
let wantsFreshWord = false;

function draw() {
  if (picture) show('domain-body', domainPanel(picture, { chosen, editNotice }));
}

/** Fetches what the directory holds and the KDC says. A pair whose word has just changed comes into view by itself. */
export const refreshDomain = oneAtATime(async () => {
  const fresh = wantsFreshWord ? '1' : undefined;
  wantsFreshWord = false;
  find('domain').setAttribute('aria-busy', 'true');
  const answer = await get('domain', { fresh }).catch(() => ({ ok: false }));
  find('domain').setAttribute('aria-busy', 'false');
  const isAbsent = answer.error === 'no_such_route';
  find('domain').hidden = isAbsent;
  find('domain-open').hidden = isAbsent;
  find('domain-trouble').textContent = answer.ok ? '' : (answer.detail ?? '');
  find('domain').classList.toggle('old', !answer.ok);
  if (!answer.ok) return;
  picture = answer;
  find('banner').hidden = picture.kind !== 'simulated';
  const changed = picture.pairs.filter(({ cifs }) => cifs.before);
  const latest = changed.toSorted((one, other) => other.cifs.askedAt.localeCompare(one.cifs.askedAt))[0];
  if (latest && !isChosenByHand) chosen = pairKey(latest);
  draw();
});

/** Whether the directory is one in memory. */
export const isSimulated = () => picture?.kind === 'simulated';

async function edit(form) {
  const { host, action, to } = form.elements;
  const change = form.id === 'trust' ? { anyProtocol: true } : { [action.value]: [`cifs/${to.value}`] };
  const order = { host: host.value, ...change };
  const { ok, detail } = await post('domain/edit', order).catch(() => ({ ok: false, detail: SILENT }));
  editNotice = ok ? '' : detail;
  draw();
  await refreshDomain();
}

/** Listens to the panel's own buttons and its form. */
export function listenToDomain() {
  find('domain').addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.dataset.pair) {
      chosen = button.dataset.pair;
      isChosenByHand = true;
      draw();
    } else if (button?.id === 'ask-again') {
      wantsFreshWord = true;
      void refreshDomain();
    }
  });
  find('domain').addEventListener('submit', (event) => {
    event.preventDefault();
    void edit(event.target);
  });
}
