// The compose bar: words, a reply, an edit of one's last message, files, a place, a card.

import { act, upload } from "./api.js";
import { sender } from "./bubble.js";
import { clear, el, icon, iconButton, shortName } from "./dom.js";
import { brief } from "./media.js";
import { samplePictures } from "./samples.js";
import { W } from "./words.js";

const ACCEPTS = { photo: "image/*", video: "video/*", voice: "audio/*", document: "" };
const ATTACHABLE = [["photo", "photo"], ["sample", "photo"], ["samples", "photo"], ["document", "file"], ["video", "video"],
  ["voice", "mic"], ["place", "place"], ["contact", "card"]];

export class Composer {
  constructor(view) {
    this.view = view;
    this.reply = null;
    this.edit = null;
    this.context = el("div", { class: "context", hidden: true });
    this.answers = el("div", { class: "answers", hidden: true });
    this.menu = el("div", { class: "menu", hidden: true }, this.attachable().map(([kind, picture]) => this.menuItem(kind, picture)));
    this.input = el("textarea", { class: "input", rows: 1, placeholder: W.placeholder, enterkeyhint: "send", on: {
      input: () => this.grow(), keydown: (event) => this.key(event) } });
    this.files = el("input", { type: "file", hidden: true, tabindex: -1, on: { change: () => this.picked() } });
    this.clip = iconButton("clip", W.attach, () => this.toggleMenu(), "attach");
    this.clip.setAttribute("aria-expanded", "false");
    this.pencil = iconButton("pencil", W.editLast, () => this.setEdit(this.view.lastOwn()), "editlast");
    this.at = iconButton("at", W.callBot(""), () => this.callBot(), "callbot");
    this.sender = iconButton("send", W.send, () => this.send(), "send");
    this.element = el("form", { class: "compose", on: { submit: (event) => this.submit(event) } }, this.answers, this.context,
      this.menu, el("div", { class: "field" }, this.clip, this.at, this.input, this.pencil, this.sender), this.files);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.escape());
    this.fill(view.phone.drafts.get(this.draftKey()) || "", false);
  }

  attachable() {
    return ATTACHABLE;
  }

  draftKey() {
    return `${this.view.person.id}|${this.view.key}|${this.view.topic}`;
  }

  menuItem(kind, picture) {
    return el("button", { type: "button", "data-kind": kind, on: { click: () => this.attach(kind) } }, icon(picture),
      el("span", { text: W.attachKinds[kind] }));
  }

  /** What depends on the chat: whether the bot can be called here, what may be edited, a reply keyboard. */
  render() {
    const { chat } = this.view;
    const bot = this.view.bot();
    const name = chat.type === "private" ? bot.first_name : shortName(chat.title);
    this.input.setAttribute("aria-label", W.message(name));
    this.at.hidden = chat.type === "private" || chat.is_forum || !bot;
    if (bot) this.nameCall(bot.username);
    this.pencil.hidden = Boolean(this.input.value || this.edit || !this.view.lastOwn());
    this.renderAnswers(chat.keyboard?.keyboard || []);
  }

  nameCall(name) {
    this.at.setAttribute("aria-label", W.callBot(name));
    this.at.title = `${W.callBot(name)}. ${W.callBotWhy}`;
  }

  renderAnswers(rows) {
    this.answers.hidden = !rows.length;
    if (this.answersState === rows) return;
    this.answersState = rows;
    clear(this.answers, rows.flat().map((button) => {
      const words = button.text || button;
      return el("button", { type: "button", class: "key", text: words, on: { click: () => this.say(words) } });
    }));
  }

  // Words

  fill(words, focus = true) {
    this.input.value = words;
    this.grow();
    if (focus) this.input.focus();
  }

  grow() {
    this.view.phone.drafts.set(this.draftKey(), this.edit ? "" : this.input.value);
    this.input.style.height = "auto";
    if (this.input.value) this.input.style.height = `${Math.min(this.input.scrollHeight + 2, 140)}px`;
    this.sender.classList.toggle("ready", Boolean(this.input.value.trim()));
    this.pencil.hidden = Boolean(this.input.value || this.edit || !this.view.lastOwn?.());
  }

  callBot() {
    const call = `@${this.view.bot().username} `;
    this.fill(this.input.value.includes(call.trim()) ? this.input.value : call + this.input.value);
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
    if (event.key === "ArrowUp" && !this.input.value && this.view.lastOwn()) {
      event.preventDefault();
      this.setEdit(this.view.lastOwn());
    }
  }

  submit(event) {
    event.preventDefault();
    this.send();
  }

  escape() {
    this.closeMenu();
    this.drop();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text || this.busy) return;
    this.busy = true;
    const sent = this.edit ? await this.saveEdit(text) : await this.say(text);
    this.busy = false;
    if (sent) {
      this.fill("");
      this.drop();
    }
  }

  say(text) {
    return this.view.phone.tries(act("say", { ...this.place(), text }));
  }

  saveEdit(text) {
    const { person, key } = this.view;
    return this.view.phone.tries(act("edit", { person: person.id, chat: key, message_id: this.edit.message_id, text }));
  }

  /** Where and as an answer to what: the part that every kind of message has in common. */
  place() {
    const { person, key, topic } = this.view;
    return { person: person.id, chat: key, topic: topic || undefined, reply_to: this.reply?.message_id };
  }

  // Replying and editing

  setReply(message) {
    this.drop();
    this.reply = message;
    this.showContext("reply", shortName(sender(message).name), brief(message), W.dropReply);
    this.input.focus();
  }

  setEdit(message) {
    if (!message) return;
    this.drop();
    this.edit = message;
    this.showContext("pencil", W.editing, brief(message), W.dropEdit, iconButton("bin", W.remove, () => this.remove()));
    this.fill(message.text ?? message.caption ?? "");
  }

  showContext(picture, title, words, label, extra = null) {
    this.context.hidden = false;
    clear(this.context, icon(picture), el("span", {}, el("strong", { text: title }), el("span", { text: words })), extra,
      iconButton("close", label, () => this.drop()));
    this.sender.setAttribute("aria-label", this.edit ? W.save : W.send);
  }

  drop() {
    const wasEditing = this.edit;
    this.reply = this.edit = null;
    this.context.hidden = true;
    this.sender.setAttribute("aria-label", W.send);
    if (wasEditing) this.fill("");
  }

  async remove() {
    const { person, key } = this.view;
    await this.view.phone.tries(act("delete", { person: person.id, chat: key, message_id: this.edit.message_id }));
    this.drop();
  }

  // Attaching

  toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    this.clip.setAttribute("aria-expanded", String(!this.menu.hidden));
    if (!this.menu.hidden) this.menu.firstChild.focus();
  }

  closeMenu() {
    if (this.menu.hidden) return;
    this.toggleMenu();
    this.clip.focus();
  }

  async attach(kind) {
    this.closeMenu();
    if (kind === "place") return this.sent(act("place", { ...this.place(), ...W.samplePlace }));
    if (kind === "contact") return this.sent(act("contact", { ...this.place(), ...W.sampleContact }));
    if (kind === "sample") return this.sendFiles("photo", await samplePictures(1));
    if (kind === "samples") return this.sendFiles("photo", await samplePictures(3));
    this.kind = kind;
    this.files.accept = ACCEPTS[kind];
    this.files.multiple = kind === "photo" || kind === "document";
    this.files.value = "";
    return this.files.click();
  }

  picked() {
    const files = [...this.files.files].slice(0, 10);
    if (files.length) this.sendFiles(this.kind, files);
  }

  /** What is written already goes along as the caption. */
  sendFiles(kind, files) {
    return this.sent(upload(files, { ...this.place(), kind, caption: this.edit ? "" : this.input.value.trim() }), true);
  }

  async sent(sending, captioned = false) {
    if (!(await this.view.phone.tries(sending))) return;
    if (captioned) this.fill("");
    this.drop();
  }
}
