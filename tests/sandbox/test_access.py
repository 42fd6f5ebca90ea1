import pytest

from tests.sandbox.client import RefusedError


async def refused_with(cast, why, code, **params):
    with pytest.raises(RefusedError) as refused:
        await cast.api("sendMessage", text="x", **params)
    assert (str(refused.value), refused.value.code) == (why, code)


async def test_a_person_who_never_started_the_bot_cannot_be_written_to(cast):
    await refused_with(cast, "Forbidden: bot can't initiate conversation with a user", 403, chat_id=cast.chi.id)
    cast.chi.starts()
    await cast.api("sendMessage", chat_id=cast.chi.id, text="chào")


async def test_a_block_is_told_and_refuses_words_until_it_ends(cast):
    cast.an.starts()
    cast.an.blocks()
    change = (await cast.api.news())[-1]["my_chat_member"]
    assert (change["chat"]["type"], change["new_chat_member"]["status"]) == ("private", "kicked")
    await refused_with(cast, "Forbidden: bot was blocked by the user", 403, chat_id=cast.an.id)
    with pytest.raises(ValueError, match="blocked"):
        cast.an.says("x")
    cast.an.unblocks()
    assert (await cast.api.news())[-1]["my_chat_member"]["new_chat_member"]["status"] == "member"
    await cast.api("sendMessage", chat_id=cast.an.id, text="chào lại")


async def test_a_kicked_bot_is_told_and_knows_why_it_cannot_write(cast):
    cast.group.remove(cast.bot)
    assert "my_chat_member" in (await cast.api.news())[-1]
    await refused_with(cast, "Forbidden: bot was kicked from the supergroup chat", 403, chat_id=cast.group.id)


async def test_a_bot_that_left_is_no_member(cast):
    await cast.api("leaveChat", chat_id=cast.group.id)
    await refused_with(cast, "Forbidden: bot is not a member of the supergroup chat", 403, chat_id=cast.group.id)
    cast.group.add_bot(cast.bot)
    await cast.api("sendMessage", chat_id=cast.group.id, text="lại đây")


@pytest.mark.parametrize("chat_id", [5, -5, -1005, "@nowhere"])
async def test_unknown_chats_are_not_found(cast, chat_id):
    await refused_with(cast, "Bad Request: chat not found", 400, chat_id=chat_id)


async def test_a_startgroup_link_brings_the_code_into_the_group(cast):
    new = cast.sandbox.add_group("Tổ 7", cast.binh)
    cast.binh.opens("https://t.me/binhyen_bot?startgroup=MA123", new)
    updates = await cast.api.news()
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["new_chat_members"][0]["id"] == cast.bot.id
    assert updates[2]["message"]["text"] == "/start@binhyen_bot MA123"
    assert updates[2]["message"]["from"]["id"] == cast.binh.id


async def test_members_and_admins_can_be_asked_for(cast):
    where = {"chat_id": cast.desk.id}
    assert (await cast.api("getChatMember", **where, user_id=cast.an.id))["status"] == "creator"
    assert (await cast.api("getChatMember", **where, user_id=cast.chi.id))["status"] == "left"
    with pytest.raises(RefusedError, match="PARTICIPANT_ID_INVALID"):
        await cast.api("getChatMember", **where, user_id=1)
    admins = await cast.api("getChatAdministrators", **where)
    assert {admin["user"]["id"] for admin in admins} == {cast.an.id, cast.bot.id}
    assert await cast.api("getChatMemberCount", **where) == 3
    assert (await cast.api("getChat", **where))["is_forum"] is True


async def test_only_people_in_a_group_can_speak_there(cast):
    with pytest.raises(ValueError, match="not in"):
        cast.chi.says("x", cast.group)


async def test_banning_needs_the_right(cast):
    with pytest.raises(RefusedError, match="not enough rights"):
        await cast.api("banChatMember", chat_id=cast.group.id, user_id=cast.binh.id)
    await cast.api("banChatMember", chat_id=cast.desk.id, user_id=cast.binh.id)
    assert (await cast.api("getChatMember", chat_id=cast.desk.id, user_id=cast.binh.id))["status"] == "kicked"


async def test_a_muted_bot_lacks_the_right_to_write(cast):
    cast.group.mute(cast.bot)
    assert (await cast.api.news())[-1]["my_chat_member"]["new_chat_member"]["can_send_messages"] is False
    why = "Bad Request: not enough rights to send text messages to the chat"
    await refused_with(cast, why, 400, chat_id=cast.group.id)
    cast.group.mute(cast.bot, muted=False)
    await cast.api("sendMessage", chat_id=cast.group.id, text="lại được")


async def test_who_changed_a_membership_stays_anonymous_if_they_are(cast):
    cast.desk.promote(cast.an, anonymous=True)
    cast.desk.demote(cast.bot)
    assert (await cast.api.news())[-1]["my_chat_member"]["from"]["username"] == "GroupAnonymousBot"
