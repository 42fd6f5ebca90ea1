"""What every platform owes the house, however it hears: `bot/platforms/base.py`, put to the test."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.domain.markup import plain, units
from bot.errors import BadToken, DeliveryError, Slowed, TryLater, Undeliverable, Why
from bot.messages import Action, ChatKind, EventKind, MediaKind, Outgoing, Person
from bot.platforms.base import Standing
from bot.platforms.telegram import request as telegram_request
from bot.platforms.zalo_bot import adapter as zalo_adapter
from bot.platforms.zalo_bot import client as zalo_client
from bot.sandbox import sample_photo
from tests.platforms.scripted import serving
from tests.platforms.worlds import SECRET, TOKEN, WORLDS, Keeper, opened, receiving, until

PRIVATE_TALK = "chuyện riêng của bà con"
BOTH_WAYS = [(kind, mode) for kind in WORLDS for mode in ("polling", "webhook")]


@pytest.fixture(params=BOTH_WAYS, ids="-".join)
async def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Each platform, by polling and by webhook."""
    monkeypatch.setattr(zalo_adapter, "FIRST_WAIT", 0.02)
    async with opened(*request.param) as world:
        yield world


@pytest.fixture(params=list(WORLDS))
async def sender(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """Each platform once: sending does not depend on how it hears."""
    async with opened(request.param, "polling") as world:
        yield world


# --- receiving


async def test_an_event_is_stored_before_it_is_acknowledged_and_a_repeat_has_its_id(world: Any) -> None:
    async with receiving(world, Keeper(refusals=2)) as keeper:
        world.says("mất xe máy")
        await until(lambda: len(keeper.refused) == 2)
        assert keeper.kept == []
        await until(lambda: keeper.kept and not world.unacknowledged())
    assert set(keeper.texts) == {"mất xe máy"}
    assert len({event.event_id for event in (*keeper.refused, *keeper.kept)}) == 1


async def test_while_nothing_can_be_stored_nothing_is_acknowledged(world: Any) -> None:
    async with receiving(world, Keeper(refusals=1000)) as keeper:
        world.says("mất xe máy")
        await until(lambda: keeper.refused)
        assert world.unacknowledged() == (0 if world.platform.name == "zalo_bot" and not world.url else 1)
        keeper.refusals = 0
        await until(lambda: keeper.texts == ["mất xe máy"])


async def test_what_one_person_says_comes_in_order_and_once(world: Any) -> None:
    words = [f"việc số {number}" for number in range(20)]
    async with receiving(world, Keeper()) as keeper:
        for word in words:
            world.says(word)
        await until(lambda: len(keeper.kept) >= 20)
    assert keeper.texts == words
    assert len({event.event_id for event in keeper.kept}) == 20


async def test_an_event_says_where_who_what_and_when(world: Any) -> None:
    async with receiving(world, Keeper()) as keeper:
        world.says("đèn <hỏng> & tối")
        await until(lambda: keeper.kept)
    (event,) = keeper.kept
    assert (event.platform, event.kind, event.chat.kind) == (world.platform.name, EventKind.MESSAGE, ChatKind.PRIVATE)
    assert (event.chat.id, event.text, event.html) == (world.chat, "đèn <hỏng> & tối", "đèn &lt;hỏng&gt; &amp; tối")
    assert event.sender is not None
    assert (event.sender.name, event.sender.address) == ("An", event.chat.address)
    assert event.at > 1_700_000_000
    assert event.message_id


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"message_id": 1},
        {"chat": None, "from": []},
        {"message_id": 1, "from": 5, "text": {}},
        {"date": "x", "chat": {"id": {}}},
    ],
)
async def test_what_cannot_be_read_does_not_stop_its_neighbours(world: Any, raw: dict[str, Any]) -> None:
    async with receiving(world, Keeper()) as keeper:
        world.says("trước")
        world.injects(raw)
        world.says("sau")
        await until(lambda: len(keeper.kept) >= 2)
    assert keeper.texts == ["trước", "sau"]


