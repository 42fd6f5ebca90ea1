"""Whatever happens to a report about an officer, neither the desk nor a group hears of it, and it is never lost."""

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.sandbox import sample_photo
from data import tables as t
from handlers import holding
from tests.cast import Stage, is_picture, text_of
from tests.conversations.reporting import passes, told, with_button
from tests.conversations.test_aside import ABOUT, code_of, nothing_shown, opened, second_chief, set_aside

FILED = "Tin đã được ghi nhận"


def chiefs_chat(stage: Stage, chief: Any = None) -> Any:
    return (chief or stage.em).chat_with(stage.bot)


async def held(stage: Stage) -> dict[str, Any]:
    """A report set aside: its card in the chief's private chat."""
    await opened(stage, stage.em)
    await set_aside(stage)
    await told(stage, stage.an, FILED)
    return await with_button(stage, chiefs_chat(stage), "Tiếp nhận", "liên quan cán bộ")


async def spoken(stage: Stage) -> list[str]:
    """Everything that stands at the desk and in the groups, topics too."""
    await stage.rests()
    said = [text_of(message) for chat in (stage.desk, stage.group5, stage.group7) for message in chat.messages]
    return said + [topic.name for topic in stage.desk.topics.values()]


async def test_a_case_from_draft_to_taking_back_adds_not_one_message_to_the_desk(stage: Stage) -> None:
    await opened(stage, stage.em)
    before = await spoken(stage)
    stage.an.sends_photo(sample_photo(), caption=ABOUT)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "1 tệp"), "Gửi")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Có", "liên quan tới cán bộ"), "Có")
    await told(stage, stage.an, "Người đó tên gì")
    stage.an.sends_photo(sample_photo(note="tờ hai"))
    stage.an.says("anh Dũng")
    await told(stage, stage.an, FILED)
    chat = chiefs_chat(stage)
    card = await with_button(stage, chat, "Tiếp nhận", "2 tệp")
    assert [m for m in chat.messages if is_picture(m)]
    stage.em.presses(card, "Hỏi thêm")
    await stage.sees(chat, "Xin nhắn câu hỏi")
    stage.em.says("Bác thấy hôm nào ạ?", to=stage.bot)
    await told(stage, stage.an, "hôm nào")
    stage.an.says("tối thứ bảy vừa rồi")
    await stage.sees(chat, "tối thứ bảy")
    stage.em.presses(card, "Đóng")
    stage.em.presses(await with_button(stage, chat, "Đã chuyển"), "Đã chuyển")
    stage.an.presses(await told(stage, stage.an, "nơi có thẩm quyền"), "Chưa giải quyết")
    await stage.sees(chat, "chưa giải quyết")
    stage.an.says(f"/rut {await code_of(stage)}")
    await stage.sees(chat, "rút")
    assert await spoken(stage) == before


async def test_what_a_chief_says_long_after_asking_is_no_question(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "ASKING", -1.0)
    stage.em.presses(await held(stage), "Hỏi thêm")
    await stage.sees(chiefs_chat(stage), "Xin nhắn câu hỏi")
    stage.em.says("mua giúp tôi bao thuốc", to=stage.bot)
    await stage.sees(chiefs_chat(stage), "chưa gửi đi")
    await stage.rests()
    assert not [m for m in stage.an.chat_with().messages if "bao thuốc" in text_of(m)]


async def test_a_chief_may_think_better_of_a_question(stage: Stage) -> None:
    card = await held(stage)
    stage.em.presses(card, "Hỏi thêm")
    await stage.sees(chiefs_chat(stage), "Xin nhắn câu hỏi")
    stage.em.says("/huy", to=stage.bot)
    await stage.sees(chiefs_chat(stage), "Em dừng")
    stage.em.says("mua giúp tôi bao thuốc", to=stage.bot)
    await stage.rests()
    assert not [m for m in stage.an.chat_with().messages if "bao thuốc" in text_of(m)]


