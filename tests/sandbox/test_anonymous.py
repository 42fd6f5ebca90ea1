import pytest


async def test_an_anonymous_admin_looks_like_the_group(cast):
    cast.desk.promote(cast.binh, anonymous=True, title="Trực ban")
    await cast.api.news()
    cast.binh.says("/hangcho", cast.desk)
    [update] = await cast.api.news()
    message = update["message"]
    assert message["from"] == {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert message["sender_chat"]["id"] == cast.desk.id
    assert message["author_signature"] == "Trực ban"


async def test_they_may_choose_to_be_seen(cast):
    cast.desk.promote(cast.binh, anonymous=True)
    assert cast.binh.says("tôi đây", cast.desk, anonymous=False)["from"]["id"] == cast.binh.id


async def test_under_privacy_mode_an_anonymous_command_reaches_the_bot(cast):
    cast.an.says("/trogiup", cast.group, anonymous=True)
    cast.an.says("chuyện khác", cast.group, anonymous=True)
    assert await cast.api.texts() == ["/trogiup"]


async def test_a_plain_member_cannot_be_anonymous(cast):
    with pytest.raises(ValueError, match="only admins"):
        cast.binh.says("x", cast.group, anonymous=True)


async def test_their_membership_says_so(cast):
    cast.desk.promote(cast.binh, anonymous=True)
    member = await cast.api("getChatMember", chat_id=cast.desk.id, user_id=cast.binh.id)
    assert (member["status"], member["is_anonymous"]) == ("administrator", True)


async def test_a_button_shows_who_pressed_it_even_if_anonymous(cast):
    cast.desk.promote(cast.binh, anonymous=True)
    keyboard = {"inline_keyboard": [[{"text": "Tiếp nhận", "callback_data": "x"}]]}
    card = await cast.api("sendMessage", chat_id=cast.desk.id, text="tin", reply_markup=keyboard)
    cast.binh.presses(card, "Tiếp")
    assert (await cast.api.news())[-1]["callback_query"]["from"]["id"] == cast.binh.id


async def test_a_channel_may_be_the_sender(cast):
    cast.binh.says("/trogiup", cast.group, as_channel="Kênh của Bình")
    [update] = await cast.api.news()
    assert update["message"]["from"]["id"] == 136817688
    assert update["message"]["sender_chat"]["type"] == "channel"
