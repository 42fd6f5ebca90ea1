// Pictures, films, sounds, files, places and cards inside a bubble.

import { fileUrl } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { W } from "./words.js";

const KINDS = ["photo", "animation", "video", "video_note", "voice", "audio", "document", "sticker", "venue", "location", "contact",
  "poll"];

export function mediaKind(message) {
  return KINDS.find((kind) => kind in message);
}

/** What a message is called where only one line of it fits. */
export function brief(message) {
  const words = message.text || message.caption;
  const kind = mediaKind(message);
  const first = words ? words.replace(/\s+/gu, " ").slice(0, 140) : "";
  return kind ? [W.kinds[kind], first].filter(Boolean).join(" · ") : first;
}

export function media(message) {
  const kind = mediaKind(message);
  return kind ? MAKERS[kind](message[kind], message) : null;
}

/** Several pictures in one frame: two side by side, more in a mosaic whose first one is wide. */
export function album(messages) {
  const tiles = messages.every((message) => "photo" in message || "video" in message);
  return el("div", { class: tiles ? `album of${Math.min(messages.length, 10)}` : "files" }, messages.map(media));
}

const MAKERS = {
  photo: (sizes, message) => picture(sizes.at(-1), message),
  animation: (given) => film(given, true),
  video: (given) => film(given, false),
  video_note: (given) => el("div", { class: "roundfilm" }, film(given, true)),
  voice: (given) => sound(given, W.kinds.voice),
  audio: (given) => sound(given, given.title || given.file_name || W.kinds.audio),
  document: file,
  sticker,
  venue: (given) => place(given.location, given.title),
  location: (given) => place(given, W.kinds.location),
  contact: card,
  poll: () => null, // the bubble asks it: it needs to know who answers
};

function picture(size, message) {
  const spoiled = message.has_media_spoiler ? " spoiled" : "";
  const image = el("img", { src: fileUrl(size.file_id), alt: message.caption || W.kinds.photo, width: size.width,
    height: size.height, loading: "lazy", decoding: "async" });
  return el("button", { type: "button", class: `picture${spoiled}`, "aria-label": W.openPicture,
    style: `--shape:${size.width}/${size.height}`, on: { click: () => enlarge(size, message) } }, image);
}

function enlarge(size, message) {
  const viewer = document.getElementById("viewer");
  viewer.replaceChildren(
    iconButton("close", W.closePicture, () => viewer.close(), "light"),
    el("img", { src: fileUrl(size.file_id), alt: message.caption || W.kinds.photo, width: size.width, height: size.height }),
    message.caption ? el("p", { text: message.caption }) : "",
  );
  viewer.onclick = (event) => event.target === viewer && viewer.close();
  viewer.showModal();
}

// Nothing is loaded before somebody plays it: sample bytes may be no film at all, and phones stay quiet.
function film(given, loop) {
  return el("video", { class: "film", src: fileUrl(given.file_id), controls: true, loop, preload: "none", playsinline: true,
    "aria-label": W.kinds.video });
}

function sound(given, name) {
  return el("div", { class: "sound" }, el("span", { class: "disc" }, icon("mic")),
    el("div", {}, el("span", { class: "filename", text: name }),
      el("audio", { src: fileUrl(given.file_id), controls: true, preload: "none", "aria-label": name })));
}

function file(given) {
  return el("a", { class: "file", href: fileUrl(given.file_id), download: given.file_name || "tep", title: W.download },
    el("span", { class: "disc" }, icon("file")),
    el("span", {}, el("span", { class: "filename", text: given.file_name || W.kinds.document }),
      el("span", { class: "small", text: sizeOf(given.file_size || 0) })));
}

function sticker(given) {
  const image = el("img", { class: "sticker", src: fileUrl(given.file_id), alt: given.emoji || W.kinds.sticker, width: 128, height: 128 });
  image.addEventListener("error", () => image.replaceWith(el("span", { class: "bigemoji", text: given.emoji || "🙂" })));
  return image;
}

/** A drawn map: tiles would have to come from somewhere else. */
function place(spot, title) {
  const where = `${spot.latitude.toFixed(5)}, ${spot.longitude.toFixed(5)}`;
  return el("div", { class: "place" }, el("div", { class: "map", "aria-hidden": "true" }, icon("place")),
    el("p", {}, el("strong", { text: title }), el("span", { class: "small", text: where })));
}

function card(given) {
  const name = [given.first_name, given.last_name].filter(Boolean).join(" ");
  return el("div", { class: "file" }, el("span", { class: "disc" }, icon("card")),
    el("span", {}, el("span", { class: "filename", text: name }), el("span", { class: "small", text: given.phone_number })));
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}
