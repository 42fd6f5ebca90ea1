"""`/xoadulieu`: what goes, what stays and why; and nothing of the person is left but what was said to stay."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from bot.domain.codes import find_code
from bot.messages import Outgoing
from bot.sealing import Seal, Unsealable
from bot.services import erasure
from data import tables as t
from data.erasure import drop_waiting
from data.reporters import informant_of
from data.tips import tip_by_id
from data.unit_of_work import Place, Reporter, Work
from tests.cast import Stage, text_of
from tests.conversations.reporting import (
    accepted,
    answer,
    case_card,
    drafted,
    forges,
    passes,
    reported,
    told,
    with_button,
)

ADDRESSED = ("person", "role", "conversation", "tries", "usage", "inbox", "delivery", "author", "notice")
PURPOSES = (
    *("inbox", "outbox", "chat", "conversation", "menu", "relay", "reporter", "tip", "tip event", "handler"),
    *("actor", "role", "broadcast", "broadcast-author", "audit head", "erased counts", "hash key"),
)


async def asked(stage: Stage, person: Any) -> Any:
    """What the bot says it keeps."""
    said = person.says("/xoadulieu")
    return await told(stage, person, "Em đang giữ", after=said)


async def erased(stage: Stage, person: Any, how: str | None = None) -> str:
    """Everything is erased; what the bot says of it."""
    person.presses(await asked(stage, person), "Xoá")
    if how:
        person.presses(await with_button(stage, person.chat_with(), how), how)
    said = text_of(await told(stage, person, "Đã xoá"))
    await stage.rests()
    return said


async def another(stage: Stage, person: Any, words: str, how: str = "Gửi") -> tuple[str, Any]:
    """One more tip of somebody who has had receipts before: its code, and its card at the desk."""
    draft = await drafted(stage, person, words)
    person.presses(draft, how)
    code = find_code(text_of(await told(stage, person, "Tin đã được ghi nhận", after=draft)))
    assert code
    return code, await with_button(stage, stage.desk, "Tiếp nhận", code)


async def taken(stage: Stage, person: Any, words: str) -> tuple[str, Any]:
    """The same, taken on."""
    code, card = await another(stage, person, words)
    stage.dung.presses(card, "Tiếp nhận")
    return code, await case_card(stage, code)


async def closed(stage: Stage, person: Any, words: str) -> str:
    """A tip that has its outcome and was found solved."""
    code, card = await taken(stage, person, words)
    stage.dung.presses(card, "Đóng")
    await with_button(stage, stage.desk, "Đã hướng dẫn", code)
    stage.dung.presses(await case_card_choosing(stage, code), "Đã hướng dẫn")
    person.presses(await with_button(stage, person.chat_with(), "Đã giải quyết", code), "Đã giải quyết")
    await told(stage, person, "khép lại")
    return code


async def case_card_choosing(stage: Stage, code: str) -> Any:
    """The card that shows the outcomes."""
    return await with_button(stage, stage.desk, "Đã hướng dẫn", code)


def known(work: Work, address: str) -> list[str]:
    """The keyed hashes under which somebody may stand in a table."""
    groups = [row.id for row in work.all(select(t.groups.c.id))]
    plain = [work.seal.lookup(purpose, address) for purpose in ADDRESSED]
    return [*plain, *(work.seal.lookup("notice", f"{group} {address}") for group in groups)]


def dumped(work: Work) -> list[tuple[str, str, str]]:
    """(table, column, content) of everything there is, with what is sealed opened."""
    found = []
    for table in t.metadata.sorted_tables:
        for row in work.all(select(table)):
            for name, value in row._asdict().items():
                content = opened(work.seal, value) if isinstance(value, bytes) else str(value)
                found.append((table.name, name, content))
    return found


def opened(seal: Seal, blob: bytes) -> str:
    """What was sealed, whatever for."""
    for purpose in PURPOSES:
        try:
            return seal.unseal(blob, purpose).decode("utf-8", "replace")
        except Unsealable:
            continue
    raise LookupError("sealed for a purpose that this test does not know: add it, or it proves less than it says")


async def address_of(stage: Stage) -> str:
    """Under which address the reporter of the first tip is known, on whatever platform."""
    assert stage.app is not None
    sealed = select(t.reporters.c.sealed).order_by(t.reporters.c.tip_id)
    read = await stage.app.database.write(lambda work: work.seal.unseal(work.all(sealed)[0].sealed, "reporter"))
    return str(msgspec.json.decode(read)["address"])


async def where_known(stage: Stage, person: Any, address: str) -> set[tuple[str, str]]:
    """Every column that still knows somebody: by address, number, name, or any keyed hash."""
    assert stage.app is not None

    def look(work: Work) -> set[tuple[str, str]]:
        secrets = [*known(work, address), address, f'"{address.partition(":")[2]}"', f'"{person.name}"']
        return {(table, name) for table, name, content in dumped(work) if any(secret in content for secret in secrets)}

    return await stage.app.database.write(look)


# --- asking


async def test_who_was_never_heard_of_is_told_so(stage: Stage) -> None:
    stage.an.says("/xoadulieu")
    await told(stage, stage.an, "không giữ gì")


async def test_it_says_what_is_kept_in_numbers_and_asks_once(stage: Stage) -> None:
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await reported(stage, stage.an, "hàng xóm ồn")
    await drafted(stage, stage.an, "đèn đường hỏng")
    message = await asked(stage, stage.an)
    for line in ("1 tin chưa gửi", "1 tin công an đang xem", "1 tin đã chuyển từ nhóm"):
        assert line in text_of(message)
    assert "hàng xóm" not in text_of(message)
    stage.an.presses(message, "Thôi")
    await told(stage, stage.an, "không xoá gì")
    assert "1 tin chưa gửi" in text_of(await asked(stage, stage.an))


async def test_in_a_group_it_is_answered_in_private_only(stage: Stage) -> None:
    stage.an.says("/xoadulieu", stage.group5)
    await stage.sees(stage.group5, "chỉ trả lời riêng")


@pytest.mark.telegram_only("English is typed on the phone of the cast on Telegram")
async def test_in_english_too(stage: Stage) -> None:
    stage.an.says("/language en")
    await told(stage, stage.an, "From now on")
    stage.an.says("/forgetme")
    stage.an.presses(await told(stage, stage.an, "What I keep"), "Erase")
    await told(stage, stage.an, "Erased")


# --- erasing


async def test_nothing_of_the_person_is_left_anywhere(stage: Stage, tmp_path: Path) -> None:
    """Every path: a relay, a draft, a finished tip, an open one from private and one from the group, a letter."""
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    stage.an.says("/tinbao cột điện nghiêng", stage.group5)
    await stage.sees(stage.group5, "TB-")
    await closed(stage, stage.an, "chó thả rông")
    code, _ = await taken(stage, stage.an, "hàng xóm ồn")
    stage.dung.says("/gui Từ mấy giờ ạ?", stage.desk, reply_to=await case_card(stage, code))
    await told(stage, stage.an, "Từ mấy giờ")
    stage.an.says("/tinbao đèn đường hỏng")
    await with_button(stage, stage.an.chat_with(), "Gửi", "đèn đường hỏng")
    await stage.rests()
    address = await address_of(stage)
    before = {table for table, _column in await where_known(stage, stage.an, address)}
    assert before >= {"reporters", "inbox", "deliveries", "relays", "menus", "notices"}
    await erased(stage, stage.an, "Xoá luôn")
    await passes(stage, "forget-traces")
    assert await where_known(stage, stage.an, address) == set()
    assert b"\xc4\x91\xc3\xa8n \xc4\x91\xc6\xb0\xe1\xbb\x9dng" not in (tmp_path / "test.db").read_bytes()


async def test_the_report_itself_stays_and_its_reporter_hears_why_and_until_when(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "hàng xóm ồn")
    said = await erased(stage, stage.an, "Xoá luôn")
    for words in ("Điều 145", "1 năm sau khi xong", "không báo kết quả", "Telegram, Zalo vẫn giữ", "chậm nhất"):
        assert words in said
    stage.dung.presses(card, "Tiếp nhận")
    own = await case_card(stage, code)
    assert "hàng xóm ồn" in text_of(own)
    stage.dung.says("/gui Từ mấy giờ ạ?", stage.desk, reply_to=own)
    await stage.sees(stage.desk, "không nhắn được nữa")
    stage.an.says("/trangthai")
    await told(stage, stage.an, "không có tin nào")


async def test_who_stays_is_told_the_result_and_is_forgotten_afterwards(stage: Stage) -> None:
    assert stage.app is not None
    code, card = await accepted(stage, stage.an, "hàng xóm ồn", stage.dung)
    assert "giữ tên tới khi xong" in await erased(stage, stage.an, "Giữ để còn báo kết quả")
    await passes(stage, "forget-traces")
    stage.dung.presses(card, "Đóng")
    stage.dung.presses(await case_card_choosing(stage, code), "Đã hướng dẫn")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Đã giải quyết", code), "Đã giải quyết")
    await told(stage, stage.an, "khép lại")
    await stage.rests()
    reporters = select(t.reporters.c.tip_id)
    assert len(await stage.app.database.write(lambda work: work.all(reporters))) == 1
    await stage.app._erase()
    assert await stage.app.database.write(lambda work: work.all(reporters)) == []


async def test_what_waits_for_their_chat_is_not_sent_any_more_and_what_waits_for_others_is(stage: Stage) -> None:
    assert stage.app is not None
    await reported(stage, stage.binh, "rác đổ trộm")
    await reported(stage, stage.an, "hàng xóm ồn")
    await stage.rests()

    def post_later(work: Work) -> list[int]:
        rows = []
        for tip in work.all(select(t.reporters).order_by(t.reporters.c.tip_id)):
            address = msgspec.json.decode(work.seal.unseal(tip.sealed, "reporter"))["address"]
            platform, _, number = address.partition(":")
            later = {"due_at": work.now + 3600}
            rows += [work.post(Outgoing(html="!"), Place(platform, number, private=True), **later)]
            rows += [work.post(Outgoing(html="!"), Reporter(platform, tip.tip_id, 1), **later)]
        return rows

    def erase(work: Work) -> None:
        an = informant_of(work, tip_by_id(work, 2))
        assert an
        drop_waiting(work, an.person)
        erasure.erase(work, an.person, erasure.kept_of(work, an.person), stay=False)

    rows = await stage.app.database.write(post_later)
    await stage.app.database.write(erase)
    states = select(t.outbox.c.id, t.outbox.c.state).where(t.outbox.c.id.in_(rows)).order_by(t.outbox.c.id)
    found = await stage.app.database.write(lambda work: [row.state for row in work.all(states)])
    assert found == ["waiting", "waiting", "dropped", "dropped"]


async def test_a_role_is_no_matter_of_its_holder_alone(stage: Stage) -> None:
    stage.em.says("/xoadulieu")
    await told(stage, stage.em, "Ngoài vai trò ở trực ban")


async def test_a_draft_that_the_desk_has_seen_is_withdrawn_there(stage: Stage) -> None:
    stage.an.says("cháy nhà số 5")
    await with_button(stage, stage.desk, "Tiếp nhận", "CHƯA XÁC NHẬN")
    await erased(stage, stage.an)
    await stage.sees(stage.desk, "bấm huỷ")


async def test_somebody_else_keeps_everything(stage: Stage) -> None:
    code, _card = await reported(stage, stage.binh, "rác đổ trộm")
    await reported(stage, stage.an, "hàng xóm ồn")
    await erased(stage, stage.an, "Xoá luôn")
    stage.binh.says("/trangthai")
    await told(stage, stage.binh, code)


async def test_an_old_button_erases_nothing_new(stage: Stage) -> None:
    """Pressed after it was done, the button finds nothing more and breaks nothing."""
    await drafted(stage, stage.an, "đèn đường hỏng")
    message = await asked(stage, stage.an)
    stage.an.presses(message, "Xoá")
    await told(stage, stage.an, "Đã xoá")
    stage.an.presses(message, "Xoá")
    await stage.rests()
    await drafted(stage, stage.an, "mất xe máy")


# --- what the chiefs decide


async def test_the_chiefs_are_asked_about_the_tip_and_never_told_who(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "hàng xóm ồn", "Ẩn danh")
    await erased(stage, stage.an, "Giữ để còn báo kết quả")
    request = await with_button(stage, stage.desk, "Xoá nội dung", code)
    assert "An" not in text_of(request).replace("Ẩn danh", "").split()
    refused = await answer(stage, stage.dung, request, "Xoá nội dung")
    assert "chỉ huy" in refused
    stage.em.presses(request, "Xoá nội dung")
    await told(stage, stage.an, "đã xoá nội dung và tệp")
    await stage.rests()
    assert "hàng xóm ồn" not in text_of(await with_button(stage, stage.desk, "Tiếp nhận", code))
    assert "cũ" in await answer(stage, stage.em, request, "Xoá nội dung")


async def test_what_is_kept_after_all_is_told_with_the_reason(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "hàng xóm ồn")
    await erased(stage, stage.an, "Giữ để còn báo kết quả")
    request = await with_button(stage, stage.desk, "Giữ lại", code)
    stage.em.presses(request, "Giữ lại")
    await told(stage, stage.an, "cần giữ nội dung")
    assert "hàng xóm ồn" in text_of(await with_button(stage, stage.desk, "Tiếp nhận", code))


async def test_an_unanswered_request_comes_again_before_its_term_and_an_answered_one_does_not(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "hàng xóm ồn")
    await erased(stage, stage.an, "Xoá luôn")
    await with_button(stage, stage.desk, "Xoá nội dung", code)
    await passes(stage, "forget-due")
    again = await stage.sees(stage.desk, "chưa được trả lời")
    stage.em.presses(again, "Giữ lại")
    await stage.sees(stage.desk, "giữ lại nội dung")


async def test_a_tip_that_the_desk_must_not_know_of_is_not_asked_about_there(stage: Stage) -> None:
    assert stage.app is not None
    await reported(stage, stage.an, "hàng xóm ồn")
    await stage.app.database.write(lambda work: work.run(update(t.tips).values(aside=True)))
    assert "chậm nhất" not in await erased(stage, stage.an, "Xoá luôn")
    assert not any("xin xoá nội dung" in text_of(message) for message in stage.desk.messages)


async def test_what_was_decided_once_is_not_asked_again(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "hàng xóm ồn")
    await erased(stage, stage.an, "Giữ để còn báo kết quả")
    stage.em.presses(await with_button(stage, stage.desk, "Giữ lại", code), "Giữ lại")
    before = await told(stage, stage.an, "cần giữ nội dung")
    stage.an.presses(await asked(stage, stage.an), "Xoá")
    await told(stage, stage.an, "Giữ tên anh/chị", after=before)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Xoá luôn"), "Xoá luôn")
    assert "chậm nhất" not in text_of(await told(stage, stage.an, "Đã xoá", after=before))
    await stage.rests()
    requests = [message for message in stage.desk.messages if "xin xoá nội dung" in text_of(message)]
    assert len(requests) == 1


async def test_two_requests_of_one_person_reach_the_desk_apart(stage: Stage) -> None:
    assert stage.app is not None
    await reported(stage, stage.an, "hàng xóm ồn", "Ẩn danh")
    await another(stage, stage.an, "rác đổ trộm", "Ẩn danh")
    await erased(stage, stage.an, "Xoá luôn")

    def due(work: Work) -> list[float]:
        table = t.inbox
        asking = table.c.event_id.startswith("forget-ask")
        return [row.due_at for row in work.all(select(table.c.due_at).where(asking))]

    first, second = await stage.app.database.write(due)
    assert first != second
    await passes(stage, "forget-ask")


@pytest.mark.telegram_only("a desk's buttons are pressed on Telegram in either case")
async def test_the_desk_s_buttons_forged_by_a_resident_do_nothing(stage: Stage) -> None:
    assert stage.app is not None
    code, _card = await reported(stage, stage.an, "hàng xóm ồn")
    await erased(stage, stage.an, "Giữ để còn báo kết quả")
    await with_button(stage, stage.desk, "Xoá nội dung", code)
    number = await stage.app.database.write(lambda work: work.run(select(t.tips.c.id)).scalar())
    button = await with_button(stage, stage.an.chat_with(), "Thôi")
    await forges(stage, stage.an, button, f"forget-grant:{number}")
    await stage.rests()
    text = await stage.app.database.write(lambda work: work.run(select(t.tips.c.text)).scalar())
    assert text == "hàng xóm ồn"
