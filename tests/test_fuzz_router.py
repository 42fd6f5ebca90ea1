"""Any event, in any place, with any words: the router answers it in its transaction and raises nothing."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from bot.context import Context, Facts
from bot.errors import Why
from bot.messages import Attachment, Chat, ChatKind, EventKind, Incoming, MediaKind, Outgoing, Person, Quoted
from bot.platforms.base import ChatFacts, FetchedFile, Standing
from bot.sandbox import Sandbox
from bot.services.wards import invite_group, new_setup_code
from data import tables as t
from data.migrate import migrate
from data.outbox import Done, record_sent, waiting_after
from data.places import ward_at
from data.unit_of_work import Work
from tests.cast import SETUP_CODE, settings_for

EM, AN, AN_SECRETLY = (
    Person("telegram", "1", "Em"),
    Person("telegram", "2", "An <b>"),
    Person("telegram", "-1", "", True),
)
DESK = Chat("telegram", "-1", ChatKind.GROUP, "Trực ban", True)
GROUP = Chat("telegram", "-2", ChatKind.GROUP, "Tổ 5")
STRANGER = Chat("telegram", "-3", ChatKind.GROUP, "Lạ")
ALONE = Chat("telegram", "2", ChatKind.PRIVATE)
RUNS = Facts(Standing.OWNER, ChatFacts("Trực ban", 5, True, can_manage_topics=True))
SENT = range(1, 40)  # ids of messages of ours that are there to be answered


class RolledBack(Exception):
    """The end of an example: nothing of it stays."""


class World:
    """An app that was never started, whose router is given events by hand."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.numbers = iter(range(10**9))
        self.names = sorted(app.router._buttons), sorted(app.router.commands)

    def route(self, work: Work, event: Incoming, facts: Facts = RUNS) -> None:
        event = replace(event, event_id=f"fuzz-{next(self.numbers)}")
        self.app.router.needs(event, work)
        self.app.router.route(Context(event, work, facts, self.app.around))
        work.flush()

    def seed(self, work: Work) -> None:
        """A ward with a group, a tip, a relayed message and a broadcast; everything said was sent."""
        self.route(work, said(DESK, EM, f"/thietlap {SETUP_CODE} Hoa Sữa"))
        ward = ward_at(work, DESK.address)
        assert ward is not None
        self.route(work, said(GROUP, AN, f"/lienket {invite_group(work, ward, EM, 'Tổ 5')}"))
        for text in ("/gui đèn hỏng", "/tinbao mất xe ở chợ"):
            self.route(work, said(GROUP, AN, text))
        self.route(work, said(DESK, EM, "/phat nghỉ lễ"))
        for text in ("mất xe máy ở chợ Hoa Sữa", "1"):
            self.route(work, said(ALONE, AN, text))
        for number, ready in enumerate(waiting_after(work, "telegram", 0, 500)[0], 1):
            record_sent(work, [Done(ready, (str(number),), work.now)])
        for table in (t.groups, t.tips, t.relays, t.broadcasts):
            assert work.one(select(table)), table.name


def said(chat: Chat, by: Person | None, text: str, **more: Any) -> Incoming:
    return Incoming("telegram", "", EventKind.MESSAGE, chat, by, "900", text, html.escape(text), 1.7e9, **more)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    sandbox = Sandbox(limits=False)
    sandbox.url = "http://127.0.0.1:1"
    app = App(settings_for(sandbox, folder))
    migrate(app.settings.database_url, folder)
    app.database.write_now(lambda work: new_setup_code(work, SETUP_CODE))
    world = World(app)
    app.database.write_now(world.seed)
    yield world
    app.database._close()


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TALK = st.sampled_from(
    ["cháy nhà", "1", "2", "99", "hủy", "mai 7h", "TB-260731-7K3M", "Phường Hoa Sữa", "\x00\u202e", ""]
)
FILES = st.builds(
    Attachment, st.sampled_from(MediaKind), st.sampled_from(["", "f1", "f2", "f3"]), st.just("900"), NASTY,
    size=st.sampled_from([0, 10**9]), latitude=st.sampled_from([None, 10.7]), longitude=st.sampled_from([None, 106.7]),
)  # fmt: skip
FETCHED = {"f1": FetchedFile(b"x", b"x"), "f2": FetchedFile(b"x", None), "f3": Why.TOO_BIG}
PEOPLE = st.sampled_from([EM, AN, AN_SECRETLY, Person("telegram", "77", "\x00🏮", language="xx")])
FACTS = st.builds(
    Facts, st.sampled_from([None, *Standing]), st.just(ChatFacts("Tên", 3)), st.sampled_from([FETCHED, {}])
)


