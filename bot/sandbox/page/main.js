// The page: four phones on one world, who holds which, and what is read aloud.

import { summary } from "./bubble.js";
import { avatar, badge, clear, el, shortName } from "./dom.js";
import { Phone } from "./phone.js";
import { Tour } from "./tour.js";
import { W } from "./words.js";
import { World, isService, topicOf } from "./world.js";
import { ZaloShelf } from "./zalo-phone.js";

const PHONES = 4;

class App {
  constructor() {
    this.world = new World();
    this.phones = [];
    this.places = new Map();
    this.live = document.getElementById("live");
    this.world.addEventListener("change", () => this.render());
    this.world.addEventListener("message", (event) => this.announce(event.detail));
    this.world.addEventListener("zalostate", (event) => this.takeZalo(event.detail));
    this.world.addEventListener("zalo", (event) => this.zalo?.world.hear(event.detail));
    this.world.addEventListener("line", (event) => this.showLine(event.detail));
    document.addEventListener("visibilitychange", () => this.render());
    window.addEventListener("resize", () => this.world.touch());
    this.tour = new Tour(this);
    this.world.connect();
  }

  /** Another platform's phone stands beside these, where the sandbox has such a world. */
  takeZalo(state) {
    this.zalo ??= new ZaloShelf(this);
    this.zalo.world.take(state);
  }

  everyone() {
    return [...this.world.people.values()];
  }

  render() {
    if (!this.phones.length && this.world.people.size) this.setUp();
    this.phones.forEach((phone) => {
      phone.person = this.world.people.get(phone.person.id) || this.everyone()[0];
      phone.render();
    });
    this.zalo?.render();
    this.renderPeople();
    this.tour.render();
  }

  /** Residents see a group first, the officer the desk; the others start with their list of chats. */
  setUp() {
    const people = this.everyone();
    const [group] = this.world.groups();
    const desk = this.world.desk();
    if (group && people[1]) this.places.set(people[1].id, [group.key, 0]);
    if (desk && people[2]) this.places.set(people[2].id, [desk.key, 0]);
    this.phones = people.slice(0, PHONES).map((person) => new Phone(this, person));
    clear(document.getElementById("phones"), this.phones.map((phone) => phone.element), this.zalo?.phone?.element);
    this.phones.forEach((phone) => phone.view?.arrive());
  }

  /** Nobody holds two phones: whoever had this person gets the other one's. */
  give(phone, person) {
    const other = this.phones.find((held) => held.person.id === person.id);
    const before = phone.person;
    if (other && other !== phone) {
      if (phone.view) this.places.set(before.id, [phone.view.key, phone.view.topic]);
      phone.give(person);
      other.give(before);
    } else {
      phone.give(person);
    }
    this.render();
  }

  /** A visible phone in this person's hand; the one that suits their role is handed over if need be. */
  phoneOf(person) {
    const visible = this.phones.filter((phone) => phone.visible);
    const held = visible.find((phone) => phone.person.id === person.id);
    if (held || !visible.length) return held;
    const role = this.world.role(person);
    const suits = (phone) => this.world.role(phone.person) === role;
    const wanted = visible.find(suits) || (role === "resident" ? visible[0] : visible.at(-1));
    this.give(wanted, person);
    return wanted;
  }

  /** Everybody in the bar at the bottom of a narrow screen: {id, name, held, unread, take}. */
  seats() {
    const holder = document.body.dataset.shelf === "zalo" ? null : this.phones[0]?.person.id;
    const take = (person) => {
      this.showShelf("");
      this.give(this.phones[0], person);
    };
    const own = this.everyone().map((person) => ({ id: person.id, name: person.first_name, held: person.id === holder,
      unread: this.world.unreadOf(person), take: () => take(person) }));
    return [...own, ...(this.zalo?.seats() ?? [])];
  }

  /** Which phones a narrow screen shows: "zalo", or "" for the others. */
  showShelf(name) {
    document.body.dataset.shelf = name;
    this.world.touch();
  }

  renderPeople() {
    const bar = document.getElementById("people");
    const seats = this.seats();
    const state = JSON.stringify(seats);
    if (state === this.peopleState) return;
    this.peopleState = state;
    const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    clear(bar, seats.map((seat) => el("button", { type: "button", "data-person": seat.id, class: seat.platform,
      "aria-pressed": String(seat.held), on: { click: seat.take } },
      avatar(seat.id, seat.name), badge(seat.unread, W.unread),
      el("span", { class: "called", text: shortName(seat.name).split(" ").at(-1) }))));
    if (focused) bar.querySelector(`[data-person="${focused}"]`)?.focus();
  }

  moved() {
    this.world.touch();
  }

  showLine(live) {
    const line = document.getElementById("line");
    line.classList.toggle("live", live);
    line.firstElementChild.textContent = live ? W.live : W.lost;
  }

  /** Read aloud what arrives in a chat that is open before somebody's eyes. */
  announce({ chat, message }, phones = this.phones) {
    if (isService(message)) return;
    const reader = phones.find((phone) => phone.visible && phone.view?.key === chat.key
      && phone.view.topic === topicOf(message) && phone.person.id !== message.from?.id);
    if (!reader) return;
    const where = shortName(chat.type === "private" ? reader.person.first_name : chat.title);
    this.live.append(el("p", { text: W.newMessage(where, message.from.first_name, summary(message)) }));
    while (this.live.children.length > 5) this.live.firstChild.remove();
  }
}

const app = new App();
window.binhyen = app; // for the console of whoever tries things out
