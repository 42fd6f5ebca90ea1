"""The ward's list at the desk: by hand, from a tip, from a file; whose number it is may be disputed."""

from typing import Any

from sqlalchemy import update

from bot.domain.codes import find_code
from data import tables as t
from data.retention import purge
from tests.cast import Stage, text_of
from tests.conversations.after import rows_of
from tests.conversations.reporting import accepted, answer, case_card, labels, told, with_button
from tests.conversations.test_scamcheck import listed

LISTED = "0912 345 678"


async def dangerous(stage: Stage, person: Any, words: str = f"/kiemtra {LISTED}") -> dict[str, Any]:
    """The answer of a check."""
    said = person.says(words)
    return await told(stage, person, "NGUY HIỂM", after=said)


# --- by hand


async def test_an_empty_list_says_how_to_begin(stage: Stage) -> None:
    stage.dung.says("/luadao", stage.desk)
    await stage.sees(stage.desk, "đang trống")


async def test_the_desk_reads_its_list_in_full_and_the_database_does_not(stage: Stage) -> None:
    await listed(stage, f"{LISTED} giả shipper")
    stage.dung.says("/luadao", stage.desk)
    seen = text_of(await stage.sees(stage.desk, "1 mục mới nhất"))
    assert "0912345678" in seen
    assert "giả shipper" in seen
    (row,) = await rows_of(stage, t.scam_records)
    kept = repr(tuple(row))
    assert "912345678" not in kept
    assert "shipper" not in kept
    assert "912345678" not in repr(await rows_of(stage, t.audit.c.subject))


async def test_an_account_keeps_its_bank_and_another_banks_is_not_meant(stage: Stage) -> None:
    await listed(stage, "stk 1903444555666 Techcombank bán vé giả")
    await dangerous(stage, stage.an, "/kiemtra ck vào stk 1903444555666 TCB")
    stage.binh.says("/kiemtra ck vào stk 1903444555666 VCB")
    await told(stage, stage.binh, "CHƯA CÓ THÔNG TIN")


async def test_a_listed_host_covers_what_lies_in_it(stage: Stage) -> None:
    await listed(stage, "quatang-abc.net bẫy quà")
    await dangerous(stage, stage.an, "/kiemtra www.quatang-abc.net/nhan?x=1")
    await dangerous(stage, stage.binh, "/kiemtra m.quatang-abc.net")


async def test_a_page_that_everybody_uses_is_not_listed_as_a_whole(stage: Stage) -> None:
    stage.dung.says("/luadao facebook.com", stage.desk)
    await stage.sees(stage.desk, "không thể liệt kê cả trang")
    await listed(stage, "https://facebook.com/giacongan123")
    await dangerous(stage, stage.an, "/kiemtra facebook.com/giacongan123")
    stage.binh.says("/kiemtra https://facebook.com/baovephuong")
    await told(stage, stage.binh, "CHƯA CÓ THÔNG TIN")


async def test_words_without_any_number_are_asked_again(stage: Stage) -> None:
    stage.dung.says("/luadao thằng Tư đầu hẻm", stage.desk)
    await stage.sees(stage.desk, "không thấy số")
    assert not await rows_of(stage, t.scam_records.c.id)


async def test_an_entry_taken_off_says_nothing_any_more(stage: Stage) -> None:
    await listed(stage)
    stage.giang.says("/luadao bỏ 1", stage.desk)
    assert "Giang" in text_of(await stage.sees(stage.desk, "Đã gỡ"))
    stage.an.says(f"/kiemtra {LISTED}")
    await told(stage, stage.an, "CHƯA CÓ THÔNG TIN")


async def test_an_entry_expires_and_is_erased(stage: Stage) -> None:
    await listed(stage)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.scam_records).values(expires_at=work.now - 1)))
    stage.an.says(f"/kiemtra {LISTED}")
    await told(stage, stage.an, "CHƯA CÓ THÔNG TIN")
    await stage.app.database.write(purge)
    assert not await rows_of(stage, t.scam_records.c.id)


async def test_residents_keep_no_list(stage: Stage) -> None:
    stage.an.says(f"/luadao {LISTED}")
    await told(stage, stage.an, "chưa biết lệnh")
    assert not await rows_of(stage, t.scam_records.c.id)


