// The guided tour: a strip above the phones. It waits for what really happens, and only points.

import { clear, el, iconButton, shortName } from "./dom.js";
import { STEPS } from "./steps.js";

const KEPT = "binhyen-tour"; // {step, open}: where somebody stopped

export class Tour {
  constructor(app) {
    this.app = app;
    this.element = document.getElementById("tour");
    this.button = document.getElementById("guide");
    this.button.addEventListener("click", () => (this.open ? this.close() : this.begin(this.ended ? 0 : this.step)));
    const kept = readKept();
    this.step = kept.step < STEPS.length ? kept.step : 0;
    this.ended = kept.step >= STEPS.length;
    this.open = kept.open && !this.ended;
    this.part = 0;
    this.marks = null;
    this.lit = [];
  }

  get current() {
    return STEPS[this.step].parts[this.part];
  }

  /** The last message id of a chat when the step began; newer ones count as done in it. */
  mark(key) {
    return this.marks?.get(key) ?? 0;
  }

  // Going on

  begin(step) {
    Object.assign(this, { step, open: true, ended: false });
    this.startStep();
    this.render();
    this.element.querySelector("button")?.focus();
  }

  startStep() {
    this.marks = new Map([...this.app.world.chats.values()].map((chat) => [chat.key, chat.lastId]));
    this.keep();
    this.startPart(0);
  }

  startPart(part) {
    this.part = part;
    this.seen = null;
    this.partMarks = new Map([...this.app.world.chats.values()].map((chat) => [chat.key, chat.lastId]));
    this.drawn = null;
    this.shown = null;
  }

  /** Whether a message came after this part began. */
  since(message) {
    const { chat } = message;
    const key = chat.id > 0 ? [...this.partMarks.keys()].find((known) => known.startsWith(`${chat.id}:`)) : String(chat.id);
    return message.message_id > (this.partMarks.get(key) ?? 0);
  }

  /** A message as it stands now. */
  now(seen) {
    return this.app.world.chats.get(seen.key)?.byId.get(seen.message.message_id);
  }

  forward() {
    if (this.part + 1 < STEPS[this.step].parts.length) this.startPart(this.part + 1);
    else this.nextStep();
    this.render();
  }

  nextStep() {
    if (this.step + 1 < STEPS.length) {
      this.step += 1;
      this.startStep();
    } else {
      this.ended = true;
      this.close();
    }
  }

  skip() {
    this.nextStep();
    this.render();
  }

  close() {
    this.open = false;
    this.keep();
    this.render();
    this.button.focus();
  }

  keep() {
    localStorage.setItem(KEPT, JSON.stringify({ step: this.ended ? STEPS.length : this.step, open: this.open }));
  }

  // Drawing

  render() {
    if (!this.app.phones.length) return;
    this.dim();
    this.element.hidden = !this.open;
    this.button.setAttribute("aria-expanded", String(this.open));
    this.button.textContent = this.open ? "Ẩn hướng dẫn" : this.ended ? "Xem lại hướng dẫn" : `Hướng dẫn · bước ${this.step + 1}/${STEPS.length}`;
    if (!this.open) return;
    if (!this.marks) this.startStep();
    while (this.open && this.current.done?.(this.app, this)) {
      const { step, part } = this;
      this.forward();
      if (step === this.step && part === this.part) break;
      return;
    }
    this.point();
    this.draw();
  }

  draw() {
    const part = this.current;
    const missing = part.empty && !this.seen;
    const state = JSON.stringify([this.step, this.part, missing]);
    if (this.drawn === state) return;
    this.drawn = state;
    const focused = this.element.contains(document.activeElement);
    const total = STEPS.length;
    clear(this.element,
      el("ol", { class: "dots", "aria-label": `Bước ${this.step + 1} trên ${total}` }, STEPS.map((step, at) =>
        el("li", { class: at < this.step ? "past" : at === this.step ? "now" : "", "aria-current": at === this.step ? "step" : null },
          el("span", { text: at < this.step ? "✓" : at + 1 })))),
      el("div", { class: "say", "aria-live": "polite" },
        el("h2", { text: `Bước ${this.step + 1}/${total}: ${STEPS[this.step].title}` }),
        el("p", { text: missing ? part.empty : part.words })),
      el("div", { class: "does" }, this.buttons(part, missing)));
    if (focused) this.element.querySelector("button")?.focus();
  }