async def test_a_failing_line_is_asked_again(world: Any) -> None:
    async with receiving(world, Keeper()) as keeper:
        world.faults.answer("getUpdates", 502)
        world.says("một")
        await until(lambda: keeper.texts == ["một"])
        world.says("hai")
        await until(lambda: keeper.texts == ["một", "hai"])


async def test_a_picture_can_be_fetched_by_its_handle(world: Any) -> None:
    async with receiving(world, Keeper()) as keeper:
        world.sends_photo(sample_photo())
        await until(lambda: keeper.kept)
    (item,) = keeper.kept[0].attachments
    assert (item.kind, item.origin, item.message_id) == (
        MediaKind.PHOTO,
        world.platform.name,
        keeper.kept[0].message_id,
    )
    assert (await world.platform.fetch(item)).startswith(b"\xff\xd8\xff")  # a JPEG; Telegram encodes it anew


# --- opening and asking


async def test_opening_proves_the_token(world: Any) -> None:
    assert world.platform.mention.startswith("@")
    assert len(world.platform.mention) > 2
    other = world.build("4822:nobody-has-this-token")
    with pytest.raises(BadToken):
        await other.open()
    await other.close()


async def test_what_a_platform_knows_of_members_is_what_it_declares(sender: Any) -> None:
    standing = await sender.platform.standing(sender.group, sender.chat)
    assert standing is (Standing.MEMBER if sender.platform.capabilities.knows_members else Standing.UNKNOWN)
    await sender.platform.chat_facts(sender.group)
    await sender.platform.acknowledge("1", "x")
    assert plain(sender.platform.calling(Person(sender.platform.name, "12", "<An>"))) == "<An>"
    for link in (sender.platform.private_link("x"), sender.platform.group_link("x")):
        assert not link or link.startswith("https://")


# --- sending


async def test_what_is_sent_has_an_id_and_is_seen(sender: Any) -> None:
    for chat in (sender.chat, sender.group):
        sent = await sender.platform.send(chat, "", Outgoing(html="<b>Tin</b> &lt;1&gt;"), {})
        assert len(sent.message_ids) == 1
        assert sent.message_ids[0]
        assert sender.shown(chat)[-1] == "Tin <1>"


