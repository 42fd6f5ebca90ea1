"""A tip is continued from another account by its code and the words that its receipt showed once."""

from pathlib import Path
from typing import Any

from bot.app import App
from bot.sandbox import Sandbox
from data import tables as t
from tests.cast import Stage, settings_for, text_of
from tests.conversations.after import PHRASE, newest, phrase_of, rows_of, sent
from tests.conversations.reporting import accepted, drafted, reported, told, topic_of, with_button


async def moved(stage: Stage, to: Any, code: str, phrase: str) -> str:
    """Somebody goes on with a tip; what they are told."""
    to.says(f"/noitiep {code} {phrase}")
    return text_of(await told(stage, to, "Từ nay tin"))


async def test_the_words_make_another_account_the_reporter(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    heard = await moved(stage, stage.binh, code, await phrase_of(stage, stage.an))
    assert "Đang xử lý" in heard
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.binh, "Xe màu gì")
    stage.binh.says("màu xanh")
    assert code in topic_of(stage, await stage.sees(stage.desk, "màu xanh"))
    assert "Xe màu gì" not in " ".join(text_of(message) for message in stage.an.chat_with().messages)
    assert "Bình" not in text_of(stage.desk.history[card["message_id"]])


async def test_words_are_read_without_spaces_in_capitals_and_with_marks(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    phrase = await phrase_of(stage, stage.an)
    stage.binh.says(f"/continue {phrase.upper().replace(' ', '-')} {code.lower()}")
    await told(stage, stage.binh, code)
    await told(stage, stage.binh, "Từ nay tin")


async def test_the_account_before_hears_nothing_and_has_lost_the_tip(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    before = newest(stage.an)
    await moved(stage, stage.binh, code, await phrase_of(stage, stage.an))
    await stage.rests()
    assert newest(stage.an) == before
    await drafted(stage, stage.an, "màu đỏ nhé")
    await stage.sees_nothing(stage.desk, "màu đỏ", within=0.1)
    stage.an.says("/trangthai")
    await told(stage, stage.an, "không có tin nào")
    stage.an.says(f"/rut {code}")
    await told(stage, stage.an, "không thấy tin")


async def test_the_old_words_are_void_and_the_new_ones_work(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    old = await phrase_of(stage, stage.an)
    await moved(stage, stage.binh, code, old)
    stage.an.says(f"/noitiep {code} {old}")
    await told(stage, stage.an, "không khớp")
    await moved(stage, stage.chi, code, await phrase_of(stage, stage.binh, "Từ nay tin"))


async def test_a_wrong_code_and_wrong_words_are_answered_alike_and_tries_are_limited(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    phrase = await phrase_of(stage, stage.an)
    stage.binh.says(f"/noitiep {code} sen00 tre00 lua00 cau00")
    words = await told(stage, stage.binh, "không khớp")
    stage.binh.says(f"/noitiep TB-260101-0000 {phrase}")
    assert text_of(await told(stage, stage.binh, "không khớp", after=words)) == text_of(words)
    for typed in (f"/noitiep {phrase}", f"/noitiep {code} x", f"/noitiep {code} {phrase[:-1]}"):
        stage.binh.says(typed)
    stage.binh.says(f"/noitiep {code} {phrase}")
    await told(stage, stage.binh, "đã thử nhiều mã")
    await moved(stage, stage.chi, code, phrase)


async def test_without_words_it_says_how_and_the_status_of_a_foreign_tip_says_it_too(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    stage.binh.says(f"/noitiep {code}")
    await told(stage, stage.binh, "CỤM TỪ")
    stage.binh.says(f"/trangthai {code}")
    await told(stage, stage.binh, "/noitiep")
    stage.an.says(f"/trangthai {code}")
    assert "/noitiep" not in text_of(await told(stage, stage.an, f"Tin {code}"))


async def test_a_group_tip_has_no_words(stage: Stage) -> None:
    stage.an.says("/tinbao đèn hỏng", stage.group5)
    receipt = await stage.sees(stage.group5, "Tin đã được ghi nhận")
    assert not PHRASE.search(text_of(receipt))
    assert [row.pass_key for row in await rows_of(stage, t.tips.c.pass_key)] == [None]


async def test_each_tip_has_words_of_its_own_and_only_a_hash_is_kept(stage: Stage) -> None:
    await sent(stage, stage.an, "mất xe đạp")
    first = await phrase_of(stage, stage.an)
    await sent(stage, stage.an, "nhà số 5 đánh bạc")
    assert await phrase_of(stage, stage.an) != first
    keys = [row.pass_key for row in await rows_of(stage, t.tips.c.pass_key)]
    assert len(set(keys)) == 2
    assert all(len(key) == 32 for key in keys)


async def test_words_work_after_a_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    stage = Stage(sandbox, App(settings_for(sandbox, tmp_path)))
    assert stage.app is not None
    await stage.app.start()
    await stage.set_up_ward()
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    await stage.app.stop()
    stage.app = App(settings_for(sandbox, tmp_path))
    await stage.app.start()
    await moved(stage, stage.binh, code, await phrase_of(stage, stage.an))
    await stage.app.stop()


async def test_a_closed_tip_can_be_reopened_from_the_new_account(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    phrase = await phrase_of(stage, stage.an)
    await moved(stage, stage.binh, code, phrase)
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    stage.binh.presses(await told(stage, stage.binh, "Có kết quả"), "Chưa giải quyết")
    await stage.sees(stage.desk, "chưa giải quyết")


async def test_an_anonymous_tip_stays_anonymous(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc", "Ẩn danh")
    await moved(stage, stage.binh, code, await phrase_of(stage, stage.an))
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.binh, "Cán bộ đã tiếp nhận")
    await stage.rests()
    shown = " ".join(text_of(message) for message in stage.desk.messages if code in text_of(message))
    assert "Bình" not in shown
    assert "Người báo: " not in shown