async def test_where_the_desk_shows_summaries_only_the_chief_still_reads_it_all(stage: Stage) -> None:
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.wards).values(desk_shows="summary")).rowcount)
    assert "nhận tiền" in text_of(await held(stage))


async def test_a_sealed_report_takes_additions_and_can_be_taken_back(stage: Stage) -> None:
    await set_aside(stage)  # no chief has opened the private chat
    await told(stage, stage.an, "cất kín")
    code = await code_of(stage)
    before = await spoken(stage)
    stage.an.says(f"{code} nó đi xe đỏ")
    await told(stage, stage.an, "Em cất kín lời này")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "rút")
    assert await spoken(stage) == before


async def test_files_that_do_not_arrive_pass_it_on_once(stage: Stage) -> None:
    await second_chief(stage)
    await opened(stage, stage.em, stage.giang)
    stage.em.blocks(stage.bot)
    stage.an.sends_photo(sample_photo(), caption=ABOUT)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Ẩn danh", "1 tệp"), "Ẩn danh")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Có", "liên quan tới cán bộ"), "Có")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Không rõ"), "Không rõ")
    await stage.sees(chiefs_chat(stage, stage.giang), "liên quan cán bộ")
    await stage.rests()
    assert not [m for m in stage.an.chat_with().messages if "chưa ai ở phường" in text_of(m)]
    assert [m for m in chiefs_chat(stage, stage.giang).messages if is_picture(m)]


async def test_what_a_barred_chief_held_goes_to_another_with_all_that_was_said(stage: Stage) -> None:
    await second_chief(stage)
    await opened(stage, stage.giang)
    await set_aside(stage)
    await told(stage, stage.an, FILED)
    stage.giang.presses(await stage.sees(chiefs_chat(stage, stage.giang), "liên quan cán bộ"), "Hỏi thêm")
    await stage.sees(chiefs_chat(stage, stage.giang), "Xin nhắn câu hỏi")
    stage.giang.says("Hôm nào ạ?", to=stage.bot)
    await told(stage, stage.an, "Hôm nào")
    stage.an.says("tối thứ bảy vừa rồi")
    await stage.sees(chiefs_chat(stage, stage.giang), "tối thứ bảy")
    await opened(stage, stage.em)
    stage.em.presses(await with_button(stage, stage.desk, "Bỏ quyền", "Giang"), "Bỏ quyền")
    await stage.sees(chiefs_chat(stage), "liên quan cán bộ")
    await stage.sees(chiefs_chat(stage), "tối thứ bảy")
    await nothing_shown(stage, "nhận tiền", await code_of(stage))


async def test_a_reporter_who_cannot_be_reached_is_no_news_for_the_desk(stage: Stage) -> None:
    card = await held(stage)
    before = await spoken(stage)
    if hasattr(stage.an, "blocks"):
        stage.an.blocks()
    stage.em.presses(card, "Tiếp nhận")
    assert await spoken(stage) == before


async def test_somebody_in_danger_is_asked_at_once_and_no_brings_the_desk(stage: Stage) -> None:
    stage.an.says("cứu với, công an phường đánh người ở ngõ 12, chảy máu nhiều")
    asked = await with_button(stage, stage.an.chat_with(), "Không", "Chưa ai đọc tin này")
    assert not [one for one in await spoken(stage) if "ngõ 12" in one]
    stage.an.presses(asked, "Không")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")


async def test_who_does_not_answer_in_danger_hears_that_nobody_has_read_it(stage: Stage) -> None:
    stage.an.says("cứu với, công an phường đánh người ở ngõ 12, chảy máu nhiều")
    await with_button(stage, stage.an.chat_with(), "Không", "Chưa ai đọc tin này")
    await passes(stage, "officer-unanswered")
    warned = await with_button(stage, stage.an.chat_with(), "Không", "còn nguy hiểm")
    assert "113" in text_of(warned)
    stage.an.presses(warned, "Không")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")


