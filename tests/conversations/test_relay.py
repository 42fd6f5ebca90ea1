"""Residents and their desk talk through the bot."""

import pytest
from sqlalchemy import update

from bot.services.wards import new_setup_code
from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage, text_of


async def test_a_mention_reaches_the_desk_in_the_groups_topic(stage: Stage) -> None:
    stage.an.says("@binhyen_bot đèn đường hỏng", stage.group5)
    seen = await stage.sees(stage.desk, "đèn đường hỏng")
    assert "An" in text_of(seen)
    assert stage.desk.topics[seen["message_thread_id"]].name == "Tổ 5"


@pytest.mark.telegram_only("there the cast always calls the bot; tests/conversations/test_zalo_groups.py")
async def test_what_is_not_addressed_to_the_bot_stays_in_the_group(stage: Stage) -> None:
    stage.an.says("chiều nay họp nhé", stage.group5)
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await stage.sees_nothing(stage.desk, "chiều nay")


@pytest.mark.telegram_only("no replies")
async def test_a_reply_at_the_desk_answers_in_the_group_and_is_marked(stage: Stage) -> None:
    asked = stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    answer = stage.dung.says("Chúng tôi xuống ngay", stage.desk, reply_to=seen, topic=seen["message_thread_id"])
    told = await stage.sees(stage.group5, "xuống ngay")
    assert told["reply_to_message"]["message_id"] == asked["message_id"]
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(answer["message_id"]))
    await stage.sees_nothing(stage.group7, "xuống ngay", within=0.1)


