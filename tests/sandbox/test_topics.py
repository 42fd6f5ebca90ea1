import pytest

from tests.sandbox.client import RefusedError


async def new_topic(cast, name="Tổ 5"):
    return (await cast.api("createForumTopic", chat_id=cast.desk.id, name=name))["message_thread_id"]


async def test_a_topic_is_named_by_its_first_message(cast):
    topic = await new_topic(cast)
    [update] = await cast.api.news()
    assert update["message"]["message_id"] == update["message"]["message_thread_id"] == topic
    assert update["message"]["forum_topic_created"]["name"] == "Tổ 5"
    sent = await cast.api("sendMessage", chat_id=cast.desk.id, message_thread_id=topic, text="vào đây")
    assert sent["is_topic_message"]
    assert sent["reply_to_message"]["message_id"] == topic


async def test_a_reply_in_a_topic_stays_in_it(cast):
    topic = await new_topic(cast)
    sent = await cast.api("sendMessage", chat_id=cast.desk.id, message_thread_id=topic, text="hỏi")
    answer = cast.binh.says("đáp", cast.desk, reply_to=sent)
    assert answer["message_thread_id"] == topic
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    assert "reply_to_message" not in answer["reply_to_message"]


async def test_a_deleted_topic_is_not_found_and_its_messages_are_gone(cast):
    topic = await new_topic(cast)
    cast.binh.says("sẽ mất", cast.desk, topic=topic)
    cast.desk.delete_topic(topic)
    assert "sẽ mất" not in cast.desk.texts()
    with pytest.raises(RefusedError, match="message thread not found"):
        await cast.api("sendMessage", chat_id=cast.desk.id, message_thread_id=topic, text="x")


@pytest.mark.parametrize("where", ["desk", "group"])
async def test_general_and_plain_groups_have_no_thread_to_name(cast, where):
    with pytest.raises(RefusedError, match="message thread not found"):
        await cast.api("sendMessage", chat_id=getattr(cast, where).id, message_thread_id=1, text="x")


async def test_a_reply_outside_topics_carries_a_thread_that_cannot_be_sent_to(cast):
    asked = await cast.api("sendMessage", chat_id=cast.group.id, text="hỏi")
    answer = cast.binh.says("đáp", cast.group, reply_to=asked)
    assert answer["message_thread_id"] == asked["message_id"]
    assert "is_topic_message" not in answer
    with pytest.raises(RefusedError, match="message thread not found"):
        await cast.api("sendMessage", chat_id=cast.group.id, message_thread_id=answer["message_thread_id"], text="x")


async def test_a_closed_topic_takes_words_only_from_those_who_manage_topics(cast):
    topic = await new_topic(cast)
    await cast.api("closeForumTopic", chat_id=cast.desk.id, message_thread_id=topic)
    await cast.api("sendMessage", chat_id=cast.desk.id, message_thread_id=topic, text="vẫn được")
    cast.desk.promote(cast.bot, can_delete_messages=True)
    with pytest.raises(RefusedError, match="TOPIC_CLOSED"):
        await cast.api("sendMessage", chat_id=cast.desk.id, message_thread_id=topic, text="x")
    with pytest.raises(ValueError, match="closed"):
        cast.binh.says("x", cast.desk, topic=topic)


async def test_making_topics_needs_the_right_and_a_forum(cast):
    cast.desk.promote(cast.bot, can_delete_messages=True)
    with pytest.raises(RefusedError, match="not enough rights to create a topic"):
        await new_topic(cast)
    with pytest.raises(RefusedError, match="not a forum"):
        await cast.api("createForumTopic", chat_id=cast.group.id, name="x")


async def test_renaming_closing_and_reopening_are_told_to_the_bot(cast):
    topic = await new_topic(cast)
    where = {"chat_id": cast.desk.id, "message_thread_id": topic}
    await cast.api("editForumTopic", **where, name="Tổ 6")
    await cast.api("closeForumTopic", **where)
    with pytest.raises(RefusedError, match="TOPIC_NOT_MODIFIED"):
        await cast.api("closeForumTopic", **where)
    await cast.api("reopenForumTopic", **where)
    kinds = [
        set(u["message"]) & {"forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"}
        for u in await cast.api.news()
    ]
    assert kinds == [set(), {"forum_topic_edited"}, {"forum_topic_closed"}, {"forum_topic_reopened"}]
    await cast.api("deleteForumTopic", **where)
    assert cast.desk.topics == {}
    assert await cast.api("getForumTopicIconStickers") == []
