// One message, or one album, as it stands in an open chat.

import { avatar, el, hue, icon, iconButton, shortName, timeOf } from "./dom.js";
import { album, brief, media, mediaKind } from "./media.js";
import { rich } from "./rich.js";
import { W } from "./words.js";
import { isService } from "./world.js";

const JUMBO = /^(?:\p{Extended_Pictographic}\uFE0F?\s*){1,3}$/u;

/** `row`: {messages, first, last, mine}; `view` is the open chat, which knows what pressing does. */
export function bubbleRow(row, view) {
  const message = row.messages[0];
  if (isService(message)) return serviceLine(message, view);
  const group = view.chat.type !== "private";
  const bubble = el("div", { class: bubbleClass(row) }, inside(row, view, group));
  const keys = keyboard(row.messages.at(-1), view);
  const stack = el("div", { class: "stack" }, bubble, keys);
  const face = group && !row.mine ? el("div", { class: "side" }, row.last ? sender(message).face() : null) : null;
  return el("article", {
    class: `row${row.mine ? " mine" : ""}${row.first ? " first" : ""}`, "data-id": message.message_id,
    on: { dblclick: () => view.composer.setReply(message) },
  }, face, stack, tools(row, view));
}

function bubbleClass(row) {
  const message = row.messages[0];
  const bare = message.sticker || (message.text && !message.entities && JUMBO.test(message.text)) ? " bare" : "";
  const pictured = message.photo || message.video || message.location ? " pictured" : "";
  return `bubble${bare}${pictured}${row.last ? " tail" : ""}`;
}

function inside(row, view, group) {
  const message = row.messages[0];
  const words = row.messages.find((part) => part.text || part.caption) || message;
  return [
    group && !row.mine && row.first ? senderLine(message) : null,
    message.forward_origin ? el("p", { class: "origin", text: W.forwarded(originName(message.forward_origin)) }) : null,
    quote(message, view),
    row.messages.length > 1 ? album(row.messages) : media(message),
    message.poll ? quiz(message, view) : null,
    el("div", { class: "words" }, text(words, view), foot(row.messages.at(-1))),
    reactions(row, view),
  ];
}

function text(message, view) {
  const words = message.text ?? message.caption;
  if (!words) return null;
  return el("div", { class: "text" }, rich(words, message.entities || message.caption_entities, view.follow));
}

function foot(message) {
  const edited = message.edit_date && !message.reply_markup ? `${W.edited} ` : message.unheard ? `${W.unheard} · ` : "";
  const when = new Date(message.date * 1000).toISOString();
  return el("span", { class: "foot" }, edited, el("time", { datetime: when, text: timeOf(message.date) }));
}

/** Who a message is shown as: a group behind an anonymous admin, a bot, a person. */
export function sender(message) {
  const chat = message.sender_chat;
  if (chat) return { name: chat.title, id: chat.id, face: () => avatar(chat.id, chat.title, "group"), bot: false };
  const { id, first_name: name, is_bot: bot } = message.from;
  return { name, id, bot, face: () => avatar(id, name, bot ? "bot" : "person") };
}

function senderLine(message) {
  const who = sender(message);
  return el("p", { class: `sender ${inkOf(who)}` }, el("span", { text: shortName(who.name) }),
    who.bot ? el("span", { class: "botmark", text: W.bot }) : null,
    message.author_signature ? el("span", { class: "small", text: message.author_signature }) : null);
}

function inkOf(who) {
  return who.bot ? "frombot" : `ink${hue(who.id)}`;
}

function originName(origin) {
  return origin.sender_user?.first_name || origin.sender_chat?.title || origin.sender_user_name || "?";
}

/** A message in a topic names the topic's first message as the one it answers; that is no quote. */
function quote(message, view) {
  const old = message.reply_to_message;
  if (!old || old.forum_topic_created) return null;
  const now = view.chat.byId.get(old.message_id);
  const who = sender(old);
  return el("button", { type: "button", class: `quote ${inkOf(who)}`, "aria-label": `${W.jump}: ${cut(brief(old))}`,
    on: { click: () => view.jump(old.message_id) } },
    el("strong", { text: shortName(who.name) }), el("span", { text: now ? brief(now) : W.gone }));
}

