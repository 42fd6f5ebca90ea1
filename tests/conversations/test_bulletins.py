"""The month's bulletin at the desk: drafted by itself, edited in chat, approved by another, once to every group."""

from typing import Any

import pytest

from bot import press
from data import tables as t
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import rows_of
from tests.conversations.broadcasting import count, forges, told
from tests.conversations.bulletining import issued, now_says, opened, previewed, verified
from tests.conversations.reporting import passes, with_button

pytestmark = pytest.mark.telegram_only("it happens at the desk; what residents read: test_bulletin_archive.py")


async def test_the_draft_counts_what_was_verified_and_hides_small_counts(stage: Stage) -> None:
    await verified(stage, "trom_cap", 4)
    await verified(stage, "giao_thong", 3)
    await verified(stage, "gay_roi", 2)
    words = text_of(await opened(stage, stage.dung))
    assert "Bản tin số 1" in words
    assert "Trộm cắp: 4 vụ" in words
    assert "lấn chiếm lòng đường: 3 vụ" in words
    assert "Cộng các loại trên: 7 vụ" in words
    assert "Loại dưới 3 vụ không nêu số" in words
    assert "Gây rối" not in words
    for part in ("Cảnh giác", "Nhận biết", "113 Công an"):
        assert part in words


async def test_sensitive_kinds_and_tips_set_aside_are_never_counted(stage: Stage) -> None:
    await verified(stage, "ma_tuy", 5)
    await verified(stage, "xam_hai_tre_em", 5)
    await verified(stage, "trom_cap", 5, aside=True)
    await verified(stage, "hang_gia", 5, outcome="not_enough")
    await verified(stage, "gay_roi", 5, lead_id=1)
    await verified(stage, "moi_truong", 5, withdrawn_at=1.0)
    words = text_of(await opened(stage, stage.dung))
    assert "Không có loại việc nào đủ 3 vụ" in words
    assert "vụ không nêu số" not in words


async def test_the_scam_that_was_reported_most_is_the_scam_of_the_month(stage: Stage) -> None:
    await verified(stage, "lua_dao_mang", 3, "có người nhắn quét mã QR nhận quà, quét xong mất Zalo")
    words = text_of(await opened(stage, stage.dung))
    assert "Cảnh giác: Quét mã QR nhận quà chiếm Zalo" in words
    assert "báo nhiều trong tháng" in words


