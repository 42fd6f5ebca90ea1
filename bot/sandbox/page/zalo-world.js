// A Zalo world in the shape the phones know: the same reading, without topics, buttons, edits and deletions.

import { W } from "./words.js";
import { World } from "./world.js";

export class ZaloWorld extends World {
  /** `main` is the page's own world: it reads the state and keeps the stream. */
  constructor(main) {
    super();
    this.main = main;
    this.held = null;
  }

  take(state) {
    this.takeState({
      people: state.people.map((person) => ({ ...face(person), started: [], blocked: [] })),
      bots: state.bots.map(face),
      chats: state.chats.map((chat) => shownChat(chat, state)),
    });
    this.touch();
  }

  apply({ kind, chat: key, body }) {
    const chat = this.chats.get(key);
    super.apply({ kind, chat: key, body: kind === "message" && chat ? shownMessage(body, chat.byId) : body });
  }

  touch() {
    this.main.touch();
  }

  readSoon() {
    this.main.readSoon();
  }

  role() {
    return "zalo";
  }

  botOf(chat) {
    const id = chat.key.split(":")[1] ?? chat.members.find((member) => member.is_bot)?.id;
    return this.bots.get(id);
  }
}

function face({ id, name, is_bot: bot }) {
  return { id, first_name: name, is_bot: bot };
}

function shownChat(chat, state) {
  const inside = (one) => (one.is_bot ? chat.bots : chat.people).includes(one.id);
  const members = [...state.people, ...state.bots].filter(inside).map((one) => ({ ...one, status: "member" }));
  const byId = new Map();
  for (const message of chat.messages) byId.set(message.message_id, shownMessage(message, byId));
  return { key: chat.key, id: chat.id, title: chat.title, type: chat.type === "GROUP" ? "group" : "private", members, topics: [],
    pinned: [], reactions: {}, keyboard: null, messages: [...byId.values()] };
}

function shownMessage(given, byId) {
  const message = { message_id: given.message_id, from: face(given.from), date: Math.floor(given.date / 1000),
    chat: { id: given.chat.id }, unheard: !given.told && !given.from.is_bot };
  const answered = byId.get(given.reply_to);
  if (answered) message.reply_to_message = { ...answered, reply_to_message: undefined };
  if (given.kind === "photo") Object.assign(message, { photo: [picture(given.photo_url)], caption: given.caption });
  else message.text = given.text ?? W.zalo[given.kind];
  return message;
}

function picture(url) {
  return { file_id: `/zalo/phone/file/${url.split("/").at(-1)}`, width: 4, height: 3 };
}
