/* Modals, and the question before a button that asks to be confirmed. */
import { blocks } from './blocks.mjs';
import { safe } from './html.mjs';

/** What is filled in, by action id. */
export function valuesOf(form) {
  const filled = new FormData(form);
  return Object.fromEntries(
    [...form.querySelectorAll('.input [data-field]')].map(({ dataset }) => [
      dataset.field,
      dataset.many ? filled.getAll(dataset.field) : (filled.get(dataset.field) ?? ''),
    ]),
  );
}

/** What is chosen and typed by the view's own state, by action id, and the options of it: Slack shows it again when one goes back. */
function stateOf(view) {
  const entries = Object.values(view?.state?.values ?? {}).flatMap((block) => Object.entries(block));
  const content = (entry) => Object.entries(entry).find(([key]) => key !== 'type')?.[1] ?? '';
  const contents = entries.map(([name, entry]) => [name, content(entry)]);
  const options = contents.flatMap(([, one]) => [one].flat()).filter((one) => one?.text);
  const plain = (one) => one?.value ?? one;
  return {
    values: Object.fromEntries(
      contents.map(([name, one]) => [name, Array.isArray(one) ? one.map(plain) : plain(one)]),
    ),
    options,
  };
}

/** Chooses again; what the app had suggested is no option of the new form, and is made one. */
function choose(field, value, offered) {
  const wanted = [value].flat().filter((one) => one !== '');
  for (const one of wanted) {
    const known = [...field.options].some((option) => option.value === one);
    const option = known ? undefined : offered.find((other) => other.value === one);
    if (option) field.add(new Option(option.text.text, option.value));
  }
  for (const option of field.options) option.selected = wanted.includes(option.value);
}

/** Puts values back where the same field still is, as Slack does when a view is updated under a person's hands. */
function refill(form, { values, options }) {
  for (const [name, value] of Object.entries(values)) {
    for (const field of form.elements) {
      if (field.name !== name) continue;
      if (field.type === 'checkbox' || field.type === 'radio')
        field.checked = [value].flat().includes(field.value);
      else if (field.options) choose(field, value, options);
      else field.value = value;
    }
  }
}

/** Menus in which somebody may be searching stay as they are, with what was typed and suggested. */
function keepSearches(form, before) {
  for (const search of form.querySelectorAll('[data-suggest]')) {
    const old = before.querySelector(`[data-suggest="${CSS.escape(search.dataset.suggest)}"]`);
    if (old) search.parentElement.replaceWith(old.parentElement);
  }
}

/** A selector of the field that has the focus, null when none has. */
function focused(form) {
  const { activeElement: active } = document;
  if (!form.contains(active)) return null;
  const { suggest } = active.dataset;
  if (suggest) return `[data-suggest="${CSS.escape(suggest)}"]`;
  return active.name ? `[name="${CSS.escape(active.name)}"]` : null;
}

/** The whole form of a view. */
export function modalForm(view, names) {
  const isBehind = view.previous_view_id !== null;
  return safe`<form data-view="${view.id}">
    <header><h2 id="modal-title">${view.title.text}</h2>
    <button type="button" class="icon" data-close="${view.id}" aria-label="${isBehind ? 'Back' : 'Close'}">×</button></header>
    <div class="modal-body">${blocks(view.blocks, names)}</div>
    <p class="error" role="alert" data-testid="modal-notice"></p>
    <footer><button type="button" data-close="${view.id}">${view.close?.text ?? 'Cancel'}</button>
    ${view.submit && safe`<button class="primary" data-testid="submit">${view.submit.text}</button>`}</footer></form>`;
}

/** Shows the view on top. It is drawn again only when it is another view or version, and keeps what was typed. */
export function drawModal(dialog, view, names) {
  const key = view ? `${view.id} ${view.hash}` : '';
  if (dialog.dataset.key === key) return;
  const before = dialog.querySelector('form');
  dialog.dataset.key = key;
  if (!view) {
    dialog.close();
    dialog.replaceChildren();
    return;
  }
  if (before?.dataset.view === view.id) {
    const values = valuesOf(before);
    const { scrollTop } = before.querySelector('.modal-body');
    const focus = focused(before);
    const form = draw(dialog, view, names);
    refill(form, { ...stateOf(view), values });
    keepSearches(form, before);
    form.querySelector('.modal-body').scrollTop = scrollTop;
    (focus ? form.querySelector(focus) : firstField(form))?.focus({ preventScroll: true });
    return;
  }
  const form = draw(dialog, view, names);
  refill(form, stateOf(view));
  if (!dialog.open) dialog.showModal();
  firstField(form)?.focus();
}

function draw(dialog, view, names) {
  dialog.innerHTML = modalForm(view, names).markup;
  dialog.setAttribute('aria-labelledby', 'modal-title');
  return dialog.querySelector('form');
}

const firstField = (form) => form.querySelector('[autofocus], .input input, .input textarea, .input select');

/** Writes the errors under their inputs and goes to the first of them; what has none is cleared. */
export function showErrors(form, errors = {}) {
  for (const input of form.querySelectorAll('.input')) {
    const text = errors[input.closest('[data-block]').dataset.block] ?? '';
    const field = input.querySelector('[data-field]');
    const old = input.querySelector('.error');
    old?.remove();
    field?.toggleAttribute('aria-invalid', text !== '');
    if (text) {
      const line = document.createElement('p');
      line.className = 'error';
      line.setAttribute('role', 'alert');
      line.textContent = text;
      input.append(line);
    }
  }
  form.querySelector('[aria-invalid]')?.focus();
}

/** Asks what Slack's confirm object says; resolves with whether the person agreed. */
export function confirmed(dialog, question) {
  if (!question) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = JSON.parse(question);
  dialog.innerHTML = safe`<form method="dialog"><h2 id="question-title">${title.text}</h2>
    <p class="plain">${text.text}</p>
    <footer><button value="no">${deny.text}</button>
    <button value="yes" class="${style === 'danger' ? 'danger' : 'primary'}" data-testid="confirm" autofocus>${confirm.text}</button></footer></form>`.markup;
  dialog.setAttribute('aria-labelledby', 'question-title');
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
