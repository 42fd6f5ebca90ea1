// What the phones know: people, bots, chats and messages, kept alive by Server-Sent Events.

import { readState } from "./api.js";

const SETTLE = 16; // ms: events that arrive together are drawn together
const AGAIN = 1500; // ms before a broken stream is opened again

const SERVICE = ["new_chat_members", "left_chat_member", "new_chat_title", "pinned_message", "forum_topic_created",
  "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "migrate_to_chat_id", "migrate_from_chat_id",
  "group_chat_created", "supergroup_chat_created"];

export function isService(message) {
  return SERVICE.some((key) => key in message);
}

/** The topic a message stands in; 0 for the chat itself. Replies carry a thread id outside topics too. */
export function topicOf(message) {
  return message.is_topic_message ? message.message_thread_id : 0;
}

class ChatView {
  constructor(given) {
    this.firstUnread = 0; // everything up to here was there before the page was
    this.take(given);
  }

  /** A newer picture of the same chat: everything but what this page alone knows. */
  take(given) {
    const same = (message) => {
      const old = this.byId?.get(message.message_id);
      return old && JSON.stringify(old) === JSON.stringify(message) ? old : message; // drawn ones stay as they are
    };
    Object.assign(this, given, { messages: given.messages.map(same) });
    this.byId = new Map(this.messages.map((message) => [message.message_id, message]));
  }

  get lastId() {
    return this.messages.at(-1)?.message_id ?? 0;
  }

  get name() {
    return this.title || this.first_name || "";
  }

  put(message) {
    const id = message.message_id;
    const known = this.byId.has(id);
    this.byId.set(id, message);
    if (!known && id > this.lastId) this.messages.push(message);
    else if (known) this.messages[this.messages.findIndex((old) => old.message_id === id)] = message;
    else this.messages = [...this.byId.values()].sort((a, b) => a.message_id - b.message_id);
  }

  drop(id) {
    if (!this.byId.delete(id)) return;
    this.messages = this.messages.filter((message) => message.message_id !== id);
    this.pinned = this.pinned.filter((pinned) => pinned !== id);
  }

  inTopic(topic) {
    return this.is_forum ? this.messages.filter((message) => topicOf(message) === topic) : this.messages;
  }
}

export class World extends EventTarget {
  constructor() {
    super();
    this.people = new Map();
    this.bots = new Map();
    this.chats = new Map();
    this.reads = new Map();
    this.actions = new Map();
    this.answers = new Map();
    this.live = false;
    this.loading = null;
    this.waiting = null;
    this.held = [];
  }

  // Being alive

  connect() {
    const stream = new EventSource("/phone/events");
    stream.onopen = () => this.reload().then(() => this.setLive(true), () => this.retry(stream));
    stream.onmessage = (event) => this.hear(JSON.parse(event.data));
    stream.onerror = () => this.retry(stream);
  }

  /** The browser retries by itself only after some failures; opening anew covers all, and reads what was missed. */
  retry(stream) {
    stream.close();
    this.setLive(false);
    clearTimeout(this.again);
    this.again = setTimeout(() => this.connect(), AGAIN);
  }

  setLive(live) {
    this.live = live;
    this.dispatchEvent(new CustomEvent("line", { detail: live }));
  }

  /** Read everything. Events that arrive meanwhile wait, then are applied on top: each is safe to apply twice. */
  async reload() {
    this.held = this.held || [];
    try {
      this.takeState(await readState());
    } finally {
      const held = this.held;
      this.held = null;
      held.forEach((event) => this.apply(event));
    }
    this.touch();
  }

  takeState(state) {
    if (state.zalo) this.tell("zalostate", state.zalo);
    const first = this.chats.size === 0;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.bots = new Map(state.bots.map((bot) => [bot.id, bot]));
    const restarted = state.chats.some((chat) => (this.chats.get(chat.key)?.lastId ?? 0) > lastIdOf(chat))
      && state.chats.every((chat) => lastIdOf(chat) <= (this.chats.get(chat.key)?.lastId ?? Infinity));
    if (restarted) this.reads.clear();
    const old = this.chats;
    this.chats = new Map(state.chats.map((given) => {
      const chat = old.get(given.key) || new ChatView(given);
      chat.take(given);
      if (first || restarted) chat.firstUnread = chat.lastId;
      return [given.key, chat];
    }));
  }

  hear(event) {
    if (this.held) this.held.push(event);
    else this.apply(event);
  }

  apply({ kind, chat: key, body }) {
    if (kind === "answer") return this.answered(body);
    if (kind === "zalo") return this.tell("zalo", body);
    const chat = this.chats.get(key);
    if (kind === "chat" || !chat) return this.readSoon();
    const change = { message: putNew, edited: putNew, deleted: (chat, gone) => chat.drop(gone.message_id), reaction: react, keyboard: setKeyboard }[kind];
    if (change) change(chat, body);
    if (kind === "action") this.note(key, body);
    if (kind === "message") {
      this.actions.delete(key);
      this.tell("message", { chat, message: body });
    }
    this.touch();
  }

  /** The answer to a pressed button, which may be here before the press has returned; null when none comes. */
  answerTo(query, patience = 10000) {
    if (this.answers.has(query)) return Promise.resolve(this.answers.get(query));
    return new Promise((resolve) => {
      this.answers.set(query, resolve);
      setTimeout(() => resolve(null), patience);
    });
  }

