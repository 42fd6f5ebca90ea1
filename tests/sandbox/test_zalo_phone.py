import asyncio
import json

import aiohttp

from bot.sandbox import Sandbox, Zalo, build_zalo


async def do(hood, what, **body):
    async with hood.api.session.post(f"{hood.zalo.url}/phone/{what}", json=body) as answer:
        return answer.status, await answer.json()


async def state(hood):
    async with hood.api.session.get(f"{hood.zalo.sandbox.url}/phone/state") as answer:
        return await answer.json()


async def test_the_pages_state_has_the_people_bots_and_chats(hood):
    said = hood.lan.says("chào", hood.group)
    shown = (await state(hood))["zalo"]
    assert [person["name"] for person in shown["people"]] == ["Lan", "Bình", "Chi"]
    assert shown["bots"] == [{"id": hood.bot.id, "name": "Bot Bình Yên", "is_bot": True}]
    [group] = shown["chats"]
    assert (group["title"], group["people"], group["bots"]) == ("Tổ 9", [hood.lan.id, hood.binh.id], [hood.bot.id])
    assert group["messages"] == [said]


async def test_without_a_zalo_the_state_has_no_trace_of_it():
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.url}/phone/state") as answer:
            assert set(await answer.json()) == {"people", "bots", "chats", "now"}
        async with session.get(f"{sandbox.url}/zalo/bot900:ZALOTEST/getMe") as answer:
            assert answer.status == 404


async def test_what_is_said_by_phone_is_said_in_the_chat(hood):
    key = f"{hood.chi.id}:{hood.bot.id}"
    status, said = await do(hood, "say", person=hood.chi.id, chat=key, text="chào", mention=True)
    assert (status, said["text"], said["told"]) == (200, "chào", True)
    _, said = await do(hood, "say", person=hood.lan.id, chat=hood.group.id, text="đèn hỏng", mention=True)
    assert said["text"] == "@Bot Bình Yên đèn hỏng"
    _, said = await do(hood, "unsupported", person=hood.lan.id, chat=hood.group.id, reply_to=said["message_id"])
    assert (said["kind"], said["told"]) == ("unsupported", False)


async def test_a_picture_goes_up_and_stays_on_the_phone_after_its_url_expired(hood):
    hood.zalo.variations.media_lasts = 1
    form = aiohttp.FormData({"person": hood.lan.id, "chat": hood.group.id, "caption": "đây", "mention": "true"})
    form.add_field("file", b"JPEG", filename="a.jpg", content_type="image/jpeg")
    async with hood.api.session.post(f"{hood.zalo.url}/phone/photo", data=form) as answer:
        said = await answer.json()
    assert said["caption"] == "@Bot Bình Yên đây"
    hood.zalo.sandbox.advance(2)
    media_id = said["photo_url"].rpartition("/")[2]
    async with hood.api.session.get(f"{hood.zalo.url}/phone/file/{media_id}") as answer:
        assert await answer.read() == b"JPEG"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_nonsense_is_answered_with_its_reason(hood):
    assert (await do(hood, "say", person=hood.chi.id, chat=hood.group.id, text="x"))[0] == 400
    assert (await do(hood, "say", person="ai", chat=hood.group.id, text="x"))[0] == 400
    assert (await do(hood, "say", person=hood.lan.id, chat=hood.group.id, text=""))[0] == 400
    assert (await do(hood, "say", person=hood.lan.id, chat=f"{hood.lan.id}:khong", text="x"))[0] == 400
    async with hood.api.session.post(f"{hood.zalo.url}/phone/press", json={}) as answer:
        assert answer.status == 404


async def test_pages_elsewhere_cannot_speak_for_these_people(hood):
    body = {"person": hood.lan.id, "chat": hood.group.id, "text": "x"}
    url = f"{hood.zalo.url}/phone/say"
    async with hood.api.session.post(url, json=body, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
    assert hood.group.texts() == []


async def test_events_come_by_the_pages_own_stream(hood):
    async with hood.api.session.get(f"{hood.zalo.sandbox.url}/phone/events") as stream:
        await stream.content.readline()
        await stream.content.readline()
        said = hood.lan.says("chào", hood.group)
        line = await asyncio.wait_for(stream.content.readline(), 5)
    event = json.loads(line.removeprefix(b"data: "))
    assert event == {"kind": "zalo", "chat": None, "body": {"kind": "message", "chat": hood.group.id, "body": said}}


async def test_the_demos_neighbours_are_invented_and_the_bot_is_among_them():
    hood = build_zalo(Zalo(Sandbox()))
    assert all("(mẫu)" in name for name in (hood.sen.name, hood.khe.name, hood.group_9.title))
    assert hood.khe.says("chào", hood.group_9, mention=True)["told"] is True
