// The Zalo phone: one for all its people, beside the others, with its own chats and compose bar.

import { OpenChat } from "./chat.js";
import { el } from "./dom.js";
import { Phone } from "./phone.js";
import { W } from "./words.js";
import { ZaloComposer } from "./zalo-composer.js";
import { ZaloWorld } from "./zalo-world.js";

class ZaloChat extends OpenChat {
  makeComposer() {
    return new ZaloComposer(this);
  }

  /** Nothing said on Zalo is edited from here. */
  lastOwn() {
    return null;
  }

  isBlocked() {
    return false;
  }

  blockButton() {
    return null;
  }

  empty() {
    return el("div", { class: "empty" }, el("p", { text: this.chat.type === "private" ? W.zalo.empty : W.emptyGroup }));
  }
}

class ZaloPhone extends Phone {
  makeChat(key, topic) {
    return new ZaloChat(this, key, topic);
  }
}

/** What the phone asks of the page, answered for Zalo. */
export class ZaloShelf {
  constructor(app) {
    this.app = app;
    this.world = new ZaloWorld(app.world);
    this.places = new Map();
    this.phone = null;
    this.world.addEventListener("message", (event) => app.announce(event.detail, this.phone ? [this.phone] : []));
  }

  everyone() {
    return [...this.world.people.values()];
  }

  /** The first person sees the group. */
  setUp() {
    const [person] = this.everyone();
    const [group] = this.world.groups();
    if (group) this.places.set(person.id, [group.key, 0]);
    this.phone = new ZaloPhone(this, person);
    this.phone.element.classList.add("zalo");
    document.body.classList.add("haszalo");
    document.getElementById("phones").append(this.phone.element);
    this.phone.view?.arrive();
  }

  render() {
    if (!this.phone && this.world.people.size) this.setUp();
    if (!this.phone) return;
    this.phone.person = this.world.people.get(this.phone.person.id) || this.everyone()[0];
    this.phone.render();
  }

  give(phone, person) {
    phone.give(person);
    this.render();
  }

  moved() {
    this.world.touch();
  }

  seats() {
    const shown = document.body.dataset.shelf === "zalo";
    const take = (person) => {
      this.app.showShelf("zalo");
      this.give(this.phone, person);
    };
    return this.everyone().map((person) => ({ id: person.id, name: person.first_name, platform: "zalo",
      held: shown && person.id === this.phone?.person.id, unread: this.world.unreadOf(person), take: () => take(person) }));
  }
}
