// An open chat on one phone: its head, pinned message, topics, messages and the compose bar.

import { act } from "./api.js";
import { bubbleRow, sender, summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, badge, clear, dayName, el, icon, iconButton, shortName } from "./dom.js";
import { W } from "./words.js";
import { isService } from "./world.js";

const SHOWN = 150; // messages drawn at first; older ones on demand
const SERIES = 300; // seconds within which one sender's messages stand together
const NEAR = 80; // pixels from the end that still count as being there

export class OpenChat {
  constructor(phone, key, topic) {
    Object.assign(this, { phone, world: phone.world, person: phone.person, key, topic, shown: SHOWN, stuck: true });
    this.drawn = new Map();
    this.follow = this.follow.bind(this);
    this.head = el("header", { class: "head" });
    this.pins = el("div", { class: "pins" });
    this.tabs = el("div", { class: "tabs", role: "group", "aria-label": W.topics });
    this.list = el("div", { class: "log", tabindex: 0, role: "region", on: { scroll: () => this.scrolled() } });
    this.down = iconButton("down", W.bottom, () => this.toEnd(), "down");
    this.composer = this.makeComposer();
    this.element = el("section", { class: "chat" }, this.head, this.tabs, this.pins,
      el("div", { class: "wall" }, this.list, this.down), this.composer.element);
    this.render();
    this.toEnd();
    // The keyboard of a real phone, the tour, a long draft: whoever reads the end goes on reading the end.
    new ResizeObserver(() => this.resized()).observe(this.list);
  }

  makeComposer() {
    return new Composer(this);
  }

  get chat() {
    return this.world.chatFor(this.person, this.key);
  }

  messages() {
    return this.chat.inTopic(this.topic);
  }

  lastOwn() {
    return this.messages().findLast((message) => message.from?.id === this.person.id && !isService(message));
  }

  // Drawing

  render() {
    if (this.topic && !this.chat.topics.some((topic) => topic.id === this.topic)) this.topic = 0;
    this.renderHead();
    this.renderTabs();
    this.renderPins();
    this.renderLog();
    this.composer.render();
    if (this.phone.visible && !document.hidden) this.world.markRead(this.person, this.chat, this.topic);
  }

  renderHead() {
    const { chat } = this;
    const isPrivate = chat.type === "private";
    const bot = this.bot();
    const name = isPrivate ? bot.first_name : shortName(chat.title);
    const state = [name, this.world.writing(this.key), chat.members.length, this.isBlocked()].join("|");
    if (this.headState === state) return;
    this.headState = state;
    this.list.setAttribute("aria-label", name);
    const about = this.world.writing(this.key) ? W.writing : isPrivate ? W.privateWith : W.members(chat.members.length);
    clear(this.head,
      iconButton("back", W.back, () => this.phone.back(), "back"),
      avatar(isPrivate ? bot.id : chat.id, name, isPrivate ? "bot" : chat.is_forum ? "desk" : "group"),
      el("div", { class: "title" }, el("h3", {}, el("span", { text: name }),
        isPrivate ? el("span", { class: "botmark", text: W.bot }) : null), el("p", { class: "small", text: about })),
      isPrivate ? this.blockButton() : null);
  }

  blockButton() {
    const blocked = this.isBlocked();
    return iconButton("block", blocked ? W.unblock : W.block, () => this.toggleBlock(), blocked ? "on" : "");
  }

  bot() {
    return this.world.botOf(this.chat);
  }

  isBlocked() {
    return this.chat.type === "private" && this.world.people.get(this.person.id).blocked.includes(this.bot().id);
  }

  async toggleBlock() {
    await this.phone.tries(act("block", { person: this.person.id, bot: this.bot().id, blocked: !this.isBlocked() }));
    this.world.readSoon();
  }

  renderTabs() {
    this.tabs.hidden = !this.chat.is_forum;
    if (this.tabs.hidden) return;
    const topics = [{ id: 0, name: W.general }, ...this.chat.topics];
    const counts = topics.map((topic) => this.world.unread(this.person, this.chat, topic.id));
    const state = JSON.stringify([this.topic, topics, counts]);
    if (this.tabsState === state) return;
    this.tabsState = state;
    const focused = document.activeElement?.dataset?.topic;
    clear(this.tabs, topics.map((topic, at) => el("button", { type: "button", class: "tab", "data-topic": topic.id,
      "aria-pressed": String(topic.id === this.topic), title: topic.name, on: { click: () => this.phone.open(this.key, topic.id) } },
      topic.closed ? icon("lock") : null, el("span", { text: topic.name }), badge(counts[at], W.unread))));
    this.showTab();
    if (focused !== undefined && !document.activeElement?.dataset?.topic) {
      this.tabs.querySelector(`[data-topic="${focused}"]`)?.focus();
    }
  }

  renderPins() {
    const pinned = this.chat.byId.get(this.chat.pinned.at(-1));
    this.pins.hidden = !pinned;
    if (!pinned || this.pinState === pinned) return;
    this.pinState = pinned;
    clear(this.pins, el("button", { type: "button", class: "pin", on: { click: () => this.jump(pinned.message_id) } },
      icon("pin"), el("span", {}, el("strong", { text: W.pinned }), el("span", { text: summary(pinned) }))));
  }

  renderLog() {
    const atEnd = this.stuck;
    const messages = this.messages();
    const last = messages.at(-1);
    const own = last && last !== this.lastDrawn && last.from?.id === this.person.id;
    const nodes = this.rows(messages).map((row) => this.drawRow(row));
    if (messages.length > this.shown) nodes.unshift(this.olderButton());
    if (!messages.length) nodes.push(this.empty());
    this.settle(nodes);
    this.lastDrawn = last;
    if (atEnd || own) this.toEnd();
  }

