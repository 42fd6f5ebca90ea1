"""Every kind of update the sandbox can send passes both readers; the fixture fails the test if one does not."""

from bot.sandbox import sample_photo


async def test_everything_people_do_is_readable_by_both_libraries(cast):
    await cast.api(
        "getUpdates", allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
    )
    cast.an.starts(payload="abc")
    cast.an.sends_album([sample_photo(), ("video", b"film")])
    for kind in ("video", "animation", "voice", "video_note", "audio", "document", "sticker"):
        cast.an.sends(kind, b"content", caption="chú thích" if kind != "sticker" else "")
    cast.an.sends_location()
    cast.an.sends_contact("113", "Công an")
    cast.an.forwards(cast.an.says("gốc", cast.desk, anonymous=True))
    cast.an.edits(cast.an.says("một"), "hai https://x.vn")
    cast.an.blocks()
    topic = cast.desk.open_topic("Tổ 5", by=cast.binh)
    cast.desk.rename_topic(topic, "Tổ 6")
    cast.desk.pin(cast.binh.says("ghim", cast.desk, topic=topic))
    cast.desk.close_topic(topic)
    cast.desk.reopen_topic(topic)
    cast.desk.rename("Trực ban mới")
    cast.desk.join(cast.chi)
    cast.desk.promote(cast.chi, anonymous=True, title="Chỉ huy")
    cast.desk.demote(cast.chi)
    cast.desk.remove(cast.chi)
    cast.binh.says("/trogiup", cast.group, as_channel="Kênh")
    basic = cast.sandbox.add_group("Tổ 9", cast.an, kind="group")
    basic.add_bot(cast.bot, startgroup="MA")
    basic.migrate()
    cast.group.remove(cast.bot)
    assert cast.witness.updates > 40
    kinds = {key for update in await cast.api.news() for key in update} - {"update_id"}
    assert kinds == {"message", "edited_message", "my_chat_member", "chat_member"}
