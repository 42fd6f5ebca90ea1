"""Staff silence a sender for some days, with a reason, and never learn who it is."""

from typing import Any

import pytest
from sqlalchemy import update

from bot.messages import Action, Outgoing, Person
from data import tables as t
from data.people import give_role
from tests.cast import Stage, text_of
from tests.conversations.after import card_of, overhear, rows_of, sent, silent
from tests.conversations.reporting import told


async def muted(stage: Stage, code: str, words: str = "báo giả nhiều lần 3 ngày") -> dict[str, Any]:
    """An officer silences the sender of a tip; what the desk is told."""
    seen = max(message["message_id"] for message in stage.desk.messages)
    stage.dung.says(f"/tamlang {code} {words}", stage.desk)
    return await stage.sees(stage.desk, "vẫn nhận đủ nhưng không kêu chuông", after=seen)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the bot says."""
    return overhear(monkeypatch)


def at_desk(said: list[Outgoing], words: str) -> list[bool]:
    """Whether what the desk was told of these words made no sound."""
    shown = [
        message for message in said if "Tin <code>" in message.html or "Tin TB" in message.html or "💬" in message.html
    ]
    return silent(shown, words)


async def test_a_muted_senders_tips_are_kept_without_a_sound_and_they_are_told_honestly(
    stage: Stage, said: list[Outgoing]
) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    await card_of(stage, code)
    await muted(stage, code)
    second = await sent(stage, stage.an, "đèn đường hỏng", "Ẩn danh")
    await told(stage, stage.an, "trả lời chậm hơn")
    card = await card_of(stage, second)
    assert "An" not in text_of(card).split()
    assert (at_desk(said, "mất xe đạp"), at_desk(said, "đèn đường hỏng")) == ([False], [True])
    stage.an.says(f"{second}: ở ngõ 12")
    await stage.sees(stage.desk, "ở ngõ 12")
    assert at_desk(said, "ở ngõ 12") == [True]


async def test_words_of_danger_are_heard_from_the_muted_too(stage: Stage, said: list[Outgoing]) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    await muted(stage, code)
    stage.an.says("cháy nhà số 12 rồi")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    assert at_desk(said, "CHƯA XÁC NHẬN") == [False]


async def test_a_muted_sender_in_danger_is_heard_in_an_older_tip(stage: Stage, said: list[Outgoing]) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    await muted(stage, code)
    stage.an.says(f"{code}: nó quay lại, cầm dao đuổi nhau")
    await stage.sees(stage.desk, "cầm dao")
    assert at_desk(said, "cầm dao") == [False]


async def test_others_are_heard_and_nothing_at_the_desk_tells_whose_tips_are_muted(
    stage: Stage, said: list[Outgoing]
) -> None:
    code = await sent(stage, stage.an, "mất xe đạp", "Ẩn danh")
    assert "An" not in text_of(await muted(stage, code)).split()
    other = await sent(stage, stage.binh, "hỏng cống")
    await card_of(stage, other)
    assert at_desk(said, "hỏng cống") == [False]
    mine = await sent(stage, stage.an, "đèn đường hỏng")
    shown = text_of(await card_of(stage, mine))
    assert "🔕" not in shown
    assert text_of(await muted(stage, mine)).replace(mine, "") == text_of(await muted(stage, other)).replace(other, "")


async def test_what_is_alike_or_one_incident_makes_no_sound_either(stage: Stage, said: list[Outgoing]) -> None:
    code = await sent(stage, stage.an, "mất xe đạp ở ngõ 12")
    await muted(stage, code)
    said.clear()
    await sent(stage, stage.an, "mất xe đạp ở ngõ 12 đường Láng")
    await stage.rests()
    desk = [
        message
        for message in said
        if message.action is Action.SEND and "mất xe đạp" in message.html and message.buttons
    ]
    assert any("giống" in message.html.lower() for message in desk)
    assert all(message.silent for message in desk if "Em ghi lại" not in message.html)


async def test_it_ends_by_itself_and_by_hand(stage: Stage, said: list[Outgoing]) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    await muted(stage, code)
    stage.dung.says(f"/mở {code}", stage.desk)
    await stage.sees(stage.desk, "không bị tạm lặng nữa")
    await card_of(stage, await sent(stage, stage.an, "việc thứ hai"))
    await muted(stage, code)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.mutes).values(until=work.now - 1)))
    await card_of(stage, await sent(stage, stage.an, "việc thứ ba"))
    heard = at_desk(said, "việc thứ hai") + at_desk(said, "việc thứ ba")
    assert heard
    assert not any(heard)


async def test_a_mute_wants_a_reason_and_one_to_thirty_days(stage: Stage) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    for words, answer in (
        (code, "LÝ DO"),
        (f"{code} 5 ngày", "LÝ DO"),
        (f"{code} báo giả 31 ngày", "từ 1 đến 30"),
        (f"{code} báo giả 0 ngày", "từ 1 đến 30"),
        ("TB-260101-0000 báo giả", "không thấy tin"),
    ):
        stage.dung.says(f"/mute {words}", stage.desk)
        await stage.sees(stage.desk, answer)
    assert not await rows_of(stage, t.mutes.c.until)


async def test_a_mute_is_audited_and_its_reason_sealed(stage: Stage) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    await muted(stage, code, "30 ngày báo giả")
    acts = await rows_of(stage, t.audit.c.act, t.audit.c.subject)
    assert ("tip.muted", code) in [tuple(row) for row in acts]
    (row,) = await rows_of(stage, t.mutes)
    assert "báo giả".encode() not in row.sealed


async def test_a_resident_mutes_nobody(stage: Stage) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    stage.an.says(f"/tamlang {code} báo giả")
    await told(stage, stage.an, "chưa biết lệnh")
    assert not await rows_of(stage, t.mutes.c.until)


async def test_a_barred_officer_mutes_nobody(stage: Stage) -> None:
    code = await sent(stage, stage.an, "mất xe đạp")
    assert stage.app is not None
    dung = Person("telegram", str(stage.dung.id))
    await stage.app.database.write(lambda work: give_role(work, 1, dung, "barred"))
    stage.dung.says(f"/tamlang {code} báo giả", stage.desk)
    await stage.sees(stage.desk, "dành cho cán bộ")
    assert not await rows_of(stage, t.mutes.c.until)
