"""Open conversations: which step a private chat is at, and which numbered choices it was last shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select

from bot.domain.vietnamese import fold
from bot.messages import Button, Chat, ChatKind, Person
from data import tables as t
from data.unit_of_work import Work

MENU_LASTS = 24 * 3600.0
LONGEST_CHOICE = 40  # letters
CALL = re.compile(r"^@\w+\s+")  # the bot, called before a choice in a group


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


@dataclass(frozen=True, slots=True)
class Shown:
    """A choice, and the row that first showed it at its place: a number means it from then on."""

    button: Button
    row: int | None = None


def show_menu(work: Work, chat: Chat, person: Person, buttons: Sequence[Button], row: int | None = None) -> None:
    """Remember the choices that `row` of the outbox shows somebody; without any, the older ones no longer count.

    A choice that stays at its place is no new one: whoever has not seen the menu again yet still means it.
    """
    key, choices = menu_key(work, chat, person), [button for button in buttons if button.data]
    before = work.one(select(t.menus.c.sealed).where(t.menus.c.chat_key == key))
    known = opened(work, before.sealed) if before else []
    work.run(delete(t.menus).where(t.menus.c.chat_key == key))
    if choices:
        padded = [*known, *[None] * len(choices)]
        shown = [
            old if old and old.button == new else Shown(new, row) for new, old in zip(choices, padded, strict=False)
        ]
        sealed = work.seal.seal(msgspec.json.encode(shown), "menu")
        work.run(insert(t.menus).values(chat_key=key, sealed=sealed, shown_at=work.now, row_id=row))


def opened(work: Work, sealed: bytes) -> list[Shown]:
    """The choices of a menu."""
    return msgspec.json.decode(work.seal.unseal(sealed, "menu"), type=list[Shown])


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody's words choose. `stale`: from a menu that they cannot have meant; `buttons` are those of today."""

    data: str
    buttons: Sequence[Button] = field(repr=False)
    stale: bool


def choice_of(work: Work, chat: Chat, person: Person, said: str, heard_at: float) -> Choice | None:
    """The button that words choose: by its number, or by its label with or without diacritics.

    Whoever spoke before the menu had left cannot have meant it, nor does anybody a day later.
    """
    word = fold(CALL.sub("", said, count=1)).strip(" .!)")
    if not word or len(word) > LONGEST_CHOICE:
        return None
    table = t.menus
    row = work.one(select(table.c.sealed, table.c.shown_at).where(table.c.chat_key == menu_key(work, chat, person)))
    if row is None:
        return None
    shown = opened(work, row.sealed)
    buttons = [one.button for one in shown]
    chosen = button_for(buttons, word)
    if chosen is None:
        return None
    since = shown[buttons.index(chosen)].row
    fresh = left_before(work, since, heard_at) and work.now - row.shown_at < MENU_LASTS
    return Choice(chosen.data, buttons, stale=not fresh)


def button_for(buttons: Sequence[Button], word: str) -> Button | None:
    """The button with this number or label."""
    if word.isdecimal():
        return buttons[int(word) - 1] if 1 <= int(word) <= len(buttons) else None
    return next((button for button in buttons if plain(button.label) == word), None)


def left_before(work: Work, row_id: int | None, heard_at: float) -> bool:
    """Whether a message had left by then; of a row that was dropped another one took the place."""
    if row_id is None:
        return True
    row = work.one(select(t.outbox.c.state, t.outbox.c.sent_at).where(t.outbox.c.id == row_id))
    return row is not None and row.state != "waiting" and (row.sent_at or 0.0) <= heard_at


def plain(label: str) -> str:
    """A label as somebody would type it: folded, without emoji."""
    return "".join(letter for letter in fold(label) if letter.isalnum() or letter == " ").strip()


def menu_key(work: Work, chat: Chat, person: Person) -> str:
    """The keyed hash of somebody in a chat, in this room."""
    private = chat.kind is ChatKind.PRIVATE
    return work.seal.lookup("conversation", chat.address if private else f"{chat.address} {person.address}")


def key_of(work: Work, chat: Chat) -> str:
    """The keyed hash of a private chat in this room."""
    return work.seal.lookup("conversation", chat.address)
