"""Who reported is shown once, to who asked with a reason, after a second person agreed."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.messages import Action, Person
from data import tables as t
from data.people import give_role
from tests.cast import Stage, text_of
from tests.conversations.reporting import accepted, answer, passes, reported, told, with_button
from tests.conversations.test_aside import second_chief

pytestmark = pytest.mark.telegram_only("officers are at the desk, and only there can it be taken down again")
REASON = "/danhtinh cần gọi gấp để cứu người"
NOTHING = "Không có thông tin để hiển thị"


async def asked(stage: Stage, how: str = "Ẩn danh") -> tuple[str, dict[str, Any]]:
    """Dũng handles a tip and asks who reported it: its code, and what the chiefs see."""
    code, card = await reported(stage, stage.an, "mất xe đạp, gọi tôi số nhà sau", how)
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    stage.dung.says(REASON, stage.desk, reply_to=card)
    return code, await with_button(stage, stage.desk, "Duyệt", "xin xem người báo")


def link_of(stage: Stage, message: dict[str, Any]) -> str:
    rows = stage.desk.history[message["message_id"]]["reply_markup"]["inline_keyboard"]
    return str(rows[0][0]["url"])


async def opens(stage: Stage, person: Any, message: dict[str, Any]) -> dict[str, Any]:
    """What somebody reads who follows the link."""
    sent = person.opens(link_of(stage, message))
    return await stage.sandbox.wait_for(
        person.chat_with(), lambda m: m["from"]["is_bot"] and m["message_id"] > sent["message_id"]
    )


async def test_an_agreed_wish_is_shown_once_protected_and_gone_after_a_minute(stage: Stage) -> None:
    code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    shown = await opens(stage, stage.dung, wish)
    assert code in text_of(shown)
    assert "An" in text_of(shown)
    assert shown["has_protected_content"]
    assert NOTHING in text_of(await opens(stage, stage.dung, wish))
    await passes(stage, "reveal-hide")
    assert shown["message_id"] not in {m["message_id"] for m in stage.dung.chat_with().messages}


async def test_a_refusal_an_absent_name_and_a_strangers_look_are_alike(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Từ chối")
    refused = await stage.sees(stage.desk, "đã được trả lời")
    heard = text_of(await opens(stage, stage.dung, wish))
    assert NOTHING in heard
    assert "từ chối" not in text_of(refused).lower()
    assert text_of(await opens(stage, stage.giang, wish)) == heard


async def test_where_the_vault_is_empty_the_same_is_said(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    agreed = await stage.sees(stage.desk, "đã được trả lời")
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(delete(t.reporters)).rowcount)
    assert text_of(await opens(stage, stage.dung, wish)).strip().startswith(NOTHING)
    assert "trả lời" in text_of(agreed)


async def test_nobody_agrees_to_their_own_wish_and_only_chiefs_agree(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.em)
    stage.em.says(REASON, stage.desk, reply_to=card)
    wish = await with_button(stage, stage.desk, "Duyệt", "xin xem người báo")
    assert "chỉ huy khác" in await answer(stage, stage.em, wish, "Duyệt")
    assert "chỉ huy" in await answer(stage, stage.dung, wish, "Duyệt")
    await stage.rests()
    assert "đã được trả lời" not in text_of(stage.desk.history[wish["message_id"]])


async def test_it_takes_a_reason_and_whoever_handles_the_tip(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/danhtinh", stage.desk, reply_to=card)
    await stage.sees(stage.desk, "LÝ DO")
    stage.giang.says(REASON, stage.desk, reply_to=card)
    await stage.sees(stage.desk, "Chỉ người đang xử lý")


async def test_every_step_is_audited_and_the_reason_is_sealed(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    await opens(stage, stage.dung, wish)
    assert stage.app is not None

    def read(work: Any) -> tuple[list[str], bytes]:
        acts = [row.act for row in work.all(select(t.audit.c.act).where(t.audit.c.act.startswith("reveal.")))]
        return acts, work.run(select(t.reveals.c.sealed)).scalar()

    acts, sealed = await stage.app.database.write(read)
    assert acts == ["reveal.asked", "reveal.agreed", "reveal.shown"]
    assert "cứu người".encode() not in sealed


async def test_what_was_shown_goes_though_the_wish_has_meanwhile_expired(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    shown = await opens(stage, stage.dung, wish)
    await change(stage, update(t.reveals).values(asked_at=t.reveals.c.asked_at - 90_000))
    await passes(stage, "reveal-hide")
    assert shown["message_id"] not in {m["message_id"] for m in stage.dung.chat_with().messages}


async def test_a_wish_of_yesterday_shows_nothing_and_is_decided_by_nobody(stage: Stage) -> None:
    _code, old = await asked(stage)
    await change(stage, update(t.reveals).values(asked_at=t.reveals.c.asked_at - 90_000))
    assert await answer(stage, stage.em, old, "Duyệt")
    await stage.rests()
    assert "đã được trả lời" not in text_of(stage.desk.history[old["message_id"]])


async def test_an_agreed_wish_that_expired_shows_nothing(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    await change(stage, update(t.reveals).values(asked_at=t.reveals.c.asked_at - 90_000))
    assert NOTHING in text_of(await opens(stage, stage.dung, wish))


async def test_who_lost_their_rights_or_whose_tip_was_set_aside_since_sees_nothing(stage: Stage) -> None:
    _code, wish = await asked(stage)
    stage.em.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    await change(stage, update(t.tips).values(aside=True))
    assert NOTHING in text_of(await opens(stage, stage.dung, wish))
    await change(stage, update(t.tips).values(aside=False))
    assert stage.app is not None

    def bar(work: Any) -> None:
        give_role(work, 1, Person("telegram", str(stage.dung.id), "Dũng"), "barred")

    await stage.app.database.write(bar)
    assert NOTHING in text_of(await opens(stage, stage.dung, wish))


async def test_of_a_walk_in_the_number_that_was_left_is_shown(stage: Stage) -> None:
    stage.dung.says("/tin moi Tên: Bà Sáu. mất xe đạp ở ngõ 12, gọi 0912345678", stage.desk)
    card = await with_button(stage, stage.desk, "Tiếp nhận", "mất xe đạp")
    stage.em.presses(card, "Tiếp nhận")
    await stage.rests()
    stage.em.says(REASON, stage.desk, reply_to=card)
    wish = await with_button(stage, stage.desk, "Duyệt", "xin xem người báo")
    await second_chief(stage)
    stage.giang.presses(wish, "Duyệt")
    await stage.sees(stage.desk, "đã được trả lời")
    assert "912345678" in text_of(await opens(stage, stage.em, wish)).replace(" ", "")


async def test_where_nothing_can_be_taken_away_again_nobody_may_ask(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    assert stage.app is not None
    telegram = stage.app.platforms["telegram"]
    kept = replace(telegram.capabilities, actions=telegram.capabilities.actions - {Action.DELETE})
    monkeypatch.setattr(telegram, "capabilities", kept)
    stage.dung.says(REASON, stage.desk, reply_to=card)
    await stage.sees(stage.desk, "chỉ làm được ở nơi")
    assert not [m for m in stage.desk.messages if "xin xem người báo" in text_of(m)]


async def change(stage: Stage, statement: Any) -> None:
    """Time or somebody else has changed a row."""
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(statement).rowcount)