async def test_the_declared_length_goes_and_one_more_does_not(sender: Any) -> None:
    for letter in ("a", "ộ", "🏮"):
        text = letter * (sender.platform.capabilities.text_length // units(letter))
        await sender.platform.send(sender.chat, "", Outgoing(html=text), {})
        assert sender.shown(sender.chat)[-1] == text
        with pytest.raises(Undeliverable):
            await sender.platform.send(sender.chat, "", Outgoing(html=text + letter), {})


async def test_every_declared_kind_of_file_goes(sender: Any) -> None:
    can = sender.platform.capabilities
    for kind in can.media:
        item, files = sender.sample(kind)
        sent = await sender.platform.send(sender.chat, "", Outgoing(attachments=(item,)), files)
        assert len(sent.message_ids) == 1, kind
    item, files = sender.sample(MediaKind.PHOTO)
    await sender.platform.send(sender.chat, "", Outgoing(html="a" * can.caption_length, attachments=(item,)), files)
    assert sender.shown(sender.chat)[-1] == "a" * can.caption_length


async def test_several_files_go_together_only_where_that_is_declared(sender: Any) -> None:
    item, files = sender.sample(MediaKind.PHOTO)
    album = sender.platform.send(sender.chat, "", Outgoing(attachments=(item, item)), files)
    if sender.platform.capabilities.albums:
        assert len((await album).message_ids) == 2
    else:
        with pytest.raises(Undeliverable):
            await album


async def test_acts_that_are_not_declared_are_undeliverable(sender: Any) -> None:
    can, platform = sender.platform.capabilities, sender.platform
    (number,) = (await platform.send(sender.group, "", Outgoing(html="Tin"), {})).message_ids
    acts = {
        Action.EDIT: {"html": "Tin mới"},
        Action.REACT: {"emoji": "👍"},
        Action.DELETE: {},
    }
    for action, more in acts.items():
        act = platform.send(sender.group, "", Outgoing(action, message_id=number, **more), {})
        if action in can.actions:
            await act
        else:
            with pytest.raises(Undeliverable):
                await act
    if not can.topics:
        with pytest.raises(Undeliverable):
            await platform.create_topic(sender.group, "Chủ đề")


# --- what goes wrong


async def test_a_chat_that_is_not_there_is_never_tried_again(sender: Any) -> None:
    with pytest.raises(Undeliverable) as told:
        await sender.platform.send(sender.unknown, "", Outgoing(html="x"), {})
    assert told.value.why is Why.NOT_FOUND


async def test_too_much_is_slowed(sender: Any) -> None:
    sender.refuses()
    with pytest.raises(Slowed) as told:
        await sender.platform.send(sender.chat, "", Outgoing(html="x"), {})
    assert told.value.after > 0


async def test_a_cut_line_and_a_failing_server_are_tried_later(sender: Any) -> None:
    for fail in (sender.faults.drop_before, sender.faults.drop_after):
        fail("sendMessage")
        with pytest.raises(TryLater):
            await sender.platform.send(sender.chat, "", Outgoing(html="x"), {})
    for status in (500, 502, 503):
        sender.faults.answer("sendMessage", status)
        with pytest.raises(TryLater):
            await sender.platform.send(sender.chat, "", Outgoing(html="x"), {})


async def test_silence_is_tried_later(sender: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for client in (telegram_request, zalo_client):
        monkeypatch.setattr(client, "READ_TIMEOUT", 0.05)
    sender.faults.latency_ms = 1000
    with pytest.raises(TryLater):
        await sender.platform.send(sender.chat, "", Outgoing(html="x"), {})


ERRORS: dict[int, dict[str, type[DeliveryError]]] = {
    400: {"telegram": Undeliverable, "zalo_bot": Undeliverable},
    401: {"telegram": BadToken, "zalo_bot": BadToken},
    403: {"telegram": Undeliverable, "zalo_bot": TryLater},  # Zalo documents it as an error of its server
    404: {"telegram": BadToken, "zalo_bot": Undeliverable},  # Telegram answers a wrong token so
    429: {"telegram": Slowed, "zalo_bot": Slowed},
    500: {"telegram": TryLater, "zalo_bot": TryLater},
}


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("code", ERRORS)
async def test_each_code_becomes_an_error_that_says_what_to_do(kind: str, code: int) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/getMe"):
            me = {"id": 1, "is_bot": True, "first_name": "B", "username": "b"}
            return web.json_response({"ok": True, "result": me})
        body = {"ok": False, "error_code": code, "description": "Không được", "parameters": {"retry_after": 3}}
        return web.json_response(body if code == 429 else {**body, "parameters": {}}, status=code)

    async with opened(kind, "polling") as world, serving(answer) as url:
        platform = world.build(TOKEN, url)
        await platform.open()
        with pytest.raises(ERRORS[code][kind]) as told:
            await platform.send(world.chat, "", Outgoing(html="x"), {})
        assert type(told.value) is ERRORS[code][kind]
        await platform.close()


async def test_no_secret_and_no_words_reach_the_log(world: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    async with receiving(world, Keeper(refusals=1)) as keeper:
        world.says(PRIVATE_TALK)
        await until(lambda: keeper.kept)
        await world.platform.send(world.chat, "", Outgoing(html=PRIVATE_TALK), {})
        world.faults.drop_before("sendMessage")
        world.faults.answer("sendMessage", 502)
        shown = [repr(world.platform), repr(keeper.kept)]
        for chat in (world.chat, world.chat, world.unknown):
            with pytest.raises(DeliveryError) as told:
                await world.platform.send(chat, "", Outgoing(html=PRIVATE_TALK), {})
            shown += [repr(told.value), str(told.value)]
        await asyncio.sleep(0.05)
    for hidden in (TOKEN, TOKEN.partition(":")[2], SECRET, PRIVATE_TALK):
        assert hidden not in caplog.text + str(shown)
