/* What people do with Block Kit's elements: press, choose, search, submit. */
import { safe } from './html.mjs';
import { confirmed, showErrors, valuesOf } from './modal.mjs';
import { post, sentenceOf, SILENT } from './server.mjs';

/** Where an element stands, in the control API's words. */
function whereOf(node) {
  const view = node.closest('[data-view]')?.dataset.view;
  const { ts, channel } = node.closest('[data-ts]')?.dataset ?? {};
  return view ? { view_id: view } : { ts, channel };
}

/** What is chosen in a field now: one value, or a list of them. */
function valueOf(node) {
  if (node.type === 'checkbox') {
    const all = node.closest('[data-field]').querySelectorAll('input:checked');
    return [...all].map(({ value }) => value);
  }
  if (node.multiple) return [...node.selectedOptions].map(({ value }) => value);
  return node.dataset.value ?? node.value ?? undefined;
}

/**
 * Listens to every element on the page. `user` gives who acts, `doing` shows what comes of a call, `dialog` asks
 * before elements that want to be confirmed, `modal` holds the open view.
 */
export function listenToElements({ user, doing, dialog, modal }) {
  async function use(node, value) {
    // All that was clicked is read now: while somebody is asked, the view may be drawn anew without this element.
    const { action: action_id, confirm, url } = node.dataset;
    const { block: block_id } = node.closest('[data-block]').dataset;
    const where = whereOf(node);
    const form = node.closest('form[data-view]');
    if (!(await confirmed(dialog, confirm))) return;
    if (url) window.open(url, '_blank', 'noopener');
    node.setAttribute('aria-busy', 'true');
    const order = { user: user(), action_id, block_id, ...where, ...(form && { values: valuesOf(form) }) };
    await doing(post('click', value === '' ? order : { ...order, value }));
    node.removeAttribute('aria-busy');
    node.closest('details.overflow')?.removeAttribute('open');
  }

  async function submit(form) {
    const button = form.querySelector('[data-testid=submit]');
    if (!button || button.hasAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    const order = { user: user(), view_id: form.dataset.view, values: valuesOf(form) };
    const answer = await post('submit', order).catch(() => ({ ok: false, detail: SILENT }));
    button.removeAttribute('aria-busy');
    showErrors(form, answer.errors);
    form.querySelector('[data-testid=modal-notice]').textContent = sentenceOf(answer);
    await doing();
  }

  async function search(field) {
    const { suggest: action_id, least } = field.dataset;
    if (field.value.length < Number(least)) return;
    const where = whereOf(field);
    const order = { user: user(), action_id, value: field.value, ...where };
    const { options = [] } = await post('suggest', order).catch(() => ({}));
    const list = field.parentElement.querySelector('select');
    const kept = [...list.selectedOptions].filter(({ value }) => value !== '');
    const rows = options
      .filter(({ value }) => !kept.some((option) => option.value === value))
      .map(({ value, text }) => safe`<option value="${value}">${text.text}</option>`);
    list.innerHTML = safe`${!list.multiple && safe`<option value="">Choose …</option>`}${rows}`.markup;
    list.prepend(...kept);
    list.size = Math.min(6, Math.max(2, list.options.length));
  }

  document.addEventListener('click', ({ target }) => {
    const button = target.closest('button[data-action]');
    if (button && !button.hasAttribute('aria-busy')) void use(button, button.dataset.value || undefined);
  });
  document.addEventListener('change', ({ target }) => {
    if (!target.dataset.action || target.matches('button')) return;
    // An input's change is sent only when the form is, unless the input says that it dispatches at once.
    const input = target.closest('.input');
    if (input && modal.contains(target) && !input.dataset.dispatch) return;
    void use(target, valueOf(target));
  });
  document.addEventListener('input', ({ target }) => {
    if (target.dataset.suggest) void search(target);
  });
  modal.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(event.target);
  });
  modal.addEventListener('cancel', (event) => {
    event.preventDefault();
    modal.querySelector('[data-close]')?.click();
  });
}
