"""Residents and their desk talk through the bot."""

from tests.cast import Stage, text_of


async def test_a_mention_reaches_the_desk_in_the_groups_topic(stage: Stage) -> None:
    stage.an.says("@binhyen_bot đèn đường hỏng", stage.group5)
    seen = await stage.sees(stage.desk, "đèn đường hỏng")
    assert "An" in text_of(seen)
    assert stage.desk.topics[seen["message_thread_id"]].name == "Tổ 5"


async def test_what_is_not_addressed_to_the_bot_stays_in_the_group(stage: Stage) -> None:
    stage.an.says("chiều nay họp nhé", stage.group5)
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await stage.sees_nothing(stage.desk, "chiều nay")


async def test_a_reply_at_the_desk_answers_in_the_group_and_is_marked(stage: Stage) -> None:
    asked = stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    answer = stage.dung.says("Chúng tôi xuống ngay", stage.desk, reply_to=seen, topic=seen["message_thread_id"])
    told = await stage.sees(stage.group5, "xuống ngay")
    assert told["reply_to_message"]["message_id"] == asked["message_id"]
    await stage.sandbox.until(lambda: stage.desk.reactions.get(answer["message_id"]))
    await stage.sees_nothing(stage.group7, "xuống ngay", within=0.1)


async def test_staff_among_themselves_stay_inside(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    chatter = stage.dung.says("ai trực hôm nay?", stage.desk, topic=seen["message_thread_id"])
    stage.em.says("tôi trực", stage.desk, reply_to=chatter, topic=seen["message_thread_id"])
    await stage.sees_nothing(stage.group5, "trực")
