// The compose bar of a Zalo phone: words, the mention, a picture, and what Zalo does not pass on.

import { actZalo, uploadZalo } from "./api.js";
import { Composer } from "./composer.js";
import { W } from "./words.js";

const ATTACHABLE = [["photo", "photo"], ["sample", "photo"], ["unsupported", "file"]];

export class ZaloComposer extends Composer {
  attachable() {
    return ATTACHABLE;
  }

  /** The mention is a switch: in a group the bot hears nothing without it. */
  callBot() {
    this.calling = !this.isCalling();
    this.nameCall();
    this.input.focus();
  }

  isCalling() {
    return this.calling ?? true;
  }

  nameCall() {
    const label = W.callBot(this.view.bot().first_name);
    this.at.setAttribute("aria-label", label);
    this.at.setAttribute("aria-pressed", String(this.isCalling()));
    this.at.title = `${label}. ${W.zalo.callWhy}`;
    this.input.placeholder = this.at.hidden ? W.placeholder : this.isCalling() ? W.zalo.callOn : W.zalo.callOff;
  }

  place() {
    return { ...super.place(), mention: !this.at.hidden && this.isCalling() };
  }

  say(text) {
    return this.view.phone.tries(actZalo("say", { ...this.place(), text }));
  }

  attach(kind) {
    if (kind !== "unsupported") return super.attach(kind);
    this.closeMenu();
    return this.sent(actZalo("unsupported", this.place()));
  }

  /** One picture a message: Zalo has no albums for bots. */
  async sendFiles(_kind, files) {
    const caption = this.input.value.trim();
    for (const file of files) await this.sent(uploadZalo(file, { ...this.place(), caption }), true);
  }
}