async def test_whoever_lost_the_rights_of_an_officer_keeps_none_either(stage: Stage) -> None:
    stranger = stage.sandbox.add_person("Kiên")
    stage.desk.join(stranger)
    stage.em.presses(await with_button(stage, stage.desk, "Bỏ quyền", "Kiên"), "Bỏ quyền")
    await stage.sees(stage.desk, "Đã bỏ quyền")
    stranger.says(f"/luadao {LISTED}", stage.desk)
    await stage.sees(stage.desk, "dành cho cán bộ")
    assert not await rows_of(stage, t.scam_records.c.id)


# --- from a tip

TOLD = "bị lừa tiền trên mạng: số 0987 654 321 gọi, chuyển vào stk 1903444555666 Techcombank, link shop-gia-re.xyz"


async def taken_on(stage: Stage) -> tuple[str, dict[str, Any]]:
    """An's report of a scam, accepted: its code, and the card in its own topic."""
    stage.an.says(TOLD)
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "bị lừa tiền"), "Gửi")
    code = find_code(text_of(await told(stage, stage.an, "Tin đã được ghi nhận"))) or ""
    stage.dung.presses(await with_button(stage, stage.desk, "Tiếp nhận", code), "Tiếp nhận")
    return code, await case_card(stage, code)


async def test_from_a_card_an_officer_confirms_one_by_one(stage: Stage) -> None:
    code, card = await taken_on(stage)
    stage.dung.presses(card, "Số, link lừa đảo")
    offer = await with_button(stage, stage.desk, "…321", code)
    assert "987" not in labels(offer)
    assert "shop-gia-re[.]xyz" in labels(offer)
    stage.dung.presses(offer, "…321")
    await stage.sees(stage.desk, "Đã đưa vào danh sách")
    (row,) = await rows_of(stage, t.scam_records)
    assert (row.source, row.tip_id, row.kind) == ("tip", 1, "phone")
    await dangerous(stage, stage.binh, "/kiemtra 0987654321")


async def test_as_a_reply_to_a_card_it_offers_the_same(stage: Stage) -> None:
    _, card = await taken_on(stage)
    stage.dung.says("/luadao", stage.desk, reply_to=card)
    await with_button(stage, stage.desk, "…666")


async def test_another_tip_has_no_such_button(stage: Stage) -> None:
    _, card = await accepted(stage, stage.an, "mất xe đạp ở ngõ 12", stage.dung)
    assert "lừa đảo" not in labels(card)


# --- from a file

CSV = """loại,giá trị,ghi chú
sdt,0912345678,giả shipper
stk,1903444555666,Techcombank
,
link,https://quatang-abc.net/x,
gì đó,không đọc được
"""


async def test_a_file_is_read_line_by_line_and_says_what_it_could_not_read(stage: Stage) -> None:
    stage.dung.sends_document(CSV.encode(), "ds.csv", "text/csv", stage.desk, caption="/luadao")
    done = text_of(await stage.sees(stage.desk, "Đã nhập"))
    assert "3 mục mới" in done
    assert "1 dòng không đọc được: 6" in done
    await dangerous(stage, stage.an)
    stage.dung.sends_document(CSV.encode(), "ds.csv", "text/csv", stage.desk, caption="/luadao")
    await stage.sees(stage.desk, "3 mục đã có")


async def test_a_file_takes_nothing_from_what_an_officer_confirmed(stage: Stage) -> None:
    await listed(stage, f"{LISTED} giả shipper")
    stage.dung.sends_document(CSV.encode(), "ds.csv", "text/csv", stage.desk, caption="/luadao")
    assert "2 mục mới, 1 mục đã có" in text_of(await stage.sees(stage.desk, "Đã nhập"))
    assert [row.source for row in await rows_of(stage, t.scam_records)] == ["officer", "import", "import"]


async def test_a_file_of_something_else_is_refused_politely(stage: Stage) -> None:
    stage.dung.sends_document(bytes(range(256)), "x.bin", "application/octet-stream", stage.desk, caption="/luadao")
    await stage.sees(stage.desk, "không đọc được dòng nào")


# --- "that is my number"


async def objected(stage: Stage) -> dict[str, Any]:
    """An says that the listed number is theirs; what the desk is asked."""
    await listed(stage)
    stage.an.presses(await dangerous(stage, stage.an), "Đây là số của tôi")
    await told(stage, stage.an, "viết một câu")
    stage.an.says("số này em mới mua tháng trước")
    await told(stage, stage.an, "đã chuyển cán bộ")
    return await with_button(stage, stage.desk, "Giữ lại", "số này em mới mua")


