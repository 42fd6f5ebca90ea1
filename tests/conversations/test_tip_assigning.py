"""A tip changes hands: by name or by reply, with a word for the new handler; its reporter hears nothing of it."""

from tests.cast import Stage, text_of
from tests.conversations.reporting import accepted, answer, case_card, labels, reported, told, topic_of, with_button
from tests.conversations.test_tip_cases import closed


async def choices(stage: Stage, card: dict, officer: object) -> str:  # type: ignore[type-arg]
    """Whom `Giao` offers."""
    officer.presses(card, "Giao")  # type: ignore[attr-defined]
    assert await stage.sandbox.until(lambda: "Tôi nhận" in labels(stage.desk.history[card["message_id"]]))
    return labels(stage.desk.history[card["message_id"]])


async def known(stage: Stage) -> None:
    """Giang has worked at this desk before."""
    await accepted(stage, stage.binh, "đèn đường hỏng", stage.giang)


async def test_a_tip_is_given_to_an_officer_who_worked_here(stage: Stage) -> None:
    await known(stage)
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    before = len(stage.an.chat_with().messages)
    offered = await choices(stage, card, stage.dung)
    assert "Giang" in offered
    assert "Em" in offered
    assert "Dũng" not in offered
    stage.dung.presses(card, "Giang")
    given = await stage.sees(stage.desk, "giao tin")
    assert code in topic_of(stage, given)
    assert "Dũng giao tin" in text_of(given)
    assert "cho Giang" in text_of(given)
    assert await stage.sandbox.until(lambda: "Giang đang xử lý" in text_of(stage.desk.history[card["message_id"]]))
    word = stage.dung.says("đã hẹn bác ấy chiều nay", stage.desk, reply_to=given)
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(word["message_id"]))
    await stage.rests()
    assert len(stage.an.chat_with().messages) == before
    assert "Giang đang xử lý" in await answer(stage, stage.dung, card, "Đóng")
    await closed(stage, card, stage.giang)
    await told(stage, stage.an, "Có kết quả")


async def test_a_new_tip_that_is_given_gets_its_topic_and_its_reporter_is_told(stage: Stage) -> None:
    await known(stage)
    code, card = await reported(stage, stage.an, "mất xe đạp")
    await choices(stage, card, stage.dung)
    stage.dung.presses(card, "Giang")
    own = await case_card(stage, code)
    assert "Giang đang xử lý" in text_of(own)
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")


async def test_a_chief_may_always_take_over_and_others_may_not(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    assert "Dũng đang xử lý" in await answer(stage, stage.giang, card, "Giao")
    await choices(stage, card, stage.em)
    stage.em.presses(card, "Tôi nhận")
    await stage.sees(stage.desk, "Em nhận xử lý tin")
    assert await stage.sandbox.until(lambda: "Em đang xử lý" in text_of(stage.desk.history[card["message_id"]]))


async def test_giao_as_a_reply_gives_it_to_whoever_wrote(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    here = stage.giang.says("để tôi", stage.desk, topic=card["message_thread_id"])
    stage.dung.says("/giao", stage.desk, reply_to=here, topic=card["message_thread_id"])
    await stage.sees(stage.desk, "cho Giang")
    elsewhere = stage.dung.says("tôi đây", stage.desk)
    stage.giang.says(f"/giao @dung {code}", stage.desk, reply_to=elsewhere)
    await stage.sees(stage.desk, "cho Dũng")


async def test_giao_without_a_person_or_a_tip_says_how(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/giao @giang", stage.desk, topic=card["message_thread_id"])
    await stage.sees(stage.desk, "trả lời một tin do cán bộ đó viết")


async def test_whoever_lost_their_rights_is_not_given_anything(stage: Stage) -> None:
    await known(stage)
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    here = stage.giang.says("để tôi", stage.desk, topic=card["message_thread_id"])
    stage.em.says("/chihuy", stage.desk, reply_to=here)
    stage.em.presses(await with_button(stage, stage.desk, "Bỏ quyền"), "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền")
    assert "Giang" not in await choices(stage, card, stage.dung)
    stage.dung.says("/giao", stage.desk, reply_to=here, topic=card["message_thread_id"])
    await stage.sees(stage.desk, "không còn quyền cán bộ")


async def test_whoever_left_the_desk_cannot_act_on_what_they_were_given(stage: Stage) -> None:
    await known(stage)
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await choices(stage, card, stage.dung)
    stage.dung.presses(card, "Giang")
    await stage.sees(stage.desk, "cho Giang")
    stage.desk.remove(stage.giang)
    assert "cán bộ" in await answer(stage, stage.giang, card, "Đóng")
    await choices(stage, card, stage.em)
    stage.em.presses(card, "Tôi nhận")
    await stage.sees(stage.desk, "Em nhận xử lý tin")