async def test_staff_among_themselves_stay_inside(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    chatter = stage.dung.says("ai cầm chìa khoá?", stage.desk, topic=seen["message_thread_id"])
    stage.em.says("chìa khoá ở tủ", stage.desk, reply_to=chatter, topic=seen["message_thread_id"])
    await stage.sees_nothing(stage.group5, "chìa khoá")


async def test_gui_in_a_topic_goes_to_its_group_only(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    topic = (await stage.sees(stage.desk, "nước ngập"))["message_thread_id"]
    stage.dung.says("/gửi Tối nay kiểm tra <b>tạm trú</b>", stage.desk, topic=topic)
    told = await stage.sees(stage.group5, "<b>tạm trú</b>")
    assert "Công an" in text_of(told)
    await stage.sees_nothing(stage.group7, "tạm trú", within=0.1)


async def test_gui_without_a_topic_asks_which_group(stage: Stage) -> None:
    stage.dung.says("/gui xin chào", stage.desk)
    await stage.sees(stage.desk, "chưa biết gửi tới nhóm nào")


@pytest.mark.telegram_only("no formatting on the way in")
async def test_formatting_survives_and_html_typed_by_hand_is_text(stage: Stage) -> None:
    text = "/gui đèn <i>hỏng</i> & 🏮 tối"
    entity = {"type": "bold", "offset": text.index("tối") + 1, "length": 3}  # the lantern is two units
    stage.an.says(text, stage.group5, entities=[entity])
    seen = await stage.sees(stage.desk, "đèn <i>hỏng</i> & 🏮 tối")
    bold = [e for e in seen["entities"] if e["type"] == "bold"]
    units = seen["text"].encode("utf-16-le")
    assert "tối" in [units[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le") for e in bold]


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edit_follows(stage: Stage) -> None:
    said = stage.an.says("/gui xe biển 29A", stage.group5)
    seen = await stage.sees(stage.desk, "29A")
    stage.an.edits(said, "/gui xe biển 30H")
    changed = await stage.sees(stage.desk, "30H")
    assert changed["message_id"] == seen["message_id"]
    answer = stage.dung.says("đã nhận", stage.desk, reply_to=seen, topic=seen["message_thread_id"])
    told = await stage.sees(stage.group5, "đã nhận")
    stage.dung.edits(answer, "đã nhận và đang đi")
    again = await stage.sees(stage.group5, "đang đi")
    assert again["message_id"] == told["message_id"]


@pytest.mark.telegram_only("no replies that a bot could see")
async def test_the_author_takes_a_message_back_and_nobody_else_can(stage: Stage) -> None:
    said = stage.an.says("/gui nhầm nhóm", stage.group5)
    await stage.sees(stage.desk, "nhầm nhóm")
    stage.binh.says("/rut", stage.group5, reply_to=said)
    await stage.sees(stage.group5, "Chỉ người viết tin")
    stage.an.says("/rut", stage.group5, reply_to=said)
    assert await stage.sandbox.until(lambda: not any("nhầm nhóm" in text_of(m) for m in stage.desk.messages))


async def test_a_message_too_old_to_delete_comes_to_say_it_was_withdrawn(stage: Stage) -> None:
    said = stage.an.says("/gui nhầm nhóm", stage.group5)
    await stage.sees(stage.desk, "nhầm nhóm")
    await stage.rests()
    assert stage.app is not None
    await stage.app.database.write(age_deliveries)
    stage.sandbox.advance(49 * 3600)
    stage.an.says("/rut", stage.group5, reply_to=said)
    await stage.sees(stage.desk, "(đã rút)")


def age_deliveries(work: Work) -> None:
    work.run(update(t.outbox).values(sent_at=t.outbox.c.sent_at - 49 * 3600))


@pytest.mark.telegram_only("nothing can be deleted")
async def test_staff_delete_follows(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    answer = stage.dung.says("trả lời sai", stage.desk, reply_to=seen, topic=seen["message_thread_id"])
    await stage.sees(stage.group5, "trả lời sai")
    stage.dung.says("/xoa", stage.desk, reply_to=answer, topic=seen["message_thread_id"])
    assert await stage.sandbox.until(lambda: not any("trả lời sai" in text_of(m) for m in stage.group5.messages))


async def test_a_resident_hears_once_that_the_desk_reads_it(stage: Stage) -> None:
    stage.an.says("/gui việc đầu", stage.group5)
    await stage.sees(stage.group5, "đã chuyển tin tới trực ban")
    stage.an.says("/gui việc nhì", stage.group5)
    await stage.sees(stage.desk, "việc nhì")
    await stage.rests()
    notices = [m for m in stage.group5.messages if "đã chuyển tin tới trực ban" in text_of(m)]
    assert len(notices) == 1


@pytest.mark.telegram_only("no replies that a bot could see")
async def test_a_resident_answering_the_police_reaches_the_same_thread(stage: Stage) -> None:
    stage.an.says("/gui mất xe", stage.group5)
    seen = await stage.sees(stage.desk, "mất xe")
    question = stage.dung.says("xe màu gì?", stage.desk, reply_to=seen, topic=seen["message_thread_id"])
    asked = await stage.sees(stage.group5, "xe màu gì?")
    stage.an.says("màu đỏ", stage.group5, reply_to=asked)
    answer = await stage.sees(stage.desk, "màu đỏ")
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


async def test_a_closed_or_deleted_topic_is_made_again(stage: Stage) -> None:
    stage.an.says("/gui việc đầu", stage.group5)
    first = (await stage.sees(stage.desk, "việc đầu"))["message_thread_id"]
    stage.desk.delete_topic(first)
    stage.an.says("/gui việc nhì", stage.group5)
    second = (await stage.sees(stage.desk, "việc nhì"))["message_thread_id"]
    assert second != first
    stage.desk.close_topic(second)
    stage.an.says("/gui việc ba", stage.group5)
    await stage.sees(stage.desk, "việc ba")


async def test_long_texts_are_cut_and_nothing_of_them_is_lost(stage: Stage) -> None:
    stage.an.says("/gui " + "nước ngập " * 400 + "hết", stage.group5)
    await stage.sees(stage.desk, "hết")
    await stage.rests()
    together = "".join(text_of(m) for m in stage.desk.messages)
    assert together.count("nước ngập") == 400


async def test_two_wards_never_mix(stage: Stage) -> None:
    other_desk = stage.sandbox.add_group("Trực ban khác", stage.giang, [stage.binh])
    other_desk.add_bot(stage.bot, by=stage.giang)
    assert stage.app is not None
    code = await stage.app.database.write(new_setup_code)
    stage.giang.says(f"/thietlap {code} Phường Khác", other_desk)
    await stage.sees(other_desk, "Đã thiết lập")
    stage.an.says("/gui chỉ của Hoa Sữa", stage.group5)
    await stage.sees(stage.desk, "chỉ của Hoa Sữa")
    await stage.sees_nothing(other_desk, "chỉ của Hoa Sữa", within=0.2)


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edited_command_does_not_show_at_the_desk(stage: Stage) -> None:
    said = stage.an.says("/gui xe biển 29A", stage.group5)
    await stage.sees(stage.desk, "An: xe biển 29A")
    stage.an.edits(said, "/gui xe biển 30H")
    await stage.sees(stage.desk, "An: xe biển 30H")
