/* Puts markup on the screen, changing only what differs. */
import { Idiomorph } from './vendor/idiomorph.js';
import { safe } from './html.mjs';

export const find = (id) => document.getElementById(id);

/** What a person did to the page stays: what is unfolded, typed or chosen. */
const keeping = {
  beforeAttributeUpdated: (name, node) => !(name === 'open' && node.localName === 'details'),
  beforeNodeMorphed(old, fresh) {
    relabel(old, fresh);
    return !(old instanceof Element && old.matches('input, textarea, select') && old.isEqualNode(fresh));
  },
};

/** What is typed into the focused element stays, and with it all that it holds: a button must not keep the words of another one. */
function relabel(old, fresh) {
  if (!(old instanceof HTMLButtonElement) || old !== document.activeElement) return;
  if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.cloneNode(true).childNodes);
}

/** Shows content in an element; focus and scrolling stay. False if it was there already. */
export function show(id, content) {
  const { markup } = safe`${content}`;
  const element = find(id);
  if (element.shown === markup) return false;
  element.shown = markup;
  Idiomorph.morph(element, markup, { morphStyle: 'innerHTML', ignoreActiveValue: true, callbacks: keeping });
  return true;
}

/** Draws once at a time; what changes meanwhile is fetched right after. */
export function oneAtATime(draw) {
  let drawing;
  let isWanted = false;
  return () => {
    isWanted = true;
    drawing ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await draw();
      }
    })().finally(() => (drawing = undefined));
    return drawing;
  };
}