async def test_an_objection_alone_takes_no_danger_from_what_an_officer_confirmed(stage: Stage) -> None:
    assert "An" in text_of(await objected(stage))
    assert "đang xem lại" in text_of(await dangerous(stage, stage.binh))


async def test_a_line_of_a_file_is_only_suspicious_while_somebody_objects(stage: Stage) -> None:
    await objected(stage)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.scam_records).values(source="import")))
    stage.binh.says(f"/kiemtra {LISTED}")
    assert "đang xem lại" in text_of(await told(stage, stage.binh, "ĐÁNG NGỜ"))


async def test_taken_off_by_hand_whoever_objected_hears_too(stage: Stage) -> None:
    await objected(stage)
    stage.giang.says("/luadao bỏ 1", stage.desk)
    await told(stage, stage.an, "đã được gỡ")


async def test_an_objection_to_what_is_gone_by_then_is_not_needed(stage: Stage) -> None:
    await listed(stage)
    stage.an.presses(await dangerous(stage, stage.an), "Đây là số của tôi")
    await told(stage, stage.an, "viết một câu")
    stage.giang.says("/luadao bỏ 1", stage.desk)
    await stage.sees(stage.desk, "Đã gỡ")
    stage.an.says("số này em mới mua")
    await told(stage, stage.an, "không còn trong danh sách")


async def test_the_wards_own_number_is_not_listed(stage: Stage) -> None:
    stage.dung.says("/lienhe thêm Trực ban: 0243 000 1111", stage.desk)
    stage.em.presses(await stage.sees(stage.desk, "Liên hệ chờ duyệt"), "Duyệt")
    await stage.sees(stage.desk, "1. Trực ban")
    stage.dung.says("/luadao 0243 000 1111 giả công an", stage.desk)
    await stage.sees(stage.desk, "phường đang công bố")
    assert not await rows_of(stage, t.scam_records.c.id)


async def test_an_unknown_number_of_the_list_is_said_to_be_unknown(stage: Stage) -> None:
    stage.dung.says("/luadao bỏ 99", stage.desk)
    await stage.sees(stage.desk, "Không có trong danh sách")
    stage.dung.says("/luadao bo¨12", stage.desk)  # a sign that folds to a space is none to split at
    await stage.sees(stage.desk, "không thấy số")


async def test_an_officer_takes_it_off_and_whoever_objected_hears(stage: Stage) -> None:
    stage.dung.presses(await objected(stage), "Gỡ khỏi danh sách")
    await told(stage, stage.an, "đã được gỡ")
    stage.binh.says(f"/kiemtra {LISTED}")
    await told(stage, stage.binh, "CHƯA CÓ THÔNG TIN")


async def test_an_officer_keeps_it_and_whoever_objected_hears_and_cannot_again(stage: Stage) -> None:
    asked = await objected(stage)
    stage.dung.presses(asked, "Giữ lại")
    await told(stage, stage.an, "giữ mục đó")
    again = await dangerous(stage, stage.an)
    assert "khiếu nại mục này rồi" in await refused(stage, again)
    assert "cũ" in await answer(stage, stage.dung, asked, "Gỡ khỏi danh sách")


async def refused(stage: Stage, message: dict[str, Any]) -> str:
    """What An is told who presses it again: in a window, or where there are none in the chat."""
    press = stage.an.presses(message, "Đây là số của tôi")
    if hasattr(press, "answer"):
        assert await stage.sandbox.until(lambda: press.answer is not None)
        return str((press.answer or {}).get("text") or "")
    return text_of(await told(stage, stage.an, "khiếu nại mục này rồi"))


async def test_whoever_changes_their_mind_is_not_heard_at_the_desk(stage: Stage) -> None:
    await listed(stage)
    stage.an.presses(await dangerous(stage, stage.an), "Đây là số của tôi")
    await told(stage, stage.an, "viết một câu")
    stage.an.says("thôi")
    await told(stage, stage.an, "không gửi gì")
    assert not await rows_of(stage, t.scam_objections.c.id)


async def test_what_somebody_objected_goes_with_their_data(stage: Stage) -> None:
    await objected(stage)
    from bot.messages import Person
    from data.scams import forget_objections

    assert stage.app is not None
    platform = "telegram" if type(stage) is Stage else "zalo_bot"
    person = Person(platform, str(stage.an.id))
    await stage.app.database.write(lambda work: forget_objections(work, person))
    assert not await rows_of(stage, t.scam_objections.c.id)
