import asyncio
import json

import aiohttp
import pytest

from bot.sandbox import sample_photo


async def do(cast, what, **body):
    async with cast.api.session.post(f"{cast.sandbox.url}/phone/{what}", json=body) as answer:
        return answer.status, await answer.json()


async def state(cast):
    async with cast.api.session.get(f"{cast.sandbox.url}/phone/state") as answer:
        return await answer.json()


def private(cast, person):
    return f"{person.id}:{cast.bot.id}"


async def test_what_a_phone_says_reaches_the_bot_and_shows_in_the_state(cast):
    await do(cast, "say", person=cast.an.id, chat=private(cast, cast.an), text="/start")
    status, said = await do(cast, "say", person=cast.binh.id, chat=str(cast.group.id), text="/trogiup")
    assert status == 200
    assert await cast.api.texts() == ["/start", "/trogiup"]
    chats = {chat["key"]: chat for chat in (await state(cast))["chats"]}
    assert chats[str(cast.group.id)]["messages"][-1]["message_id"] == said["message_id"]
    assert chats[private(cast, cast.an)]["messages"][-1]["text"] == "/start"


async def test_buttons_edits_blocks_and_links_work(cast):
    await do(cast, "start", person=cast.an.id, bot=cast.bot.id, payload="abc")
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "x"}]]}
    asked = await cast.api("sendMessage", chat_id=cast.an.id, text="?", reply_markup=keyboard)
    key = private(cast, cast.an)
    button = {"message_id": asked["message_id"], "row": 0, "column": 0}
    _, press = await do(cast, "press", person=cast.an.id, chat=key, **button)
    said = cast.an.says("sai")
    await do(cast, "edit", person=cast.an.id, chat=key, message_id=said["message_id"], text="đúng")
    await do(cast, "place", person=cast.an.id, chat=key, latitude=21, longitude=105)
    await do(cast, "block", person=cast.an.id, bot=cast.bot.id, blocked=True)
    new = cast.sandbox.add_group("Tổ 7", cast.binh)
    await do(cast, "open", person=cast.binh.id, url="https://t.me/binhyen_bot?startgroup=MA", chat=str(new.id))
    updates = await cast.api.news()
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == [
        "message",
        "callback_query",
        "message",
        "edited_message",
        "message",
        "my_chat_member",
        "my_chat_member",
        "message",
        "message",
    ]
    assert updates[1]["callback_query"]["id"] == press["query"]
    assert updates[0]["message"]["text"] == "/start abc"
    assert updates[-1]["message"]["text"] == "/start@binhyen_bot MA"


async def test_a_file_goes_up_and_comes_down(cast):
    form = aiohttp.FormData(
        {"person": str(cast.an.id), "chat": private(cast, cast.an), "kind": "photo", "caption": "đây"}
    )
    form.add_field("file", sample_photo(), filename="a.jpg", content_type="image/jpeg")
    async with cast.api.session.post(f"{cast.sandbox.url}/phone/upload", data=form) as answer:
        photo = (await answer.json())["photo"][-1]
    async with cast.api.session.get(f"{cast.sandbox.url}/phone/file/{photo['file_id']}") as answer:
        assert answer.content_type == "image/jpeg"
        assert len(await answer.read()) == photo["file_size"]
    page = cast.an.sends_document(b"<script>", "x.html", "text/html")["document"]["file_id"]
    async with cast.api.session.get(f"{cast.sandbox.url}/phone/file/{page}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_events_stream_to_the_phone(cast):
    async with cast.api.session.get(f"{cast.sandbox.url}/phone/events") as stream:
        assert (await stream.content.readline()).startswith(b":")
        await stream.content.readline()
        cast.an.says("xin chào")
        line = await asyncio.wait_for(stream.content.readline(), 5)
        event = json.loads(line.removeprefix(b"data: "))
        assert (event["kind"], event["chat"]) == ("message", private(cast, cast.an))
        assert event["body"]["text"] == "xin chào"


async def test_nonsense_is_answered_with_its_reason(cast):
    assert (await do(cast, "say", person=1, chat="1", text="x"))[0] == 400
    status, body = await do(cast, "say", person=cast.chi.id, chat=str(cast.group.id), text="x")
    assert (status, "not in" in body["error"]) == (400, True)


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_pages_elsewhere_cannot_reach_the_phones(cast, headers):
    body = {"person": cast.an.id, "chat": private(cast, cast.an), "text": "x"}
    async with cast.api.session.post(f"{cast.sandbox.url}/phone/say", json=body, headers=headers) as answer:
        assert answer.status == 403
    assert cast.an.chat_with().messages == []


async def test_the_page_is_served_from_its_folder_only(cast):
    async with cast.api.session.get(f"{cast.sandbox.url}/%2e%2e/server.py") as answer:
        assert answer.status == 404
    async with cast.api.session.get(f"{cast.sandbox.url}/..%2fserver.py") as answer:
        assert answer.status == 404


async def test_the_sandbox_listens_on_loopback_only(cast):
    with pytest.raises(ValueError, match="loopback"):
        await type(cast.sandbox)().start("0.0.0.0")  # noqa: S104
