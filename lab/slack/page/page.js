import { blocks, message, safe } from './render.js';

const find = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const state = { users: [], channels: [], place: undefined, thread: undefined, modalKey: '' };
const person = () => find('person').value;

async function ask(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, body && { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  const { ok, errors, detail, error } = answer;
  if (body) find('notice').textContent = ok || errors ? '' : (detail ?? `That did not work: ${error}`);
  return answer;
}
const get = (path, args) => ask(`${path}?${new URLSearchParams(args)}`);
const show = (id, content) => (find(id).innerHTML = safe`${content}`.markup);
const names = () =>
  Object.fromEntries([
    ...state.users.map((user) => [user.id, user.realName]),
    ...state.channels.map((channel) => [channel.id, channel.name]),
  ]);

let drawing;
let again = false;
/** Draws the page anew, once at a time; what changes meanwhile is fetched right after. */
async function refresh() {
  again = true;
  drawing ??= (async () => {
    while (again) {
      again = false;
      await draw();
    }
  })().finally(() => (drawing = undefined));
  return drawing;
}

async function draw() {
  const user = person();
  const { users, channels, connections } = await ask('/_lab/workspace');
  Object.assign(state, { users, channels });
  find('connection').textContent = connections > 0 ? '' : 'The app is not connected.';
  const own = channels.filter((one) => !one.directWith && one.members.includes(user));
  const places = [...own.map((one) => [one.id, `# ${one.name}`]), ['dm', 'Direct message']];
  const place = ([id, name]) =>
    safe`<button type="button" data-place="${id}" aria-current="${id === state.place}">${name}</button>`;
  show('places', places.map(place));
  await drawMessages('messages', { channel: state.place, user });
  find('thread').hidden = !state.thread;
  if (state.thread) await drawMessages('replies', { channel: state.place, user, thread_ts: state.thread });
  const { views } = await get('/_lab/views', { user });
  drawModal(views.at(-1));
}

async function drawMessages(id, args) {
  const { messages } = await get('/_lab/messages', args);
  const area = find(id);
  const { markup } = safe`${messages.map((item) => message(item, names(), id === 'replies'))}`;
  if (area.shown === markup) return;
  const isAtEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 40;
  area.shown = markup;
  area.innerHTML = markup;
  if (isAtEnd) area.scrollTop = area.scrollHeight;
}

/** Draws the modal again only if it is another view or version, so that nothing typed is lost. */
function drawModal(view) {
  const key = view ? `${view.id} ${view.hash}` : '';
  if (key === state.modalKey) return;
  state.modalKey = key;
  const dialog = find('modal');
  if (!view) {
    dialog.close();
    return;
  }
  show(
    'modal',
    safe`<form data-view="${view.id}"><h2>${view.title.text}</h2>${blocks(view.blocks, names())}
      <footer><button type="button" data-close="${view.id}">${view.close?.text ?? 'Cancel'}</button>
      ${view.submit && safe`<button class="primary">${view.submit.text}</button>`}</footer></form>`,
  );
  if (!dialog.open) dialog.showModal();
}

/** Uses an element of a message or a view. */
async function act(node, value) {
  const view = node.closest('[data-view]')?.dataset.view;
  const { ts, channel } = node.closest('[data-ts]')?.dataset ?? {};
  const block = node.closest('[data-block]').dataset.block;
  const where = view ? { view_id: view } : { ts, channel };
  await ask('/_lab/click', {
    user: person(),
    action_id: node.dataset.action,
    block_id: block,
    value,
    ...where,
  });
}

async function send(form, threadTs) {
  const text = form.elements.text.value.trim();
  form.reset();
  const route = text.startsWith('/') ? 'command' : 'mention';
  if (text) await ask(`/_lab/${route}`, { user: person(), channel: state.place, text, thread_ts: threadTs });
}

async function submit(form) {
  const fields = [...form.querySelectorAll('.input [name]')];
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const answer = await ask('/_lab/submit', { user: person(), view_id: form.dataset.view, values });
  for (const input of form.querySelectorAll('.input'))
    input.querySelector('.error').textContent = answer.errors?.[input.parentElement.dataset.block] ?? '';
}

async function press(node) {
  const { place, thread, close, action, value, confirm: question } = node.dataset;
  if (place) Object.assign(state, { place, thread: undefined });
  else if (thread) state.thread = thread;
  else if (node.id === 'close-thread') state.thread = undefined;
  else if (close) await ask('/_lab/close', { user: person(), view_id: close });
  else if (action && (!question || confirm(question))) await act(node, value || undefined);
}

async function choose(node) {
  if (node.id === 'person') {
    query.set('as', node.value);
    history.replaceState(undefined, '', `?${query}`);
  } else if (node.dataset.action && node.value && !node.closest('.input')) await act(node, node.value);
}

/** Does something for a person and shows what came of it. */
function then(doing) {
  doing.then(refresh).catch((error) => (find('notice').textContent = String(error)));
}

document.addEventListener('click', ({ target }) => {
  const node = target.closest('button');
  if (node?.type === 'button') then(press(node));
});
document.addEventListener('change', ({ target }) => then(choose(target)));
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.view) then(submit(form));
  else then(send(form, form.id === 'reply' ? state.thread : undefined));
});
find('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  find('modal').querySelector('[data-close]').click();
});

async function start() {
  const { users, channels } = await ask('/_lab/workspace');
  const people = users.filter((user) => user.role !== 'app');
  show(
    'person',
    people.map((user) => safe`<option value="${user.id}">${user.realName}</option>`),
  );
  const as = query.get('as');
  find('person').value = (people.find((user) => user.id === as || user.role === as) ?? people[0]).id;
  state.place = /^\/archives\/(\w+)\//.exec(location.pathname)?.[1] ?? channels[0].id;
  new EventSource('/_lab/events').addEventListener('message', () => then(Promise.resolve()));
}
then(start());
