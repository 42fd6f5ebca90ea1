"""Open conversations: which step a private chat is at, and which numbered choices it was last shown."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select

from bot.domain.vietnamese import fold
from bot.messages import Button, Chat
from data import tables as t
from data.unit_of_work import Work

MENU_LASTS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Step:
    """Where a conversation stands, and what it has gathered."""

    name: str
    facts: dict[str, str] = field(repr=False)


def find_step(work: Work, chat: Chat) -> Step | None:
    """The open step of a chat."""
    table = t.conversations
    row = work.one(select(table.c.step, table.c.sealed).where(table.c.chat_key == key_of(work, chat)))
    if row is None:
        return None
    return Step(row.step, msgspec.json.decode(work.seal.unseal(row.sealed, "conversation"), type=dict[str, str]))


def open_step(work: Work, chat: Chat, name: str, **facts: str) -> None:
    """The next thing said in this chat goes to the step `name`."""
    close_step(work, chat)
    sealed = work.seal.seal(msgspec.json.encode(facts), "conversation")
    work.run(insert(t.conversations).values(chat_key=key_of(work, chat), step=name, sealed=sealed, updated_at=work.now))


def close_step(work: Work, chat: Chat) -> None:
    """Nothing is being asked in this chat any more."""
    work.run(delete(t.conversations).where(t.conversations.c.chat_key == key_of(work, chat)))


def show_menu(work: Work, chat: Chat, buttons: list[Button]) -> None:
    """Remember the choices just shown; a message without any takes the older ones away."""
    key = key_of(work, chat)
    work.run(delete(t.menus).where(t.menus.c.chat_key == key))
    if buttons:
        sealed = work.seal.seal(msgspec.json.encode(buttons), "menu")
        work.run(insert(t.menus).values(chat_key=key, sealed=sealed, shown_at=work.now))


def choice_of(work: Work, chat: Chat, said: str) -> str | None:
    """The data of the button that these words choose: its number, or its label with or without diacritics."""
    word = fold(said).strip(" .!")
    if not word or len(word) > 40:
        return None
    table = t.menus
    row = work.one(select(table.c.sealed, table.c.shown_at).where(table.c.chat_key == key_of(work, chat)))
    if row is None or work.now - row.shown_at > MENU_LASTS:
        return None
    buttons = msgspec.json.decode(work.seal.unseal(row.sealed, "menu"), type=list[Button])
    if word.isdecimal():
        number = int(word)
        return buttons[number - 1].data if 1 <= number <= len(buttons) else None
    return next((button.data for button in buttons if plain(button.label) == word), None)


def plain(label: str) -> str:
    """A label as somebody would type it: folded, without emoji."""
    return "".join(letter for letter in fold(label) if letter.isalnum() or letter == " ").strip()


def key_of(work: Work, chat: Chat) -> str:
    """The keyed hash of a private chat in this room."""
    return work.seal.lookup("conversation", chat.address)