def pick(draw: Any, things: Any) -> Any:
    return things[draw(st.integers(0, 999)) % len(things)]


@st.composite
def events(draw: Any, world: World, work: Work) -> Incoming:
    kind = pick(draw, [*EventKind])
    if kind is EventKind.CLOCK:
        return replace(pick(draw, reminders(work)))
    buttons, commands = world.names
    arguments = draw(st.lists(st.one_of(st.integers(-1, 5).map(str), NASTY), max_size=3))
    forged = ":".join([pick(draw, buttons), *arguments])
    told = {EventKind.BUTTON: [*shown_buttons(work), forged], EventKind.CHAT_MOVED: ["-5", "from:-5"]}
    text = pick(draw, ["", *(f"/{name} " for name in commands)]) + draw(st.one_of(TALK, NASTY))
    event = said(
        pick(draw, [DESK, GROUP, STRANGER, ALONE]),
        draw(PEOPLE),
        text,
        reply_to=pick(draw, ["", *map(str, SENT)]),
        topic=pick(draw, ["", "5", "9"]),
        attachments=tuple(draw(st.lists(FILES, max_size=2))),
        quoted=pick(draw, [None, Quoted(), Quoted(AN, "<b>x</b>")]),
        forwarded=draw(st.booleans()),
        unsupported=draw(st.booleans()),
    )
    return replace(event, kind=kind, data=pick(draw, told.get(kind, ["restricted"])), callback_id="c")


def shown_buttons(work: Work) -> list[str]:
    """What the buttons under everything said so far carry."""
    sealed = [row.sealed for row in work.all(select(t.outbox.c.sealed)) if row.sealed]
    messages = [msgspec.json.decode(work.seal.unseal(body, "outbox"), type=Outgoing) for body in sealed]
    return sorted({button.data for m in messages for row in m.buttons for button in row if button.data})


def reminders(work: Work) -> list[Incoming]:
    """What the clock was asked to say."""
    rows = work.all(select(t.inbox.c.sealed).where(t.inbox.c.platform == "clock"))
    return [msgspec.json.decode(work.seal.unseal(row.sealed, "inbox"), type=Incoming) for row in rows]


@settings(max_examples=250, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_handful_of_any_events_raises_nothing(world: World, data: st.DataObject) -> None:
    def act(work: Work) -> None:
        for _ in range(data.draw(st.integers(1, 8))):
            event = data.draw(events(world, work))
            world.route(work, event, data.draw(FACTS))
        raise RolledBack

    with pytest.raises(RolledBack):
        world.app.database.write_now(act)


def test_every_button_with_every_hostile_argument_raises_nothing(world: World) -> None:
    def act(work: Work) -> None:
        for chat, by in ((DESK, EM), (GROUP, AN), (ALONE, AN), (STRANGER, AN)):
            for name in world.names[0]:
                for argument in (
                    "",
                    ":",
                    ":0",
                    ":1",
                    ":-1",
                    ":x",
                    ":" + "9" * 40,
                    ":１２",
                    ":²",
                    ":1:1:1:1",
                    ":1:x",
                    ":x:1",
                ):
                    event = replace(said(chat, by, ""), kind=EventKind.BUTTON, data=name + argument, callback_id="c")
                    for facts in (RUNS, Facts()):
                        world.route(work, event, facts)
        raise RolledBack

    with pytest.raises(RolledBack):
        world.app.database.write_now(act)
