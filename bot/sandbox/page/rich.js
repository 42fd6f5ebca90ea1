// Telegram's entities over plain text. Offsets count UTF-16 units, which is what JavaScript's strings count too.

import { el } from "./dom.js";
import { W } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = new Set(["url", "text_link", "mention", "text_mention", "bot_command", "hashtag", "email", "phone_number"]);

/** Nodes for a text. `follow(kind, words, entity)` is called when somebody opens a link in it. */
export function rich(text, entities = [], follow = () => {}) {
  const sorted = entities.filter((mark) => mark.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const out = document.createDocumentFragment();
  out.append(...span(text, 0, text.length, sorted, follow));
  return out;
}

function span(text, start, end, marks, follow) {
  const nodes = [];
  let place = start;
  let rest = marks;
  while (rest.length) {
    const mark = rest[0];
    const stop = Math.min(mark.offset + mark.length, end);
    const begin = Math.max(mark.offset, place);
    const [inner, later] = split(rest.slice(1), stop);
    rest = later;
    if (stop <= begin) continue;
    const block = BLOCKS.has(mark.type);
    words(nodes, text.slice(place, begin), block);
    nodes.push(wrap(mark, text.slice(begin, stop), span(text, begin, stop, inner, follow), follow));
    place = block && text[stop] === "\n" ? stop + 1 : stop;
  }
  words(nodes, text.slice(place, end), false);
  return nodes;
}

/** Marks that begin before `stop` belong inside; one that reaches beyond is cut in two. */
function split(marks, stop) {
  const inner = [];
  const later = [];
  for (const mark of marks) {
    const end = mark.offset + mark.length;
    if (mark.offset < stop) inner.push(end > stop ? { ...mark, length: stop - mark.offset } : mark);
    if (end > stop) later.push(mark.offset < stop ? { ...mark, offset: stop, length: end - stop } : mark);
  }
  return [inner, later.sort((a, b) => a.offset - b.offset || b.length - a.length)];
}

/** A block stands on its own line, so the line break before it is not shown a second time. */
function words(nodes, text, beforeBlock) {
  const shown = beforeBlock ? text.replace(/\n$/, "") : text;
  if (shown) nodes.push(document.createTextNode(shown));
}

function wrap(mark, words, inner, follow) {
  if (TAGS[mark.type]) return el(TAGS[mark.type], {}, inner);
  if (mark.type === "pre") return el("pre", { tabindex: 0 }, inner);
  if (BLOCKS.has(mark.type)) return el("blockquote", {}, inner);
  if (mark.type === "spoiler") return spoiler(inner);
  if (LINKS.has(mark.type)) return link(mark, words, inner, follow);
  return el("span", {}, inner);
}

function spoiler(inner) {
  const cover = el("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": W.spoiler },
    el("span", { class: "hidden", "aria-hidden": "true" }, inner));
  const show = () => {
    cover.classList.add("open");
    cover.removeAttribute("role");
    cover.removeAttribute("aria-label");
    cover.firstChild.removeAttribute("aria-hidden");
  };
  onPress(cover, show);
  return cover;
}

/** No href: nothing here may leave the machine, not even by the middle mouse button. */
function link(mark, words, inner, follow) {
  const node = el("span", { class: `link ${mark.type}`, role: "link", tabindex: 0, title: mark.url || null }, inner);
  onPress(node, () => follow(mark.type, words, mark));
  return node;
}

function onPress(node, run) {
  node.addEventListener("click", run);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  });
}