async def test_it_is_opened_and_not_drafted_twice(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.giang.says("/BảnTin", stage.desk)
    await stage.sees(stage.desk, "Bản tin số 1", after=card["message_id"])
    assert len(await rows_of(stage, t.bulletins.c.id)) == 1


async def test_a_section_is_edited_dropped_and_added_by_replies(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.dung.presses(card, "Sửa mục 3")
    asked = await stage.sees(stage.desk, "Mục này đang là")
    stage.dung.says("Khoá cửa sổ <cẩn thận>\nKể cả ban ngày.", stage.desk, reply_to=asked)
    await stage.sees(stage.desk, "Đã sửa")
    assert await stage.sandbox.until(lambda: "Khoá cửa sổ <cẩn thận>" in now_says(stage, card))
    stage.dung.presses(card, "Bỏ mục 1")
    assert await stage.sandbox.until(lambda: "Sửa mục 4" not in now_says(stage, card))
    stage.giang.presses(card, "Thêm mục")
    asked = await stage.sees(stage.desk, "dòng đầu là tiêu đề, các dòng sau")
    stage.giang.says("Tiếp dân\nThứ Năm hằng tuần, 8 giờ.", stage.desk, reply_to=asked)
    assert await stage.sandbox.until(lambda: "Mục 3 – Tiếp dân" in now_says(stage, card))
    assert "Mục 4 – Số gọi khẩn cấp" in now_says(stage, card)


async def test_of_two_who_edit_a_section_at_once_the_second_is_asked_again(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.dung.presses(card, "Sửa mục 3")
    asked = await stage.sees(stage.desk, "Mục này đang là")
    stage.dung.says("Khoá cửa\nKể cả ban ngày.", stage.desk, reply_to=asked)
    await stage.sees(stage.desk, "Đã sửa")
    stage.giang.says("Tắt bếp\nTrước khi đi.", stage.desk, reply_to=asked)
    again = await stage.sees(stage.desk, "vừa được người khác sửa")
    assert "Kể cả ban ngày." in text_of(again)
    assert "Tắt bếp" not in now_says(stage, card)
    stage.giang.says("Tắt bếp\nTrước khi đi.", stage.desk, reply_to=again)
    assert await stage.sandbox.until(lambda: "Tắt bếp" in now_says(stage, card))


async def test_the_preview_is_what_goes_once_another_chief_agrees(stage: Stage) -> None:
    await verified(stage, "trom_cap", 4)
    card = await opened(stage, stage.em)
    preview = (await previewed(stage, stage.em, card))["reply_to_message"]
    words = text_of(preview)
    assert is_picture(preview)
    assert "Bản tin số 1" in words
    assert "Không tự ý vây bắt" in words
    assert "Bot không xin ảnh căn cước, không bảo cài ứng dụng." in words
    assert words.endswith("Bot không bao giờ xin OTP, mật khẩu, tiền.")
    assert len(words) <= 1024
    stage.em.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    asking = await stage.sees(stage.desk, "Chờ duyệt")
    assert "chỉ huy khác" in await told(stage, stage.em, asking, "Duyệt")
    await stage.sees_nothing(stage.group5, "Bản tin", within=0.2)


async def test_every_group_gets_it_once_and_the_card_counts_them(stage: Stage) -> None:
    card = await issued(stage, stage.dung, stage.em)
    for group in (stage.group5, stage.group7):
        assert count(group, "Bản tin số 1") == 1
        assert is_picture(await stage.sees(group, "Bản tin số 1"))
    stage.dung.says("/bantin", stage.desk)
    again = await stage.sees(stage.desk, "đã phát", after=card["message_id"])
    assert "Nhóm đã tới: 2/2" in text_of(again)
    stage.dung.presses(again, "Ghi lượt: bảng LED")
    stage.dung.says("khoảng 1.200 lượt", stage.desk, reply_to=await stage.sees(stage.desk, "Bao nhiêu lượt"))
    assert await stage.sandbox.until(lambda: "Bảng LED: 1.200 lượt" in now_says(stage, again))
    stage.dung.presses(again, "Các số khác")
    assert "đã tới 2/2 nhóm" in text_of(await stage.sees(stage.desk, "Các bản tin"))


async def test_what_waits_or_has_left_is_not_edited(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    preview = await previewed(stage, stage.dung, card)
    assert "đang chờ gửi" in await forges(stage, stage.dung, card, "bulletin-edit:1:1")
    stage.dung.presses(preview, "Huỷ")
    await stage.sees(stage.desk, "Đã huỷ tin này")
    stage.dung.says("/bantin", stage.desk)
    open_again = await with_button(stage, stage.desk, "Sửa mục 1")
    stage.dung.presses(await previewed(stage, stage.dung, open_again), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert "đã phát" in await forges(stage, stage.dung, card, "bulletin-edit:1:1")


async def test_one_tap_brings_files_and_words_for_boards_and_loudspeakers(stage: Stage) -> None:
    await verified(stage, "trom_cap", 4)
    card = await opened(stage, stage.dung)
    stage.dung.presses(card, "Bản in và loa")
    led = text_of(await stage.sees(stage.desk, "Bảng LED", timeout=10)).split("\n", 1)[1]
    assert len(led.splitlines()) == 3
    assert led == led.upper()
    assert led.startswith("BẢN TIN SỐ 1 – CÔNG AN PHƯỜNG HOA SỮA")
    script = text_of(await stage.sees(stage.desk, "Loa phường")).split("\n", 1)[1]
    assert 150 <= len(script.split()) <= 180
    assert not any(letter.isdigit() for letter in script)
    assert "một một ba" in script
    assert "t.me/binhyen_bot" in text_of(await stage.sees(stage.desk, "Fanpage"))
    names = [m["document"]["file_name"] for m in stage.desk.messages if "document" in m]
    assert names == [f"ban-tin-so-1-{name}" for name in ("nen-sang.png", "nen-toi.png", "to-A5.png", "ban-tin.pdf")]


async def test_a_named_month_has_an_issue_of_its_own_and_none_is_made_of_the_future(stage: Stage) -> None:
    await opened(stage, stage.dung)
    stage.dung.says("/bantin thang 1/2025", stage.desk)
    await stage.sees(stage.desk, "Bản tin số 2 · Tháng 1/2025")
    stage.dung.says("/bantin tháng 1/2999", stage.desk)
    await stage.sees(stage.desk, "Tháng đó chưa tới")
    stage.dung.says("/bantin lung tung", stage.desk)
    await stage.sees(stage.desk, "Em không thấy bản tin nào như vậy")


async def test_the_archive_of_a_new_desk_is_empty_and_says_how_to_begin(stage: Stage) -> None:
    stage.dung.says("/bantin kho", stage.desk)
    await stage.sees(stage.desk, "Gõ /bantin để em soạn số đầu tiên")


async def test_whoever_left_the_desk_sends_nothing(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.desk.remove(stage.dung)
    await told(stage, stage.dung, card, "Xem và gửi")
    assert not await rows_of(stage, t.bulletin_sheets.c.id)


async def test_forged_buttons_of_another_ward_or_section_open_nothing(stage: Stage) -> None:
    card: dict[str, Any] = await opened(stage, stage.dung)
    for data in ("edit:99:1", "edit:1:77", "edit:1", "drop:1:x", "count:1:tv"):
        assert "Nút này đã cũ" in await forges(stage, stage.dung, card, f"bulletin-{data}")


async def test_without_groups_there_is_nobody_to_send_to(stage: Stage) -> None:
    for name in ("Tổ 5", "Tổ 7"):
        stage.em.presses(await stage.sees(stage.desk, f"Nhóm {name} đã liên kết"), "Huỷ liên kết")
        await stage.sees(stage.group5 if name == "Tổ 5" else stage.group7, "")
    await stage.rests()
    assert "Chưa có nhóm nào" in await told(stage, stage.dung, await opened(stage, stage.dung), "Xem và gửi")


async def test_counts_are_brought_up_to_date_where_they_stood(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    assert "Trộm cắp" not in text_of(card)
    await verified(stage, "trom_cap", 6)
    stage.dung.presses(card, "Tính lại số liệu")
    assert await stage.sandbox.until(lambda: "Trộm cắp: 6 vụ" in now_says(stage, card))
    assert now_says(stage, card).count("Việc đã xác minh") == 1


async def test_a_long_bulletin_still_goes_as_one_message_and_says_where_the_rest_is(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    for number in range(4):
        stage.dung.presses(card, "Thêm mục")
        asked = await stage.sees(stage.desk, "dòng đầu là tiêu đề, các dòng sau")
        words = f"Tiêu đề dài nghiêng khuỷu nguệch ngoạc và còn dài hơn nữa số {number}\n" + "Một câu vừa phải. " * 60
        stage.dung.says(words, stage.desk, reply_to=asked)
        await stage.sees(stage.desk, "Đã sửa", after=asked["message_id"])
    stage.dung.says(f"{'Đây là tiêu đề quá dài ' * 9}\nx", stage.desk, reply_to=asked)
    await stage.sees(stage.desk, "Dòng đầu là tiêu đề, dài nhất 100")
    stage.dung.says("Mục thứ chín", stage.desk, reply_to=asked)
    await stage.sees(stage.desk, "Bản tin đã có 8 mục")
    words = text_of((await previewed(stage, stage.dung, card))["reply_to_message"])
    assert len(words) <= 1024
    assert "Đọc đủ: nhắn bot /bantin 1" in words
    assert "113 Công an" in words
    assert words.endswith("Bot không bao giờ xin OTP, mật khẩu, tiền.")


async def test_whoever_names_somebody_is_told_and_boards_and_loudspeakers_leave_it_out(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.dung.presses(card, "Sửa mục 2")
    asked = await stage.sees(stage.desk, "Mục này đang là")
    words = "Anh Lê Văn Hùng giả shipper\nHỏi 0912 345 678 hoặc abc.vn. Xe 29A-123.45 chạy trốn. Đừng trả tiền trước."
    stage.dung.says(words, stage.desk, reply_to=asked)
    what = "tên người, số điện thoại, đường dẫn, biển số xe"
    await stage.sees(stage.desk, f"Mục này có: {what}. Bảng LED và loa không nêu ai")
    assert await stage.sandbox.until(lambda: f"⚠️ Có: {what}" in now_says(stage, card))
    stage.dung.presses(card, "Bản in và loa")
    for words in ("Bảng LED", "Loa phường"):
        said = text_of(await stage.sees(stage.desk, words, timeout=10)).lower()
        assert not [one for one in ("abc", "912", "chín một hai", "hùng", "29a", "hỏi hoặc", "xe chạy") if one in said]
    assert "đừng trả tiền trước" in said
    await stage.sees(stage.desk, f"mục 2 ({what})")
    await stage.sees(stage.desk, "Bản này chưa được duyệt")
    await previewed(stage, stage.dung, card)
    await stage.sees(stage.desk, "Người duyệt xin xem kỹ: mục 2 (tên người, số điện thoại, biển số xe)")


@pytest.mark.parametrize("said", ["2 nghìn", "2,5k", "nhiều lắm", "99999999999999", "-"])
async def test_a_count_that_is_no_plain_number_is_asked_again(stage: Stage, said: str) -> None:
    card = await opened(stage, stage.dung)
    await forges(stage, stage.dung, card, "bulletin-count:1:led")
    stage.dung.says(said, stage.desk, reply_to=await stage.sees(stage.desk, "Bao nhiêu lượt"))
    await stage.sees(stage.desk, "Xin trả lời bằng một số lượt")
    assert not await rows_of(stage, t.bulletin_counts.c.count)


async def test_members_of_the_groups_reached_are_counted_once_all_is_sent(stage: Stage) -> None:
    card = await issued(stage, stage.dung, stage.em)
    assert await stage.sandbox.until(lambda: "Thành viên" in now_says(stage, card), timeout=15)
    assert "khoảng 5" in now_says(stage, card)  # An, Bình and Hoa; Chi and Hoa
    assert "✓ Tổ 5: khoảng 3 người\n✓ Tổ 7: khoảng 2 người" in now_says(stage, card)
    assert "Nhóm đã tới: 2/2" in now_says(stage, card)


async def test_a_withdrawn_bulletin_is_read_by_nobody_and_may_be_put_right_and_sent_again(stage: Stage) -> None:
    card = await issued(stage, stage.dung, stage.em)
    await passes(stage, "bulletin-follow")
    stage.em.presses(await stage.sees(stage.desk, "Đã gửi 2/2 nhóm"), "Thu hồi")
    stage.em.presses(await with_button(stage, stage.desk, "Xác nhận thu hồi"), "Xác nhận thu hồi")
    await stage.sees(stage.desk, "không còn đọc được ở /bantin")
    stage.an.says("/bantin", stage.group5)
    await stage.sees(stage.group5, "Chưa có bản tin nào")
    assert await stage.sandbox.until(lambda: "(nháp)" in now_says(stage, card))
    stage.dung.presses(card, "Sửa mục 3")
    await stage.sees(stage.desk, "Mục này đang là")


async def test_what_could_not_be_typeset_is_said_and_can_be_asked_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> bytes:
        raise RuntimeError("no")

    card = await opened(stage, stage.dung)
    with monkeypatch.context() as broken:
        broken.setattr(press, "set_in", fails)
        stage.dung.presses(card, "Xem và gửi")
        await stage.sees(stage.desk, "chưa dựng được hình", timeout=10)
    await previewed(stage, stage.dung, card)


async def test_a_draft_is_given_up_only_when_said_twice_and_then_begins_anew(stage: Stage) -> None:
    card = await opened(stage, stage.dung)
    stage.dung.presses(card, "Bỏ mục 3")
    assert await stage.sandbox.until(lambda: "Sửa mục 4" not in now_says(stage, card))
    stage.dung.presses(card, "Bỏ bản nháp")
    question = await stage.sees(stage.desk, "Bỏ hẳn bản nháp")
    assert len(await rows_of(stage, t.bulletins.c.id)) == 1
    stage.dung.presses(question, "Bỏ hẳn")
    assert await stage.sandbox.until(lambda: "Đã bỏ bản nháp này (Dũng)" in now_says(stage, card))
    stage.dung.says("/bantin", stage.desk)
    again = await with_button(stage, stage.desk, "Sửa mục 4")
    assert "Bản tin số 1" in text_of(again)


async def test_a_month_is_the_last_one_of_that_name_not_an_older_issue(stage: Stage) -> None:
    stage.dung.says("/bantin tháng 1/2025", stage.desk)
    await stage.sees(stage.desk, "Tháng 1/2025")
    stage.dung.says("/bantin tháng 1", stage.desk)
    await stage.sees(stage.desk, "Bản tin số 2")
    stage.dung.says("/bantin 1", stage.desk)
    await stage.sees(stage.desk, "Tháng 1/2025", after=(await stage.sees(stage.desk, "Bản tin số 2"))["message_id"])