  buttons(part, missing) {
    const button = (words, press, kind = "quiet") => el("button", { type: "button", class: kind, text: words, on: { click: press } });
    return [
      missing ? button("Về bước 1", () => this.begin(0), "primary") : null,
      part.fill ? button(part.fill.label, () => this.fill(part), "primary") : null,
      part.next ? button(part.next, () => this.forward(), "primary") : null,
      !part.fill && !part.next && !missing ? button("Chỉ chỗ cho tôi", () => this.find()) : null,
      part.next ? null : button("Bỏ qua bước này", () => this.skip()),
      iconButton("close", "Đóng hướng dẫn", () => this.close()),
    ];
  }

  fill(part) {
    const view = this.show(true);
    view?.composer.fill(part.fill.text);
  }

  /** Asked where: open it again, and say whose phone that is. */
  find() {
    const phone = this.show(true)?.phone;
    phone?.toast(`Đây là máy của ${shortName(phone.person.first_name)}`);
  }

  /** Open the place on the right person's phone: once by itself, and whenever asked. */
  show(asked = false) {
    const place = this.current.place(this.app, this);
    const person = this.current.who(this.app);
    if (!place || !person) return null;
    if (asked) this.app.showShelf("");
    const phone = this.app.phoneOf(person);
    const id = place.message?.message_id;
    const shown = `${this.step}.${this.part}.${place.key}.${id}`;
    if (!asked && this.shown === shown) return null;
    this.shown = shown;
    const message = place.message;
    const view = phone?.open(place.key, message?.is_topic_message ? message.message_thread_id : place.topic || 0);
    if (message) view?.nodeOf(id)?.scrollIntoView({ block: "nearest" });
    this.current.also?.(this.app).forEach((other) => this.openBeside(other));
    return view;
  }

  /** A second place, where its owner's phone is in sight anyway. */
  openBeside({ person, key }) {
    this.app.phones.find((phone) => phone.visible && phone.person.id === person?.id)?.open(key);
  }

  // Pointing

  point() {
    const place = this.current.place(this.app, this);
    if (place?.message) this.seen = place;
    if (!place) return;
    this.show();
    const person = this.current.who(this.app);
    const phone = this.app.phones.find((held) => held.visible && held.person.id === person.id);
    this.lit = phone ? this.targets(phone, place) : [];
    this.lit.forEach((node) => node.classList.add("lit"));
  }

  targets(phone, place) {
    const { view } = phone;
    if (view?.key !== place.key) return wayThere(phone, place);
    if (this.current.input) return [view.composer.element.querySelector(".field")];
    const message = place.last ? view.messages().at(-1) : place.message;
    const node = message && view.nodeOf(message.message_id);
    if (!node) return wayThere(phone, place);
    const keys = [...node.querySelectorAll(".key")].filter((key) =>
      this.current.buttons?.some((word) => key.textContent.includes(word)));
    return keys.length ? keys : [node.querySelector(".bubble")].filter(Boolean);
  }

  dim() {
    this.lit.forEach((node) => node.classList.remove("lit"));
    this.lit = [];
  }
}

function wayThere(phone, place) {
  const topic = place.message?.is_topic_message ? place.message.message_thread_id : 0;
  const way = phone.view?.key === place.key ? phone.element.querySelector(`[data-topic="${topic}"]`)
    : phone.element.querySelector(`[data-key="${place.key}"]`) || phone.element.querySelector(".back");
  return way ? [way] : [];
}

function readKept() {
  try {
    return { step: 0, open: true, ...JSON.parse(localStorage.getItem(KEPT) || "{}") };
  } catch {
    return { step: 0, open: true };
  }
}
