import asyncio
import time

import pytest

from bot.sandbox import Limits, sample_photo
from bot.sandbox.errors import ApiError
from tests.sandbox.client import RefusedError


@pytest.fixture
def limits(cast):
    """Windows a hundred times shorter than Telegram's."""
    cast.sandbox.limits = Limits(time_scale=0.01)
    return cast.sandbox.limits


async def say(cast, chat_id, text="x"):
    return await cast.api("sendMessage", chat_id=chat_id, text=text)


async def test_a_second_message_within_a_second_to_one_chat_is_too_many(cast, limits):
    limits.time_scale = 1.0
    cast.an.starts()
    await say(cast, cast.an.id)
    with pytest.raises(RefusedError, match="Too Many Requests: retry after 1") as refused:
        await say(cast, cast.an.id)
    assert refused.value.status == 429
    assert refused.value.parameters == {"retry_after": 1}
    assert limits.refused == 1


async def test_thirty_messages_a_second_are_the_most_for_all_chats(cast, limits):
    limits.time_scale = 1.0
    people = [cast.sandbox.add_person(str(number)) for number in range(31)]
    for person in people:
        person.starts()
    answers = await asyncio.gather(*(say(cast, person.id) for person in people), return_exceptions=True)
    assert [isinstance(answer, RefusedError) for answer in answers].count(True) == 1
    assert sum(len(person.chat_with().messages) for person in people) == 31 + 30


async def test_a_group_takes_twenty_a_minute(cast, limits):
    limits.per_chat_second = 100
    for number in range(20):
        await say(cast, cast.group.id, str(number))
    with pytest.raises(RefusedError, match="retry after 1"):
        await say(cast, cast.group.id)
    await asyncio.sleep(0.61)
    await say(cast, cast.group.id)


async def test_the_window_slides_exactly(cast, limits):
    limits.time_scale = 0.2
    cast.an.starts()
    await say(cast, cast.an.id)
    stamp = limits.stamps[cast.bot.id, cast.an.id, "second"][0]
    with pytest.raises(ApiError):
        limits.check(cast.bot.id, cast.an.id)
    await asyncio.sleep(stamp + 0.2 - time.monotonic())
    await say(cast, cast.an.id)


async def test_each_item_of_an_album_counts_and_a_refused_call_does_not(cast, limits):
    limits.per_chat_second, limits.per_group_minute, limits.time_scale = 100, 3, 1.0
    place = {"type": "photo", "media": cast.an.sends("photo", sample_photo())["photo"][-1]["file_id"]}
    await cast.api("sendMediaGroup", chat_id=cast.group.id, media=[place, place])
    with pytest.raises(RefusedError):
        await cast.api("sendMediaGroup", chat_id=cast.group.id, media=[place, place])
    await say(cast, cast.group.id)


async def test_edits_count_only_where_the_test_wants_it(cast, limits):
    limits.time_scale = 1.0
    sent = await say(cast, cast.group.id)
    edit = {"chat_id": cast.group.id, "message_id": sent["message_id"]}
    await cast.api("editMessageText", **edit, text="y")
    limits.edits_count = True
    with pytest.raises(RefusedError):
        await cast.api("editMessageText", **edit, text="z")


async def test_a_closed_bot_is_told_how_long(cast):
    cast.an.starts()
    cast.sandbox.limits.close(2.5)
    with pytest.raises(RefusedError, match="retry after 3"):
        await say(cast, cast.an.id)
    cast.sandbox.limits.close(0)
    await say(cast, cast.an.id)


async def test_overrunning_the_whole_bots_window_may_close_it(cast, limits):
    limits.per_second, limits.penalty, limits.time_scale = 1, 5.0, 1.0
    cast.an.starts()
    await say(cast, cast.an.id)
    with pytest.raises(RefusedError, match="retry after 5"):
        await say(cast, cast.group.id)
    with pytest.raises(RefusedError, match="retry after 5"):
        await say(cast, cast.desk.id)
