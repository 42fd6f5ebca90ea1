async def test_a_plain_message_in_a_group_never_reaches_the_bot(cast):
    cast.binh.says("chiều nay họp tổ", cast.group)
    assert await cast.api.texts() == []


async def test_commands_mentions_and_replies_reach_it(cast):
    asked = await cast.api("sendMessage", chat_id=cast.group.id, text="Chào bà con")
    cast.binh.says("/trogiup", cast.group)
    cast.binh.says("/trogiup@binhyen_bot", cast.group)
    cast.binh.says("nhờ @BinhYen_Bot xem giúp", cast.group)
    cast.binh.says("vâng", cast.group, reply_to=asked)
    assert await cast.api.texts() == ["/trogiup", "/trogiup@binhyen_bot", "nhờ @BinhYen_Bot xem giúp", "vâng"]


async def test_what_is_meant_for_another_bot_does_not(cast):
    cast.binh.says("/trogiup@other_bot", cast.group)
    cast.binh.says("hỏi @other_bot đi", cast.group)
    cast.binh.says("xem /trogiup nhé", cast.group)
    other = cast.binh.says("ai biết không", cast.group)
    cast.an.says("tôi biết", cast.group, reply_to=other)
    assert await cast.api.texts() == []


async def test_a_mention_in_a_caption_counts_after_letters_outside_the_basic_plane(cast):
    cast.binh.sends_document(b"x", "a.txt", "text/plain", cast.group, caption="😀😀 @binhyen_bot")
    [update] = await cast.api.news()
    assert update["message"]["caption_entities"] == [{"offset": 5, "length": 12, "type": "mention"}]


async def test_service_messages_reach_it(cast):
    cast.group.join(cast.chi)
    cast.group.lets_go(cast.chi)
    [joined, left] = [update["message"] for update in await cast.api.news() if "message" in update]
    assert joined["new_chat_members"][0]["id"] == cast.chi.id
    assert left["left_chat_member"]["id"] == cast.chi.id


async def test_an_admin_bot_reads_everything_and_stops_when_demoted(cast):
    cast.group.promote(cast.bot)
    cast.binh.says("một", cast.group)
    cast.group.demote(cast.bot)
    cast.binh.says("hai", cast.group)
    assert await cast.api.texts() == ["một"]


async def test_a_bot_with_privacy_off_reads_everything_but_other_bots(cast):
    cast.bot.reads_all = True
    cast.binh.says("một", cast.group)
    other = cast.sandbox.add_bot("200:OTHER", "other_bot", "Khác")
    cast.group.add_bot(other)
    cast.sandbox.post(cast.group, {"from": other.face}, {"text": "/trogiup"})
    assert [text for text in await cast.api.texts() if text] == ["một"]
    assert (await cast.api("getMe"))["can_read_all_group_messages"] is True


async def test_in_a_topic_the_root_that_telegram_fills_in_is_no_reply(cast):
    cast.desk.demote(cast.bot)
    topic = cast.desk.make_topic("Tổ 5", {"from": cast.bot.face})
    await cast.api.news()
    said = cast.binh.says("nói với nhau", cast.desk, topic=topic.id)
    assert said["reply_to_message"]["from"]["id"] == cast.bot.id
    assert await cast.api.texts() == []


async def test_an_edit_is_told_only_where_the_message_was_seen(cast):
    hidden = cast.binh.says("thường", cast.group)
    shown = cast.binh.says("/gui một", cast.group)
    cast.binh.edits(hidden, "thường thôi")
    cast.binh.edits(shown, "/gui hai")
    edited = [update["edited_message"] for update in await cast.api.news() if "edited_message" in update]
    assert [message["text"] for message in edited] == ["/gui hai"]
    assert shown["text"] == "/gui một"
    assert edited[0]["edit_date"] >= edited[0]["date"]
