/* Messages and the lines between them. */
import { blocks } from './blocks.mjs';
import { safe } from './html.mjs';
import { mrkdwn } from './mrkdwn.mjs';

/** Messages of one sender within this time stand under one name, in seconds. */
const togetherFor = 300;

const date = (item) => new Date(Number(item.ts) * 1000);
const clock = (when) => when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** The first letters of a name, on one of six colours. */
export function avatar(name, id) {
  const letters = name
    .split(/[\s-]+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase());
  const hue = Array.from(String(id), (char) => char.codePointAt(0)).reduce((sum, code) => sum + code, 0) % 6;
  return safe`<span class="avatar hue-${hue}" aria-hidden="true">${letters}</span>`;
}

function threadButton(item) {
  const count = item.reply_count ?? 0;
  const words = count === 0 ? 'Reply in thread' : `${count} ${count === 1 ? 'reply' : 'replies'}`;
  const last = count > 0 && safe`<small>last at ${clock(date({ ts: item.latest_reply }))}</small>`;
  return safe`<button type="button" class="thread-link ${count === 0 && 'quiet'}" data-thread="${item.ts}" data-testid="open-thread">${words} ${last}</button>`;
}

function heading(item, names) {
  const when = date(item);
  return safe`<header><b class="sender">${names[item.user] ?? item.user}</b>
    ${item.bot_id && safe`<small class="badge">APP</small>`}
    <time title="${when.toLocaleString()}">${clock(when)}</time>
    ${item.edited && safe`<small class="edited">(edited)</small>`}</header>`;
}

/** One message with its sender, its thread's size and, for ephemerals, the word that nobody else sees it. */
export function message(item, names, { inThread = false, isFirst = true } = {}) {
  const isPrivate = item.is_ephemeral;
  const name = names[item.user] ?? item.user;
  return safe`<article id="m-${item.ts}" data-ts="${item.ts}" data-channel="${item.channel}" data-testid="message" class="message ${isPrivate && 'ephemeral'} ${!isFirst && 'following'}">
    ${isFirst ? avatar(name, item.user) : safe`<time class="aside-time" aria-hidden="true">${clock(date(item))}</time>`}
    <div class="content">${isPrivate && safe`<small class="only-you">👁 Only visible to you</small>`}
    ${isFirst && heading(item, names)}
    ${item.blocks ? blocks(item.blocks, names) : safe`<div class="text">${mrkdwn(item.text, names)}</div>`}
    ${(item.files ?? []).map((file) => safe`<p class="file"><a href="/_lab/file/${file.id}" target="_blank" data-testid="file">📎 ${file.title ?? file.name}</a> · ${file.name}, ${file.size} bytes</p>`)}
    ${!inThread && !isPrivate && threadButton(item)}</div></article>`;
}

function dayLine(when) {
  const today = new Date().toDateString() === when.toDateString();
  const words = today
    ? 'Today'
    : when.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
  return safe`<p class="day" role="separator">${words}</p>`;
}

/** Messages oldest first, with a line where a day or what is new begins. `readUpTo` is a ts, or undefined. */
export function messageList(items, names, { inThread = false, readUpTo, user } = {}) {
  let before;
  let isNewShown = readUpTo === undefined;
  return items.map((item) => {
    const isNewDay = !before || date(before).toDateString() !== date(item).toDateString();
    const isNew = !isNewShown && Number(item.ts) > Number(readUpTo) && item.user !== user;
    isNewShown ||= isNew;
    const isFirst =
      isNewDay ||
      isNew ||
      before.user !== item.user ||
      before.is_ephemeral !== item.is_ephemeral ||
      Number(item.ts) - Number(before.ts) > togetherFor;
    before = item;
    return safe`${isNewDay && !inThread && dayLine(date(item))}
      ${isNew && safe`<p class="new-line" role="separator">New</p>`}
      ${message(item, names, { inThread, isFirst })}`;
  });
}
