import pytest

from tests.sandbox.client import RefusedError


async def ask(cast, **button):
    cast.an.starts()
    keyboard = {"inline_keyboard": [[{"text": "📨 Gửi", **button}]]}
    return await cast.api("sendMessage", chat_id=cast.an.id, text="Gửi chứ?", reply_markup=keyboard)


async def test_a_pressed_button_comes_with_its_message_and_its_answer_goes_back(cast):
    asked = await ask(cast, callback_data="tip:1")
    press = cast.an.presses(asked, "Gửi")
    query = (await cast.api.news())[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (press.id, "tip:1", cast.an.id)
    assert query["message"]["message_id"] == asked["message_id"]
    await cast.api("answerCallbackQuery", callback_query_id=press.id, text="Đã gửi", show_alert=True)
    assert await cast.sandbox.wait_answer(press) == {"text": "Đã gửi", "show_alert": True, "url": ""}
    assert cast.an.toasts[-1]["text"] == "Đã gửi"


async def test_an_unknown_an_answered_and_an_old_query_are_refused(cast):
    asked = await ask(cast, callback_data="x")
    press = cast.an.presses(asked, "Gửi")
    await cast.api("answerCallbackQuery", callback_query_id=press.id)
    late = cast.an.presses(asked, "Gửi")
    cast.sandbox.advance(151)
    for number in ("1", press.id, late.id):
        with pytest.raises(RefusedError, match="query is too old and response timeout expired or query ID is invalid"):
            await cast.api("answerCallbackQuery", callback_query_id=number)


@pytest.mark.parametrize("data", ["", "a" * 65, "đ" * 33])
async def test_callback_data_is_one_to_sixty_four_bytes(cast, data):
    with pytest.raises(RefusedError, match="BUTTON_DATA_INVALID"):
        await ask(cast, callback_data=data)
    assert len(cast.witness.violations) == 1
    cast.witness.violations.clear()


async def test_sixty_four_bytes_fit(cast):
    await ask(cast, callback_data="đ" * 32)


async def test_a_link_button_tells_the_bot_nothing(cast):
    asked = await ask(cast, url="https://t.me/binhyen_bot?start=abc")
    await cast.api.news()
    press = cast.an.presses(asked, "Gửi")
    assert press.url == "https://t.me/binhyen_bot?start=abc"
    assert await cast.api.news() == []
    cast.an.opens(press.url)
    assert await cast.api.texts() == ["/start abc"]


@pytest.mark.parametrize("button", [{"url": "http://localhost/x"}, {"url": "ftp://x.vn"}, {}])
async def test_a_button_that_leads_nowhere_is_refused(cast, button):
    with pytest.raises(RefusedError):
        await ask(cast, **button)


async def test_a_button_that_is_not_there_cannot_be_pressed(cast):
    asked = await ask(cast, callback_data="x")
    with pytest.raises(AssertionError, match="no button"):
        cast.an.presses(asked, "Huỷ")
    await cast.api("editMessageText", chat_id=cast.an.id, message_id=asked["message_id"], text="xong")
    with pytest.raises(AssertionError, match="no button"):
        cast.an.presses(asked, "Gửi")


async def test_another_bot_cannot_answer(cast):
    press = cast.an.presses(await ask(cast, callback_data="x"), "Gửi")
    cast.sandbox.add_bot("200:OTHER", "other_bot", "Khác")
    cast.api.token = "200:OTHER"
    with pytest.raises(RefusedError, match="too old"):
        await cast.api("answerCallbackQuery", callback_query_id=press.id)
