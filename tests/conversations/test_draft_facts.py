"""What a draft shows of what was understood, the one question under it, and what the desk gets of it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.sandbox import Sandbox, sample_photo
from data import tables as t
from tests.cast import Stage, settings_for, text_of
from tests.conversations.reporting import Message, drafted, forges, labels, reported, told, with_button
from tests.conversations.timing import ages
from tests.media_samples import voice

STORY = "toi qua luc 9h mat xe may bien 29A1-123.45 o ngo 12 duong Lang"
THEFT = f"{STORY}, nghi can so 0912345678, stk 19034567890123 tcb"


async def shown(stage: Stage, person: Any, *words: str, after: Message | None = None) -> Message:
    """The newest draft, once it says all of this; one that is newer than `after`."""
    seen = after["message_id"] if after else 0
    return await stage.sandbox.wait_for(
        person.chat_with(),
        lambda m: "Gửi" in labels(m) and m["message_id"] > seen and all(word in text_of(m) for word in words),
    )


def bot_says(person: Any) -> list[Message]:
    """Everything the bot said to somebody in private."""
    return [m for m in person.chat_with().messages if m["from"]["is_bot"]]


async def columns_of(stage: Stage, *names: str) -> list[Any]:
    """These columns of the newest tip."""
    assert stage.app is not None
    query = select(*[t.tips.c[name] for name in names]).order_by(t.tips.c.id.desc()).limit(1)
    return list(await stage.app.database.write(lambda work: work.one(query)))


async def test_a_draft_shows_kind_time_place_and_numbers_one_line_each(stage: Stage) -> None:
    stage.an.says(THEFT)
    lines = text_of(await shown(stage, stage.an, "Loại")).split("\n")
    assert "📂 Loại: Trộm cắp" in lines
    assert any(line.startswith("🕐 Lúc: toi qua luc 9h (21:00") for line in lines)
    assert "📍 Nơi: ngo 12 duong Lang" in lines
    seen = next(line for line in lines if line.startswith("🔎"))
    assert "29A1-123.45" in seen
    assert "19034567890123 Techcombank" in seen
    assert "1 số điện thoại (giấu kín)" in seen
    assert "345678" not in "".join(lines).replace("19034567890123", "")
    assert len(lines) - len([line for line in lines if line[:1].isdigit()]) <= 8


async def test_links_are_shown_harmless(stage: Stage) -> None:
    stage.an.says("nhận tin nhắn lừa đảo bảo vào https://vneid-gov.top/nhan lấy tiền")
    card = await shown(stage, stage.an, "hxxps://vneid-gov[.]top/nhan")
    assert "Lừa đảo qua mạng" in text_of(card)
    assert "ở đâu" not in text_of(card)  # a scam online has no place


async def test_a_tip_that_says_everything_takes_three_messages(stage: Stage) -> None:
    stage.an.says(THEFT)
    card = await shown(stage, stage.an, "Loại")
    assert "❓" not in text_of(card).replace("❔", "")
    stage.an.presses(card, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    assert len(bot_says(stage.an)) == 2


async def test_the_desk_gets_what_was_understood_in_its_card_and_columns(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, STORY, "Ẩn danh")
    for words in ("Loại: Trộm cắp", "toi qua luc 9h", "ngo 12 duong Lang", "29A1-123.45", "🟠 sớm"):
        assert words in text_of(card)
    names = ("kind", "urgency", "place", "place_key", "hearsay")
    assert await columns_of(stage, *names) == ["trom_cap", "high", "ngo 12 duong Lang", "lang|12|||", False]
    start, end = await columns_of(stage, "happened_from", "happened_to")
    assert start == end is not None


async def test_a_ward_that_shows_summaries_only_shows_no_place_or_number(stage: Stage) -> None:
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(t.wards.update().values(desk_shows="summary")))
    _code, card = await reported(stage, stage.an, STORY)
    assert "duong Lang" not in text_of(card)
    assert "29A1" not in text_of(card)


async def test_only_what_is_missing_is_asked_and_one_thing_at_a_time(stage: Stage) -> None:
    card = await drafted(stage, stage.an, "mất xe đạp")
    assert text_of(card).count("❓") == 1
    assert "ở đâu" in text_of(card)
    stage.an.says("ở ngõ 12 đường Láng")
    card = await shown(stage, stage.an, "lúc nào ạ")
    assert text_of(card).count("❓") == 1
    stage.an.presses(card, "Hôm qua")
    card = await shown(stage, stage.an, "Lúc: Hôm qua (")
    assert "❓" not in text_of(card).replace("❔", "")


@pytest.mark.parametrize("how", ["7", "khong ro", "bỏ qua"])
async def test_a_question_is_skipped_and_not_asked_again(stage: Stage, how: str) -> None:
    card = await drafted(stage, stage.an, "rác đổ đầy hẻm hôi quá")
    assert "ở đâu" in text_of(card)
    stage.an.says(how)
    await shown(stage, stage.an, "hiện tên) hoặc Ẩn danh; muốn thêm")
    stage.an.says("ruồi nhiều lắm")
    card = await shown(stage, stage.an, "ruồi nhiều lắm")
    assert "ở đâu" not in text_of(card)


async def test_questions_never_block_sending(stage: Stage) -> None:
    card = await drafted(stage, stage.an, "mất xe đạp")
    assert "ở đâu" in text_of(card)
    stage.an.presses(card, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")


async def test_a_picture_first_is_asked_where_it_was_taken(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(note="x"))
    card = await shown(stage, stage.an, "Ảnh này chụp ở đâu")
    stage.an.presses(card, "Chỗ khác")
    await told(stage, stage.an, "gõ địa chỉ")
    stage.an.says("đối diện trường Lý Thường Kiệt")
    card = await shown(stage, stage.an, "Nơi: đối diện trường Lý Thường Kiệt")
    stage.an.presses(card, "Gửi")
    seen = await with_button(stage, stage.desk, "Tiếp nhận", "đối diện trường")
    assert "(không có chữ)" in text_of(seen)


@pytest.mark.telegram_only("Zalo hands no location over")
async def test_right_here_asks_for_a_shared_location(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(note="x"))
    stage.an.presses(await shown(stage, stage.an, "Ảnh này chụp ở đâu"), "Ngay đây")
    await told(stage, stage.an, "Vị trí")
    stage.an.sends_location(21.1, 105.9)
    card = await shown(stage, stage.an, "2 tệp hoặc vị trí")
    assert "ở đâu" not in text_of(card)


@pytest.mark.telegram_only("Zalo does not tell what is forwarded")
async def test_a_forwarded_message_asks_whether_it_was_seen_or_heard(stage: Stage) -> None:
    original = stage.binh.says("nhà số 5 ngõ 12 đường Láng đánh bạc", stage.group5)
    stage.an.forwards(original)
    card = await shown(stage, stage.an, "gặp việc này, hay nhận từ người khác")
    stage.an.presses(card, "Nhận từ người khác")
    await stage.sandbox.until(lambda: "gặp việc này" not in text_of(stage.an.chat_with().history[card["message_id"]]))
    stage.an.presses(card, "Gửi")
    seen = await with_button(stage, stage.desk, "Tiếp nhận", "đánh bạc")
    assert "nghe kể lại" in text_of(seen)
    assert await columns_of(stage, "hearsay") == [True]


async def test_suspicious_behaviour_asks_for_deeds_and_looks_are_still_sent(stage: Stage) -> None:
    card = await drafted(stage, stage.an, "có người khả nghi ở ngõ 12 đường Láng")
    assert "đang LÀM gì" in text_of(card)
    stage.an.presses(card, "Mới thấy lạ")
    card = await shown(stage, stage.an, "chưa đủ để công an làm việc")
    stage.an.presses(card, "Gửi")
    assert "Mới thấy lạ" in text_of(await with_button(stage, stage.desk, "Tiếp nhận", "khả nghi"))


async def test_words_answer_what_somebody_does(stage: Stage) -> None:
    await drafted(stage, stage.an, "có người khả nghi ở ngõ 12 đường Láng")
    stage.an.says("cứ nhìn vào nhà rồi chụp ảnh khoá cửa")
    card = await shown(stage, stage.an, "chụp ảnh khoá cửa")
    assert "LÀM gì" not in text_of(card)


async def test_nothing_of_a_quiet_kind_is_shown_over_the_shoulder(stage: Stage) -> None:
    stage.an.says("tối qua ông hàng xóm bạo hành vợ ở nhà số 5 ngõ 12 đường Láng, sđt 0912345678")
    card = text_of(await shown(stage, stage.an, "Gửi"))
    for words in ("bạo hành", "Bạo lực", "vợ", "đường Láng", "tối qua", "điện thoại"):
        assert words not in card
    stage.an.says("1")
    seen = text_of(await stage.sees(stage.desk, "bạo hành vợ"))
    assert "đường Láng" in seen


async def test_a_draft_goes_on_hours_later_from_where_it_stood(stage: Stage) -> None:
    await drafted(stage, stage.an, "hồi nãy mất xe đạp ở ngõ 12 đường Láng")
    await stage.rests()
    await ages(stage, 5 * 3600)
    stage.an.says("xe màu xanh")
    card = text_of(await shown(stage, stage.an, "viết dở lúc", "mất xe đạp", "xe màu xanh"))
    assert "ngõ 12 đường Láng" in card
    assert "Trộm cắp" in card


async def test_tinbao_without_words_shows_the_draft_that_is_open(stage: Stage) -> None:
    first = await drafted(stage, stage.an, "mất xe đạp")
    stage.an.says("/tinbao")
    again = await told(stage, stage.an, "viết dở lúc", after=first)
    assert "mất xe đạp" in text_of(again)


@pytest.mark.telegram_only("no voice with its length")
async def test_a_voice_alone_says_how_much_was_heard_and_asks_nothing(stage: Stage) -> None:
    stage.an.sends_voice(voice())
    card = text_of(await shown(stage, stage.an, "1 giây ghi âm"))
    assert "cán bộ sẽ nghe" in card
    assert "ở đâu" not in card


async def test_what_a_name_is_for_is_told_in_two_sentences(stage: Stage) -> None:
    stage.an.presses(await drafted(stage, stage.an, "mất xe đạp"), "Tên có lộ không")
    answer = await told(stage, stage.an, "không che được")
    assert "không thấy tên" in text_of(answer)
    assert "Ẩn danh" in labels(await shown(stage, stage.an, "mất xe đạp", after=answer))


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_forged_answers_change_nothing(stage: Stage) -> None:
    await drafted(stage, stage.an, "mất xe đạp")
    mine = await drafted(stage, stage.binh, "đèn hỏng")
    for data in ("tip-say:1:when:today", "tip-say:2:when:never", "tip-say:2:x:skip", "tip-say:2", "tip-say:2:when"):
        assert "cũ" in await forges(stage, stage.binh, mine, data)
    for data in ("tip-fix:1:kind", "tip-fix:2:x", "tip-kind:2:x", "tip-kind:1:khac", "tip-kind:2", "tip-name:1"):
        assert "cũ" in await forges(stage, stage.binh, mine, data)


@pytest.mark.telegram_only("one platform is enough for a database")
async def test_answers_survive_a_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    stage.an.presses(await drafted(stage, stage.an, "mất xe đạp ở ngõ 12 đường Láng"), "Hôm qua")
    await shown(stage, stage.an, "Lúc: Hôm qua (")
    await stage.rests()
    await app.stop()
    again = App(settings_for(sandbox, tmp_path))
    await again.start()
    try:
        stage.an.says("xe màu xanh")
        card = await shown(stage, stage.an, "xe màu xanh", "Lúc: Hôm qua (", "Nơi: ngõ 12")
        assert "❓" not in text_of(card).replace("❔", "")
    finally:
        await again.stop()


async def test_the_longest_way_takes_seven_messages(stage: Stage) -> None:
    words = "kẻ khả nghi lảng vảng"
    card = await drafted(stage, stage.an, words)
    stage.an.presses(card, "Dò hỏi")
    card = await shown(stage, stage.an, "ở đâu ạ")
    stage.an.presses(card, "Chỗ khác")
    await told(stage, stage.an, "gõ địa chỉ")
    stage.an.says("nhà bà Tư")
    card = await shown(stage, stage.an, "lúc nào ạ")
    stage.an.presses(card, "Hôm nay")
    card = await shown(stage, stage.an, "Lúc: Hôm nay")
    assert "❓" not in text_of(card).replace("❔", "")
    stage.an.presses(card, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")
    assert len([m for m in stage.an.chat_with().messages if not m["from"]["is_bot"]]) <= 7
    seen = text_of(await with_button(stage, stage.desk, "Tiếp nhận", words))
    for line in ("Dò hỏi, gõ cửa", "nhà bà Tư", "Hôm nay"):
        assert line in seen


@pytest.mark.telegram_only("Zalo tells no language")
async def test_all_of_it_is_there_in_english(stage: Stage) -> None:
    stage.an.says("/language")
    stage.an.presses(await told(stage, stage.an, "Which language"), "English")
    stage.an.says("mất xe đạp ở ngõ 12 đường Láng")
    card = await stage.sandbox.wait_for(stage.an.chat_with(), lambda m: "Kind: Theft" in text_of(m))
    assert "When did it happen" in text_of(card)
    stage.an.presses(card, "Today")
    card = await told(stage, stage.an, "Time: Today (")
    stage.an.presses(card, "Change")
    await told(stage, stage.an, "choose what to put right")
