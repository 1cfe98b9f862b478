/* The message field: slash-command hints, Enter sends, arrow up brings the last line back. */
import { flag, safe } from './html.mjs';

/** What a hint stands for: its command, and the verb if the usage begins with one (upper-case words are to be filled in). */
const begins = ({ command, usage }) => {
  const [verb = ''] = usage.split(' ', 1);
  return /^[a-z]/.test(verb) ? `${command} ${verb}` : command;
};

/** Hints that fit what was typed so far, be it a beginning of the command or the command and more. */
export function hintsFor(text, hints) {
  if (!text.startsWith('/')) return [];
  const typed = text.replace(/\s+/g, ' ');
  return hints.filter((hint) => begins(hint).startsWith(typed) || `${typed} `.startsWith(`${begins(hint)} `));
}

/** Makes `form`'s text area a composer. `send` gets the text; a rejected send puts the text back. */
export function composer(form, { commands, send, seat }) {
  const field = form.elements.text;
  const list = form.querySelector('[role=listbox]');
  const sent = [];
  const drafts = new Map();
  let here = seat();
  let chosen = 0;
  let shown = [];

  function draw() {
    shown = list ? hintsFor(field.value, commands()) : [];
    chosen = Math.min(chosen, Math.max(0, shown.length - 1));
    if (!list) return;
    list.hidden = shown.length === 0;
    field.setAttribute('aria-expanded', String(shown.length > 0));
    const row = ({ command, usage, description }, at) =>
      safe`<div role="option" id="hint-${at}" data-hint="${at}" aria-selected="${flag(at === chosen)}"><b>${command}</b> <code>${usage}</code><small>${description}</small></div>`;
    list.innerHTML = safe`${shown.map(row)}`.markup;
    field.setAttribute('aria-activedescendant', shown.length > 0 ? `hint-${chosen}` : '');
  }
  function take(at) {
    const hint = shown[at];
    if (!hint || field.value.startsWith(begins(hint))) return false;
    field.value = `${begins(hint)} `;
    draw();
    return true;
  }
  async function submit() {
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    sent.push(text);
    draw();
    const from = here;
    const isTaken = await send(text);
    if (isTaken) return;
    // It goes back to whoever wrote it, where it was written, and over nothing that was written since.
    if (from !== here) drafts.set(from, drafts.get(from) || text);
    else if (field.value === '') field.value = text;
  }
  function close() {
    shown = [];
    if (list) list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.setAttribute('aria-activedescendant', '');
    return true;
  }
  const keys = {
    ArrowDown: () => shown.length > 1 && ((chosen = (chosen + 1) % shown.length), true),
    ArrowUp: () => {
      if (shown.length > 1) chosen = (chosen + shown.length - 1) % shown.length;
      else if (field.value === '' && sent.length > 0) field.value = sent.at(-1);
      else return false;
      return true;
    },
    Tab: (event) => !event.shiftKey && take(chosen),
    Escape: () => shown.length > 0 && close(),
    Enter: (event) => {
      if (event.shiftKey || event.isComposing) return false;
      const isOnlyBegun = shown.length > 0 && !field.value.startsWith(begins(shown[chosen]));
      if (!(isOnlyBegun && take(chosen))) void submit();
      return true;
    },
  };
  field.addEventListener('keydown', (event) => {
    if (!keys[event.key]?.(event)) return;
    event.preventDefault();
    if (event.key.startsWith('Arrow')) draw();
  });
  field.addEventListener('input', () => {
    chosen = 0;
    draw();
  });
  list?.addEventListener('mousedown', (event) => {
    event.preventDefault();
    take(Number(event.target.closest('[data-hint]')?.dataset.hint));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return {
    /** Keeps what was written at the seat that was left, and brings what was written at this one. */
    moved() {
      drafts.set(here, field.value);
      here = seat();
      field.value = drafts.get(here) ?? '';
      draw();
    },
    /** Puts a text into the field, to be sent by the person. */
    fill(text) {
      field.value = text;
      draw();
      field.focus();
    },
  };
}