  /** Put the nodes in place, moving only those that are new: what stays keeps its focus and open spoilers. */
  settle(nodes) {
    const wanted = new Set(nodes);
    for (const node of [...this.list.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] || null);
    });
    const kept = new Map();
    for (const [id, entry] of this.drawn) if (wanted.has(entry.node)) kept.set(id, entry);
    this.drawn = kept;
  }

  rows(messages) {
    const rows = [];
    for (const message of messages.slice(-this.shown)) {
      const before = rows.at(-1)?.messages;
      if (message.media_group_id && before?.[0].media_group_id === message.media_group_id) before.push(message);
      else rows.push({ messages: [message], mine: message.from?.id === this.person.id && !message.sender_chat });
    }
    rows.forEach((row, at) => {
      row.first = !follows(rows[at - 1], row);
      row.last = !follows(row, rows[at + 1]);
      row.day = !at || dayName(rows[at - 1].messages[0].date) !== dayName(row.messages[0].date);
    });
    return rows;
  }

  drawRow(row) {
    const id = row.messages[0].message_id;
    const old = this.drawn.get(id);
    const state = this.stateOf(row);
    const same = old && old.state === state && old.messages.length === row.messages.length
      && old.messages.every((message, at) => message === row.messages[at]);
    if (same) return old.node;
    const node = bubbleRow(row, this);
    if (row.day) node.dataset.day = nameOfDay(row.messages[0].date);
    this.drawn.set(id, { node, state, messages: row.messages });
    return node;
  }

  /** What a bubble shows beside its own messages. */
  stateOf(row) {
    const message = row.messages[0];
    const answered = message.reply_to_message && this.chat.byId.get(message.reply_to_message.message_id);
    return JSON.stringify([row.first, row.last, row.day, message === this.lastOwn(), answered?.edit_date ?? Boolean(answered),
      row.messages.map((part) => this.chat.reactions[part.message_id])]);
  }

  olderButton() {
    this.older ??= el("button", { type: "button", class: "older", text: W.older, on: { click: () => {
      this.shown += SHOWN;
      this.render();
    } } });
    return this.older;
  }

  empty() {
    const isPrivate = this.chat.type === "private";
    const words = isPrivate ? W.emptyPrivate : this.topic ? W.emptyTopic : W.emptyGroup;
    const start = () => this.phone.tries(act("start", { person: this.person.id, bot: this.bot().id }));
    return el("div", { class: "empty" }, isPrivate ? avatar(0, "", "bot") : null, el("p", { text: words }),
      isPrivate ? el("button", { type: "button", class: "primary", text: W.start, on: { click: start } }) : null);
  }

  // Moving about

  isAtEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  /** Once it stands in the page: sizes are known only now. */
  arrive() {
    this.toEnd();
    this.showTab();
  }

  showTab() {
    this.tabs.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  toEnd() {
    this.height = this.list.clientHeight;
    this.list.scrollTop = this.list.scrollHeight;
    this.scrolled();
  }

  resized() {
    this.height = this.list.clientHeight;
    if (this.stuck) this.toEnd();
    else this.scrolled();
  }

  /** A scroll event may come between a change of size and its notice; where one stood then says nothing. */
  scrolled() {
    if (this.height !== this.list.clientHeight) return;
    this.stuck = this.isAtEnd();
    this.down.hidden = this.stuck;
  }

  jump(id) {
    const message = this.chat.byId.get(id);
    if (!message) return this.phone.toast(W.gone);
    const topic = this.chat.is_forum && message.is_topic_message ? message.message_thread_id : 0;
    if (topic !== this.topic) return this.phone.open(this.key, topic).jump(id);
    this.shown = Math.max(this.shown, this.messages().length - this.messages().indexOf(message) + 20);
    this.renderLog();
    return flash(this.nodeOf(id));
  }

  nodeOf(id) {
    return [...this.drawn.values()].find((entry) => entry.messages.some((message) => message.message_id === id))?.node;
  }

  // Pressing

  async press(message, row, column, button) {
    button.classList.add("busy");
    const given = { person: this.person.id, chat: this.key, message_id: message.message_id, row, column };
    const press = await this.phone.tries(act("press", given));
    if (press?.url) this.phone.openUrl(press.url);
    else if (press) this.show(await this.world.answerTo(press.query));
    button.classList.remove("busy");
  }

  vote(message, choice) {
    return this.phone.tries(act("vote", { person: this.person.id, chat: this.key, message_id: message.message_id, choice }));
  }

  show(answer) {
    if (!answer) this.phone.toast(W.noAnswer);
    else if (answer.url) this.phone.openUrl(answer.url);
    else if (answer.text && answer.show_alert) this.phone.alert(answer.text);
    else if (answer.text) this.phone.toast(answer.text);
  }

  follow(kind, words, mark) {
    if (kind === "bot_command") this.composer.fill(`${words} `);
    else if (kind === "mention") this.phone.openBot(words.slice(1));
    else if (kind === "url" || kind === "text_link") this.phone.openUrl(mark.url || words);
  }
}

function follows(row, next) {
  if (!row || !next) return false;
  const [a, b] = [row.messages.at(-1), next.messages[0]];
  return !isService(a) && !isService(b) && sender(a).id === sender(b).id && b.date - a.date < SERIES;
}

function nameOfDay(seconds) {
  const name = dayName(seconds);
  if (name === dayName(Date.now() / 1000)) return W.today;
  return name === dayName(Date.now() / 1000 - 86400) ? W.yesterday : name;
}

function flash(node) {
  node?.scrollIntoView({ block: "center" });
  node?.classList.remove("flash");
  requestAnimationFrame(() => node?.classList.add("flash"));
}