  answered(body) {
    const waiting = this.answers.get(body.query);
    if (typeof waiting === "function") waiting(body);
    this.answers.set(body.query, body);
  }

  readSoon() {
    clearTimeout(this.loading);
    this.loading = setTimeout(() => this.reload().catch(() => {}), 80);
  }

  /** "đang soạn…", for as long as Telegram shows it. */
  note(key) {
    this.actions.set(key, Date.now() + 5000);
    setTimeout(() => this.touch(), 5100);
  }

  writing(key) {
    return (this.actions.get(key) ?? 0) > Date.now();
  }

  touch() {
    this.waiting ??= setTimeout(() => {
      this.waiting = null;
      this.tell("change");
    }, SETTLE);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // Who is who

  bot() {
    return this.bots.values().next().value;
  }

  /** The bot of a private chat, or the one in a group. */
  botOf(chat) {
    const id = Number(chat.key.split(":")[1]) || chat.members.find((member) => member.is_bot)?.id;
    return this.bots.get(id);
  }

  botNamed(username) {
    return [...this.bots.values()].find((bot) => bot.username.toLowerCase() === username.toLowerCase());
  }

  privateKey(person, bot = this.bot()) {
    return `${person.id}:${bot.id}`;
  }

  desk() {
    return [...this.chats.values()].find((chat) => chat.is_forum);
  }

  groups() {
    return [...this.chats.values()].filter((chat) => chat.type !== "private" && !chat.is_forum && !chat.migrated_to);
  }

  /** What somebody is, as their standing in the desk chat tells. */
  role(person) {
    const status = this.desk()?.members.find((member) => member.id === person.id)?.status;
    if (status === "creator" || status === "administrator") return "chief";
    return status === "member" ? "officer" : "resident";
  }

  /** The chats on somebody's phone, newest first; the bot's private chat is there before its first word. */
  chatsOf(person) {
    const inside = (chat) => chat.members.some((m) => m.id === person.id && !["left", "kicked"].includes(m.status));
    const found = [...this.chats.values()].filter((chat) => chat.type !== "private" && inside(chat) && !chat.migrated_to);
    found.push(...[...this.bots.values()].map((bot) => this.privateChat(person, bot)));
    return found.sort((a, b) => (b.messages.at(-1)?.date ?? 0) - (a.messages.at(-1)?.date ?? 0));
  }

  privateChat(person, bot) {
    const key = this.privateKey(person, bot);
    return this.chats.get(key) || new ChatView({ key, id: person.id, type: "private", first_name: person.first_name,
      members: [], topics: [], pinned: [], reactions: {}, keyboard: null, messages: [] });
  }

  chatFor(person, key) {
    return this.chats.get(key) || this.chatsOf(person).find((chat) => chat.key === key);
  }

  // Read and unread

  markRead(person, chat, topic) {
    const last = chat.inTopic(topic).at(-1)?.message_id ?? 0;
    const key = `${person.id}|${chat.key}|${topic}`;
    if (last > (this.reads.get(key) ?? 0)) {
      this.reads.set(key, last);
      this.touch();
    }
  }

  /** How many messages wait; in one topic, or in the whole chat where `topic` is left out. */
  unread(person, chat, topic) {
    let count = 0;
    for (let at = chat.messages.length - 1; at >= 0; at -= 1) {
      const message = chat.messages[at];
      if (message.message_id <= chat.firstUnread) break;
      const place = topicOf(message);
      const read = this.reads.get(`${person.id}|${chat.key}|${place}`) ?? 0;
      const mine = message.from?.id === person.id || isService(message);
      if (!mine && message.message_id > read && (topic === undefined || topic === place)) count += 1;
    }
    return count;
  }

  unreadOf(person) {
    return this.chatsOf(person).reduce((sum, chat) => sum + this.unread(person, chat), 0);
  }
}

function lastIdOf(given) {
  return given.messages.at(-1)?.message_id ?? 0;
}

function putNew(chat, message) {
  const isNew = !chat.byId.has(message.message_id);
  chat.put(message);
  if (isNew) serviceChange(chat, message);
}

/** Service messages say what else changed, so the state need not be read again. */
function serviceChange(chat, message) {
  const topic = chat.topics.find((known) => known.id === message.message_thread_id);
  if (message.pinned_message) chat.pinned = [...chat.pinned, message.pinned_message.message_id];
  if (message.new_chat_title) chat.title = message.new_chat_title;
  if (message.forum_topic_created && !topic) {
    chat.topics = [...chat.topics, { id: message.message_thread_id, name: message.forum_topic_created.name, closed: false }];
  }
  if (topic && message.forum_topic_edited?.name) topic.name = message.forum_topic_edited.name;
  if (topic && (message.forum_topic_closed || message.forum_topic_reopened)) topic.closed = "forum_topic_closed" in message;
}

function react(chat, body) {
  const given = { ...(chat.reactions[body.message_id] || {}), [body.from]: body.reaction };
  chat.reactions = { ...chat.reactions, [body.message_id]: given };
}

function setKeyboard(chat, body) {
  chat.keyboard = body.keyboard ? body : null;
}
