// Small makers of elements. Text always goes in as text: nothing here or elsewhere parses HTML.

const SVG = "http://www.w3.org/2000/svg";
const ZONE = "Asia/Ho_Chi_Minh";
const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const dayOf = new Intl.DateTimeFormat("vi-VN", { day: "numeric", month: "numeric", year: "numeric", timeZone: ZONE });

/** An element: `on` holds listeners, `class`/`text`/attributes the rest; false and null children are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "text") node.textContent = value;
  else if (key === "on") for (const [name, listener] of Object.entries(value)) node.addEventListener(name, listener);
  else node.setAttribute(key, value === true ? "" : value);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A round button with an icon only; its label is read aloud and shown as a tip. */
export function iconButton(name, label, press, extra = "") {
  return el("button", { type: "button", class: `round ${extra}`, "aria-label": label, title: label, on: { click: press } },
    icon(name));
}

export function badge(count, label) {
  return count ? el("span", { class: "badge" }, el("span", { "aria-hidden": "true", text: count > 99 ? "99+" : count }),
    el("span", { class: "sr", text: label(count) })) : null;
}

/** "Bác Na (mẫu)" without the mark that every sample name carries: the bar above says it once for all. */
export function shortName(name) {
  return String(name || "").replace(/\s*\(mẫu\)\s*$/u, "");
}

/** The last word's first letter, as Vietnamese names are called by the last word; a bot and a group by the first. */
export function initial(name, first = false) {
  const words = shortName(name).split(/[\s·]+/u).filter(Boolean);
  return ([...(first ? words[0] : words.at(-1)) || "?"][0] || "?").toUpperCase();
}

/** Of a number, or of an id written in hex. */
export function hue(id) {
  return Math.abs(Number(id) || parseInt(String(id).slice(-4), 16) || 0) % 8;
}

export function avatar(id, name, kind = "person") {
  if (kind === "bot") return el("img", { class: "face", src: "icon.svg", alt: "", width: 40, height: 40 });
  const number = kind === "person" ? "" : shortName(name).match(/\d+/)?.[0];
  return el("span", { class: `face ${kind} hue${hue(id)}`, "aria-hidden": "true", text: number || initial(name, kind !== "person") });
}

export function timeOf(seconds) {
  return clock.format(new Date(seconds * 1000));
}

export function dayName(seconds) {
  return dayOf.format(new Date(seconds * 1000));
}

export function clear(node, ...children) {
  node.replaceChildren(...children.flat().filter(Boolean));
  return node;
}
