"""Notes of staff stay with staff; ready questions; what the reporter says moves the tip on."""

from typing import Any

import pytest

from tests.cast import Stage, text_of
from tests.conversations.reporting import accepted, answer, forges, labels, told
from tests.conversations.test_tip_cases import asked, closed

SECRET = "người này quen mặt ở chợ"


async def test_a_note_is_marked_and_reaches_nobody_else(stage: Stage, tmp_path: Any) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    note = stage.giang.says(f"/ghichu {SECRET}", stage.desk, topic=card["message_thread_id"])
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(note["message_id"]))
    on_card = stage.giang.says(f"/note {SECRET}", stage.desk, reply_to=card)
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(on_card["message_id"]))
    await closed(stage, card, stage.dung)
    await told(stage, stage.an, "Có kết quả")
    for chat in (stage.an.chat_with(), stage.group5):
        await stage.sees_nothing(chat, "quen mặt", within=0)
    assert stage.app is not None
    await stage.app.database.empty_log()
    for file in tmp_path.glob("test.db*"):
        assert SECRET.encode() not in file.read_bytes()


async def test_a_note_needs_a_tip_and_words(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/ghichu để đâu", stage.desk)
    await stage.sees(stage.desk, "người báo không thấy")
    stage.dung.says("/ghichu", stage.desk, topic=card["message_thread_id"])
    await stage.sees(stage.desk, "người báo không thấy", after=card["message_id"])


async def test_a_note_is_in_the_history_with_its_author(stage: Stage) -> None:
    from sqlalchemy import select

    from data import tables as t

    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    note = stage.giang.says(f"/ghichu {SECRET}", stage.desk, topic=card["message_thread_id"])
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(note["message_id"]))
    assert stage.app is not None

    def read(work: Any) -> str:
        row = work.one(select(t.tip_events.c.sealed).where(t.tip_events.c.what == "noted"))
        return str(work.seal.unseal(row.sealed, "tip event").decode())

    assert await stage.app.database.write(read) == f"Giang: {SECRET}"


async def test_a_ready_question_goes_with_one_tap(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    prompt = await asked(stage, card, stage.dung)
    assert len(labels(prompt).split(" | ")) == 5
    stage.dung.presses(prompt, "Người đó đi hướng nào ạ?")
    assert "Công an · Phường Hoa Sữa" in text_of(await told(stage, stage.an, "đi hướng nào"))
    await stage.sees(stage.desk, "Dũng đã hỏi người báo: Người đó đi hướng nào")
    stage.an.says("về phía cầu")
    await stage.sees(stage.desk, "về phía cầu")


async def test_a_second_tap_asks_nothing_twice(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    prompt = await asked(stage, card, stage.dung)
    await answer(stage, stage.dung, prompt, "Mất lúc nào")
    assert "vừa được gửi" in await answer(stage, stage.dung, prompt, "Mất lúc nào")
    assert "Dũng đang xử lý" in await answer(stage, stage.giang, prompt, "Quanh đó có camera")
    for data in ("ask-ready:1", "ask-ready:1:9", "ask-ready:1:x", "ask-ready:7:1"):
        assert "cũ" in await forges(stage, stage.dung, prompt, data)


@pytest.mark.telegram_only("the language is chosen by a command")
async def test_a_ready_question_is_asked_in_the_reporters_language(stage: Stage) -> None:
    stage.an.says("/ngonngu en")
    await told(stage, stage.an, "English")
    stage.an.says("mất xe đạp")
    draft = await stage.sandbox.wait_for(stage.an.chat_with(), lambda m: "Send" in labels(m))
    stage.an.presses(draft, "Send")
    card = await stage.sandbox.wait_for(stage.desk, lambda m: "Hỏi thêm" in labels(m))
    prompt = await asked(stage, card, stage.dung)
    stage.dung.presses(prompt, "Người đó đi hướng nào")
    await told(stage, stage.an, "Which way did that person go?")


async def test_the_reporters_answer_moves_the_tip_on(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await asked(stage, card, stage.dung)
    assert await stage.sandbox.until(lambda: "chờ người báo" in text_of(stage.desk.history[card["message_id"]]))
    stage.dung.says("/gui Xe màu gì?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    stage.an.says("màu xanh")
    assert await stage.sandbox.until(lambda: "đang xác minh" in text_of(stage.desk.history[card["message_id"]]))
    assert "Xác minh" not in labels(stage.desk.history[card["message_id"]])


async def test_only_whoever_has_it_verifies(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    assert "Dũng đang xử lý" in await answer(stage, stage.giang, card, "Xác minh")
    stage.dung.presses(card, "Xác minh")
    assert await stage.sandbox.until(lambda: "Dũng đang xác minh" in text_of(stage.desk.history[card["message_id"]]))
    await stage.sees_nothing(stage.an.chat_with(), "xác minh", within=0.1)
