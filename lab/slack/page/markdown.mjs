/* The markdown block: the part of standard Markdown that messages of bots use; the rest stays as it was written. */
import { escaped, safe, trusted } from './html.mjs';
import { link } from './mrkdwn.mjs';

const marks = [
  [/\*\*(\S[^*\n]*)\*\*/g, '<b>$1</b>'],
  [/(^|[^\w*])[*_](\S[^*_\n]*)[*_](?!\w)/g, '$1<i>$2</i>'],
  [/~~([^~\n]+)~~/g, '<s>$1</s>'],
];
const marked = (text) =>
  trusted(marks.reduce((markup, [pattern, by]) => markup.replace(pattern, by), escaped(text)));

/** One line's code, links and emphasis. */
function line(text) {
  return text.split(/(`[^`\n]+`|\[[^\]\n]+\]\([^()\s]+\))/).map((piece, at) => {
    if (at % 2 === 0) return marked(piece);
    if (piece.startsWith('`')) return safe`<code>${piece.slice(1, -1)}</code>`;
    const [, label, address] = /^\[(.+)\]\((.+)\)$/.exec(piece);
    return link(address, label, piece);
  });
}

const forms = [
  [/^#{1,6} +(.+)$/, (text) => safe`<h3>${line(text)}</h3>`],
  [/^> ?(.*)$/, (text) => safe`<q>${line(text)}</q>`],
  [/^\s*[-*] +(.+)$/, (text) => safe`<ul><li>${line(text)}</li></ul>`],
  [/^\s*(\d+\. +.+)$/, (text) => safe`<p>${line(text)}</p>`],
  [/^(?:-{3,}|\*{3,})$/, () => safe`<hr>`],
];

function paragraph(text) {
  const [pattern, make] = forms.find(([one]) => one.test(text)) ?? [];
  return pattern ? make(pattern.exec(text)[1]) : safe`<p>${line(text)}</p>`;
}

/** Fenced code as it is, everything else line by line. */
export const markdown = (text) =>
  text.split(/^```\w*\n([\s\S]*?)^```$/m).map((part, at) =>
    at % 2 === 1
      ? safe`<pre>${part.trimEnd()}</pre>`
      : part
          .split('\n')
          .filter((one) => one.trim() !== '')
          .map(paragraph),
  );
