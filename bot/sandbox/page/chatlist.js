// The list of chats on one phone; the desk shows its topics beneath its name.

import { summary } from "./bubble.js";
import { avatar, badge, clear, el, shortName, timeOf } from "./dom.js";
import { W } from "./words.js";
import { isService } from "./world.js";

const TOPICS = 4;

export function chatList(phone) {
  const focused = phone.body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const chats = phone.world.chatsOf(phone.person);
  const top = phone.body.querySelector(".chats")?.scrollTop ?? 0;
  const list = el("ul", { class: "chats", "aria-label": W.search }, chats.map((chat) => item(phone, chat)));
  clear(phone.body, list, chats.length > 1 ? null : el("p", { class: "empty", text: W.noChats }));
  list.scrollTop = top;
  if (focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
}

function item(phone, chat) {
  const { world, person } = phone;
  const isPrivate = chat.type === "private";
  const bot = isPrivate ? world.botOf(chat) : null;
  const name = isPrivate ? bot.first_name : shortName(chat.title);
  const last = chat.messages.at(-1);
  const face = avatar(isPrivate ? bot.id : chat.id, name, isPrivate ? "bot" : chat.is_forum ? "desk" : "group");
  return el("li", {}, el("button", { type: "button", class: "item", "data-key": chat.key, on: { click: () => phone.open(chat.key) } },
    face,
    el("span", { class: "line1" }, el("strong", { text: name }), isPrivate ? el("span", { class: "botmark", text: W.bot }) : null,
      last ? el("time", { text: timeOf(last.date) }) : null),
    el("span", { class: "line2" }, el("span", { class: "last", text: lastWords(phone, chat, last) }),
      badge(world.unread(person, chat), W.unread))), chat.is_forum ? topics(phone, chat) : null);
}

function lastWords(phone, chat, last) {
  if (phone.world.writing(chat.key)) return W.writing;
  if (!last) return chat.type === "private" ? W.notStarted : W.emptyGroup;
  if (isService(last)) return summary(last);
  const own = last.from?.id === phone.person.id;
  if (chat.type === "private" && !own) return summary(last);
  return `${own ? W.you : shortName(last.from.first_name)}: ${summary(last)}`;
}

/** The newest topics, so that an officer sees at a glance which group or tip waits. */
function topics(phone, chat) {
  const newest = [...chat.topics].sort((a, b) => lastIn(chat, b) - lastIn(chat, a)).slice(0, TOPICS);
  if (!newest.length) return null;
  return el("div", { class: "topics" }, newest.map((topic) => el("button", { type: "button", class: "chip",
    "data-key": `${chat.key}#${topic.id}`, title: topic.name, on: { click: () => phone.open(chat.key, topic.id) } },
    el("span", { text: topic.name }), badge(phone.world.unread(phone.person, chat, topic.id), W.unread))));
}

function lastIn(chat, topic) {
  return chat.inTopic(topic.id).at(-1)?.message_id ?? topic.id;
}
