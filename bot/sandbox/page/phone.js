// One phone: whose it is, the list of chats or the open chat, and what slides over them.

import { act } from "./api.js";
import { OpenChat } from "./chat.js";
import { chatList } from "./chatlist.js";
import { avatar, badge, clear, el, icon, shortName } from "./dom.js";
import { W } from "./words.js";

const TELEGRAM_LINK = /^https?:\/\/t\.me\/(\w+)(?:\?(start|startgroup)=([\w-]+))?$/;
const TOAST = 3500;

export class Phone {
  constructor(app, person) {
    this.app = app;
    this.world = app.world;
    this.drafts = new Map();
    this.view = null;
    this.owner = el("button", { type: "button", class: "owner", "aria-haspopup": "true", "aria-expanded": "false",
      on: { click: () => this.toggleMenu() } });
    this.menu = el("div", { class: "owners", hidden: true });
    this.body = el("div", { class: "body" });
    this.note = el("p", { class: "toast", role: "status" });
    this.sheet = el("div", { class: "sheet", hidden: true });
    this.element = el("section", { class: "phone" }, el("header", { class: "cap" }, this.owner, this.menu), this.body,
      this.note, this.sheet);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.escape());
    document.addEventListener("click", (event) => !event.target.closest?.(".cap") && this.closeMenu());
    this.give(person);
  }

  get visible() {
    return this.element.offsetParent !== null;
  }

  /** Hand the phone to somebody; each person's open chat is remembered. */
  give(person) {
    if (this.person) this.app.places.set(this.person.id, this.view ? [this.view.key, this.view.topic] : null);
    this.person = person;
    this.element.dataset.role = this.world.role(person);
    this.element.setAttribute("aria-label", person.first_name);
    const place = this.app.places.get(person.id);
    if (place && this.world.chatFor(person, place[0])) this.open(...place);
    else this.back();
  }

  open(key, topic = 0) {
    if (this.view?.key === key && this.view.topic === topic && this.view.person.id === this.person.id) return this.view;
    this.view = this.makeChat(key, topic);
    clear(this.body, this.view.element);
    this.view.arrive();
    this.render();
    this.app.moved();
    return this.view;
  }

  makeChat(key, topic) {
    return new OpenChat(this, key, topic);
  }

  back() {
    const key = this.view?.key;
    this.view = null;
    this.render();
    if (key) this.body.querySelector(`[data-key="${key}"]`)?.focus();
    this.app.moved();
  }

  render() {
    this.renderOwner();
    if (this.view) this.view.render();
    else chatList(this);
  }

  renderOwner() {
    const name = shortName(this.person.first_name);
    const others = this.app.everyone().filter((person) => person.id !== this.person.id);
    const waiting = others.map((person) => this.world.unreadOf(person));
    const role = this.world.role(this.person);
    this.element.dataset.role = role;
    const state = JSON.stringify([this.person.id, role, waiting]);
    if (this.ownerState === state) return;
    this.ownerState = state;
    clear(this.owner, avatar(this.person.id, name), el("span", { class: "who" }, el("strong", { text: name }),
      el("span", { class: "small", text: W.roles[role] })), el("span", { class: "sr", text: W.switchPerson }), icon("down"));
    clear(this.menu, others.map((person, at) => el("button", { type: "button", on: { click: () => this.swap(person) } },
      avatar(person.id, person.first_name), el("span", { class: "who" }, el("strong", { text: shortName(person.first_name) }),
        el("span", { class: "small", text: W.roles[this.world.role(person)] })), badge(waiting[at], W.unread))));
  }

  toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    this.owner.setAttribute("aria-expanded", String(!this.menu.hidden));
    if (!this.menu.hidden) this.menu.firstChild?.focus();
  }

  closeMenu() {
    if (!this.menu.hidden) this.toggleMenu();
  }

  swap(person) {
    this.closeMenu();
    this.app.give(this, person);
    this.owner.focus();
  }

  escape() {
    if (!this.menu.hidden) {
      this.closeMenu();
      this.owner.focus();
    }
    this.closeSheet();
  }

  // Links

  /** A t.me link of a bot here is followed inside; any other address is only named. */
  openUrl(url) {
    const [, name, kind] = TELEGRAM_LINK.exec(url) || [];
    const bot = name && this.world.botNamed(name);
    if (!bot) return this.toast(W.outside(url));
    if (kind === "startgroup") return this.chooseGroup(url);
    if (kind === "start") this.tries(act("open", { person: this.person.id, url }));
    return this.open(this.world.privateKey(this.person, bot));
  }

  openBot(username) {
    const bot = this.world.botNamed(username);
    if (bot) this.open(this.world.privateKey(this.person, bot));
  }

  chooseGroup(url) {
    const groups = this.world.chatsOf(this.person).filter((chat) => chat.type !== "private");
    const add = async (chat) => {
      this.closeSheet();
      if (await this.tries(act("open", { person: this.person.id, url, chat: chat.key }))) this.open(chat.key);
    };
    this.openSheet(groups.length ? W.chooseGroup : W.noGroups, [
      ...groups.map((chat) => el("button", { type: "button", class: "choice", on: { click: () => add(chat) } },
        avatar(chat.id, chat.title, chat.is_forum ? "desk" : "group"), el("span", { text: chat.title }))),
      this.closeButton(W.cancel),
    ]);
  }

  // What slides over

  alert(text) {
    this.openSheet(text, [this.closeButton(W.ok)]);
  }

  closeButton(words) {
    return el("button", { type: "button", class: "primary", text: words, on: { click: () => this.closeSheet() } });
  }

  openSheet(words, buttons) {
    this.before = document.activeElement;
    clear(this.sheet, el("div", { role: "alertdialog", "aria-modal": "true", "aria-label": words },
      el("p", { text: words }), buttons));
    this.sheet.hidden = false;
    this.body.inert = true;
    this.sheet.querySelector("button").focus();
  }

  closeSheet() {
    if (this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.body.inert = false;
    this.before?.focus?.();
  }

  toast(text) {
    this.note.textContent = text;
    this.note.classList.add("shown");
    clearTimeout(this.noteEnds);
    this.noteEnds = setTimeout(() => this.note.classList.remove("shown"), TOAST);
  }

  /** The result of an act; what went wrong is said on this phone, and null comes back. */
  async tries(acting) {
    try {
      return await acting;
    } catch (error) {
      this.toast(W.failed(error.message));
      return null;
    }
  }
}
