import asyncio

import pytest

from tests.sandbox.client import RefusedError


async def test_an_update_stays_until_a_higher_offset_confirms_it(cast):
    cast.an.says("một")
    cast.an.says("hai")
    first = await cast.api("getUpdates", limit=1)
    again = await cast.api("getUpdates")
    assert [u["update_id"] for u in again] == [first[0]["update_id"], first[0]["update_id"] + 1]
    left = await cast.api("getUpdates", offset=first[0]["update_id"] + 1)
    assert [u["message"]["text"] for u in left] == ["hai"]


async def test_a_negative_offset_keeps_only_the_newest(cast):
    for word in ("một", "hai", "ba"):
        cast.an.says(word)
    assert [u["message"]["text"] for u in await cast.api("getUpdates", offset=-1)] == ["ba"]
    assert len(await cast.api("getUpdates")) == 1


async def test_at_most_a_hundred_come_at_once(cast):
    for number in range(130):
        cast.an.says(str(number))
    assert len(await cast.api("getUpdates", limit=500)) == 100


async def test_a_long_poll_answers_as_soon_as_something_happens(cast):
    poll = asyncio.create_task(cast.api("getUpdates", timeout=30))
    await asyncio.sleep(0.02)
    cast.an.says("xin chào")
    [update] = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "xin chào"


async def test_a_second_poller_ends_the_first_with_409(cast):
    first = asyncio.create_task(cast.api("getUpdates", timeout=30))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(cast.api("getUpdates", timeout=30))
    with pytest.raises(RefusedError, match="Conflict: terminated by other getUpdates request") as refused:
        await asyncio.wait_for(first, 5)
    assert (refused.value.status, refused.value.code) == (409, 409)
    cast.an.says("còn đây")
    assert (await asyncio.wait_for(second, 5))[0]["message"]["text"] == "còn đây"


async def test_member_changes_of_others_come_only_when_asked_for(cast):
    cast.desk.join(cast.chi)
    assert not any("chat_member" in update for update in await cast.api.news())
    await cast.api("getUpdates", allowed_updates=["message", "chat_member"])
    cast.desk.promote(cast.chi, can_pin_messages=True)
    cast.group.join(cast.chi)  # the bot is no admin there
    changes = [update["chat_member"] for update in await cast.api.news() if "chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in changes] == ["administrator"]
    assert changes[0]["new_chat_member"]["can_pin_messages"] is True
    assert changes[0]["new_chat_member"]["can_manage_topics"] is False


async def test_an_empty_list_of_allowed_updates_restores_the_default(cast):
    await cast.api("getUpdates", allowed_updates=["message"])
    await cast.api("getUpdates", allowed_updates=[])
    cast.an.starts()
    cast.an.blocks()
    assert "my_chat_member" in (await cast.api.news())[-1]


async def test_updates_are_forgotten_after_a_day_and_callbacks_after_150_seconds(cast):
    cast.an.starts()
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "x"}]]}
    asked = await cast.api("sendMessage", chat_id=cast.an.id, text="?", reply_markup=keyboard)
    cast.an.presses(asked, "Gửi")
    cast.sandbox.advance(151)
    assert len(await cast.api("getUpdates")) == 1
    cast.sandbox.advance(24 * 3600)
    assert await cast.api("getUpdates") == []


async def test_tokens_and_methods_nobody_knows_are_refused(cast):
    with pytest.raises(RefusedError, match="Not Found") as refused:
        await cast.api("sendNonsense")
    assert cast.witness.violations == ["no such method: sendnonsense"]
    cast.witness.violations.clear()
    assert refused.value.code == 404
    cast.api.token = "1:NOBODY"
    with pytest.raises(RefusedError, match="Unauthorized") as refused:
        await cast.api("getMe")
    assert refused.value.status == 401


async def test_methods_work_in_any_case_by_get_and_ignore_what_they_do_not_know(cast):
    cast.an.starts()
    address = f"{cast.sandbox.url}/bot100:TEST/SENDMESSAGE?chat_id={cast.an.id}&text=ch%C3%A0o"
    async with cast.api.session.get(address) as answer:
        assert (await answer.json())["result"]["text"] == "chào"
    async with cast.api.session.post(f"{cast.sandbox.url}/bot100:TEST/getme", data={"x": "1"}) as answer:
        assert (await answer.json())["result"]["username"] == "binhyen_bot"
    cast.witness.violations = [line for line in cast.witness.violations if "unknown field x" not in line]
