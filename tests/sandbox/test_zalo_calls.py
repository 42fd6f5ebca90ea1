import time

import aiohttp
import pytest

LONG = "ơ" * 2000


async def test_get_me_names_the_bot(hood):
    me = await hood.api("getMe")
    assert (me["id"], me["display_name"], me["account_type"]) == (hood.bot.id, "Bot Bình Yên", "BASIC")


async def test_a_bots_name_begins_with_bot(hood):
    with pytest.raises(ValueError, match="begins with"):
        hood.zalo.add_bot("901:X", "Bình Yên")


async def test_a_message_shows_in_the_chat_with_the_id_the_bot_got(hood):
    hood.lan.says("chào")
    sent = await hood.api("sendMessage", chat_id=hood.lan.id, text="Chào chị Lan")
    shown = hood.lan.chat_with().messages[-1]
    assert (shown["zalo_id"], shown["date"]) == (sent["message_id"], sent["date"])
    assert (shown["text"], shown["from"]["is_bot"]) == ("Chào chị Lan", True)
    assert abs(sent["date"] / 1000 - time.time()) < 5


@pytest.mark.parametrize("how", ["query", "form", "json"])
async def test_parameters_come_in_a_query_a_form_or_json(hood, how):
    hood.lan.says("chào")
    given = {"chat_id": hood.lan.id, "text": how}
    url = f"{hood.api.base}/sendMessage"
    asked = {"query": {"params": given}, "form": {"data": given}, "json": {"json": given}}[how]
    method = "GET" if how == "query" else "POST"
    async with hood.api.session.request(method, url, **asked) as answer:
        assert (await answer.json())["ok"] is True
    assert hood.lan.chat_with().texts()[-1] == how


async def test_a_chat_that_never_wrote_is_not_found(hood):
    assert await hood.api.refused("sendMessage", chat_id=hood.chi.id, text="chào") == (
        400,
        "Bad Request: chat not found",
    )
    assert (await hood.api.refused("sendMessage", chat_id=hood.group.id, text="chào"))[0] == 400


async def test_a_group_that_took_the_bot_out_is_not_found(hood):
    hood.lan.says("chào", hood.group, mention=True)
    await hood.api("sendMessage", chat_id=hood.group.id, text="một")
    hood.group.remove_bot(hood.bot)
    assert (await hood.api.refused("sendMessage", chat_id=hood.group.id, text="hai"))[0] == 400


async def test_a_chat_id_is_a_string(hood):
    assert "chat_id must be a string" in (await hood.api.refused("sendMessage", chat_id=7, text="chào"))[1]


@pytest.mark.parametrize("text", ["", "  ", LONG + "ơ", "😀" * 1001, 5])
async def test_a_text_has_1_to_2000_utf16_units(hood, text):
    hood.lan.says("chào")
    assert (await hood.api.refused("sendMessage", chat_id=hood.lan.id, text=text))[0] == 400
    await hood.api("sendMessage", chat_id=hood.lan.id, text=LONG)


async def test_methods_are_case_sensitive_and_few(hood):
    for method in ("sendmessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "sendDocument"):
        assert await hood.api.refused(method) == (404, "Not Found")


async def test_an_action_answers_ok_and_nothing_else(hood):
    hood.lan.says("chào")
    assert await hood.api.raw("sendChatAction", chat_id=hood.lan.id, action="typing") == (200, {"ok": True})
    assert (await hood.api.refused("sendChatAction", chat_id=hood.lan.id, action="upload_photo"))[0] == 400


async def test_stickers_and_private_voice_are_shown(hood):
    hood.lan.says("chào")
    await hood.api("sendSticker", chat_id=hood.lan.id, sticker="46960")
    await hood.api("sendVoice", chat_id=hood.lan.id, voice_url="http://127.0.0.1/a.aac")
    assert [message["kind"] for message in hood.lan.chat_with().messages] == ["text", "sticker", "voice"]
    assert (await hood.api.refused("sendVoice", chat_id=hood.lan.id, voice_url="http://127.0.0.1/a.mp3"))[0] == 400


async def test_voice_to_a_group_is_answered_ok_and_arrives_nowhere(hood):
    hood.lan.says("chào", hood.group, mention=True)
    sent = await hood.api("sendVoice", chat_id=hood.group.id, voice_url="http://127.0.0.1/a.aac")
    assert sent["message_id"]
    assert hood.group.texts() == ["@Bot Bình Yên chào"]


@pytest.mark.parametrize(("chosen", "status"), [(False, 200), (True, 400)])
async def test_an_error_is_in_the_body_and_only_if_chosen_in_the_status(hood, chosen, status):
    hood.zalo.variations.error_status = chosen
    assert await hood.api.raw("sendMessage", chat_id="x", text="chào") == (
        status,
        {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"},
    )


@pytest.mark.parametrize(("chosen", "status"), [(False, 200), (True, 401)])
async def test_a_junk_token_is_401_in_the_body(hood, chosen, status):
    hood.zalo.variations.junk_status = chosen
    async with hood.api.session.post(f"{hood.zalo.url}/bot900:JUNK/getMe") as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (status, 401)


async def test_the_quota_ends_what_is_sent_but_not_what_is_asked(hood):
    hood.lan.says("chào")
    hood.zalo.variations.quota = 1
    await hood.api("sendMessage", chat_id=hood.lan.id, text="một")
    assert await hood.api.refused("sendMessage", chat_id=hood.lan.id, text="hai") == (429, "Quota exceeded")
    assert hood.lan.chat_with().texts() == ["chào", "một"]
    await hood.api("getMe")
    hood.zalo.variations.quota, hood.zalo.variations.quota_reached = None, True
    assert (await hood.api.refused("sendSticker", chat_id=hood.lan.id, sticker="1"))[0] == 429


async def test_calls_are_counted_and_logged_with_their_code(hood):
    hood.lan.says("chào")
    before = time.monotonic()
    await hood.api("sendMessage", chat_id=hood.lan.id, text="một")
    await hood.api.refused("sendMessage", chat_id="x", text="hai")
    assert hood.zalo.calls == {"sendMessage": 2}
    assert [entry[1:] for entry in hood.zalo.sent] == [(hood.lan.id, "sendMessage", 200), ("x", "sendMessage", 400)]
    assert before <= hood.zalo.sent[0][0] <= time.monotonic()


async def test_a_call_dropped_after_is_applied_and_one_dropped_before_is_not(hood):
    hood.lan.says("chào")
    hood.zalo.faults.drop_before("sendMessage")
    hood.zalo.faults.drop_after("sendMessage")
    for text in ("một", "hai"):
        with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
            await hood.api("sendMessage", chat_id=hood.lan.id, text=text)
    assert hood.lan.chat_with().texts() == ["chào", "hai"]


async def test_errors_on_the_way_and_a_dead_network_are_this_worlds_own(hood):
    hood.zalo.faults.answer("getMe", 502)
    async with hood.api.session.post(f"{hood.api.base}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    hood.zalo.faults.down(5)
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await hood.api("getMe")
    assert not hood.zalo.sandbox.faults.is_down