const answered = new Map(); // "person:poll" -> what was chosen

/** A quiz: once answered on this phone, the counts, the right choice and why. */
function quiz(message, view) {
  const { id, question, options, correct_option_ids: right, explanation } = message.poll;
  const key = `${view.person.id}:${id}`;
  const mine = answered.get(key);
  const done = mine !== undefined;
  const choose = (at) => () => { answered.set(key, at); view.vote(message, at); };
  const mark = (at) => (done ? (right.includes(at) ? "✅ " : at === mine ? "❌ " : "") : "");
  const count = (option) => (done ? ` · ${option.voter_count}` : "");
  return el("div", { class: "keys" }, el("strong", { text: question }), options.map((option, at) => el("div", {},
    el("button", { type: "button", class: "key", disabled: done, on: { click: choose(at) } },
      el("span", { text: `${mark(at)}${option.text}${count(option)}` })))),
    done && explanation ? el("p", { class: "small", text: explanation }) : null);
}

function reactions(row, view) {
  const counts = new Map();
  for (const message of row.messages) {
    for (const chosen of Object.values(view.chat.reactions[message.message_id] || {})) {
      for (const { emoji } of chosen) counts.set(emoji, (counts.get(emoji) || 0) + 1);
    }
  }
  if (!counts.size) return null;
  return el("p", { class: "reactions" }, [...counts].map(([emoji, count]) =>
    el("span", { text: count > 1 ? `${emoji} ${count}` : emoji })));
}

function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el("div", { class: "keys" }, rows.map((buttons, row) => el("div", {}, buttons.map((button, column) => {
    const press = (event) => view.press(message, row, column, event.currentTarget);
    return el("button", { type: "button", class: "key", on: { click: press } }, el("span", { text: button.text }),
      button.url ? icon("out") : null);
  }))));
}

function tools(row, view) {
  const message = row.messages[0];
  const mayEdit = row.mine && message === view.lastOwn();
  return el("div", { class: "tools" },
    iconButton("reply", W.replyTo(shortName(sender(message).name)), () => view.composer.setReply(message)),
    mayEdit ? iconButton("pencil", W.editLast, () => view.composer.setEdit(message)) : null);
}

function serviceLine(message, view) {
  const words = serviceWords(message);
  const jump = message.pinned_message;
  return el("p", { class: "service", "data-id": message.message_id },
    jump ? el("button", { type: "button", text: words, on: { click: () => view.jump(jump.message_id) } })
      : el("span", { text: words }));
}

function cut(words) {
  return words.length > 40 ? `${words.slice(0, 38).trimEnd()}…` : words;
}

/** A service message as a sentence. */
export function serviceWords(message) {
  const by = shortName(message.sender_chat?.title || message.from.first_name);
  const named = (member) => shortName(member.first_name);
  if (message.new_chat_members) {
    const own = message.new_chat_members.every((member) => member.id === message.from.id);
    const who = message.new_chat_members.map(named).join(", ");
    return own ? W.service.joined(who) : W.service.added(by, who);
  }
  if (message.left_chat_member) {
    const who = message.left_chat_member;
    return who.id === message.from.id ? W.service.left(named(who)) : W.service.removed(by, named(who));
  }
  if (message.pinned_message) return W.service.pinned(by, cut(brief(message.pinned_message)));
  if (message.new_chat_title) return W.service.title(by, message.new_chat_title);
  if (message.forum_topic_created) return W.service.topic(by, message.forum_topic_created.name);
  if (message.forum_topic_edited) return W.service.topicNamed(message.forum_topic_edited.name || "");
  if (message.forum_topic_closed) return W.service.topicClosed;
  if (message.forum_topic_reopened) return W.service.topicReopened;
  return message.migrate_to_chat_id || message.migrate_from_chat_id ? W.service.moved : W.service.other;
}

/** One line for lists, pins and the screen reader. */
export function summary(message) {
  return isService(message) ? serviceWords(message) : brief(message) || W.kinds[mediaKind(message)] || "";
}