async def test_with_yes_the_card_goes_at_once_and_later_words_do_not_bring_it_back(stage: Stage) -> None:
    await opened(stage, stage.em)
    stage.an.says("cứu với, có người cầm dao đuổi chém ở ngõ 9")
    card = await stage.sees(stage.desk, "ngõ 9")
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    stage.an.says("nó vào ngõ 9 rồi")
    await stage.sees(stage.desk, "vào ngõ 9")
    await stage.rests()
    draft = await with_button(stage, stage.an.chat_with(), "Liên quan cán bộ")
    stage.an.presses(draft, "Liên quan cán bộ")
    await told(stage, stage.an, "Người đó tên gì")
    await nothing_shown_now(stage, "ngõ 9")
    stage.an.says("anh Dũng trực ban")
    card = await with_button(stage, chiefs_chat(stage), "Tiếp nhận", "liên quan cán bộ")
    assert "Dũng đang xử lý" not in text_of(card)
    await nothing_shown_now(stage, "ngõ 9")


async def nothing_shown_now(stage: Stage, *words: str) -> None:
    """The same as `nothing_shown`, but for the name of a topic that somebody had already opened."""
    said = [one for one in await spoken(stage) if any(word in one for word in words)]
    assert not said


async def test_a_report_that_leaves_an_incident_is_not_counted_in_it(stage: Stage) -> None:
    await opened(stage, stage.em)
    stage.an.says("cháy nhà ở ngõ 12 rồi")
    first = await stage.sees(stage.desk, "cháy nhà")
    stage.binh.says("cháy to ở ngõ 12")
    assert await stage.sandbox.until(lambda: "2 người báo" in text_of(stage.desk.history[first["message_id"]]))
    stage.binh.presses(await with_button(stage, stage.binh.chat_with(), "Liên quan cán bộ"), "Liên quan cán bộ")
    stage.binh.presses(await with_button(stage, stage.binh.chat_with(), "Không rõ"), "Không rõ")
    await stage.sees(chiefs_chat(stage), "cháy to")
    assert not [one for one in await spoken(stage) if "cháy to" in one or "2 người báo" in one]


async def test_others_go_on_without_the_first_of_an_incident(stage: Stage) -> None:
    await opened(stage, stage.em)
    stage.an.says("cháy nhà ở ngõ 12 rồi")
    first = await stage.sees(stage.desk, "cháy nhà")
    stage.binh.says("cháy to ở ngõ 12")
    assert await stage.sandbox.until(lambda: "2 người báo" in text_of(stage.desk.history[first["message_id"]]))
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Liên quan cán bộ"), "Liên quan cán bộ")
    card = await with_button(stage, stage.desk, "Tiếp nhận", "cháy to")
    assert "2 người báo" not in text_of(card)
    await nothing_shown_now(stage, "cháy nhà ở ngõ 12")


async def test_a_chief_who_only_wrote_once_can_be_reached(stage: Stage) -> None:
    stage.em.says("tôi muốn hỏi chút", to=stage.bot)
    await stage.rests()
    await set_aside(stage)
    await told(stage, stage.an, FILED)
    await stage.sees(chiefs_chat(stage), "liên quan cán bộ")


async def test_the_next_report_of_the_day_is_asked_about_too(stage: Stage) -> None:
    await held(stage)
    stage.an.says("/tinbao xe đỏ lại đậu trước quán đó")
    draft = await with_button(stage, stage.an.chat_with(), "Gửi", "xe đỏ")
    stage.an.presses(draft, "Gửi")
    await with_button(stage, stage.an.chat_with(), "Có", "liên quan tới cán bộ")
    await nothing_shown(stage, "xe đỏ")


async def test_it_is_in_no_count_of_what_was_erased(stage: Stage) -> None:
    await held(stage)
    assert stage.app is not None

    def wards(work: Any) -> list[Any]:
        from data.expiry import TOLD_AT

        return [row[0] for row in work.all(select(TOLD_AT).select_from(t.tips))]

    assert await stage.app.database.write(wards) == [None]
