"""Is this our police? How the ward can be reached; what it has warned of."""

import pytest

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations import broadcasting
from tests.conversations.reporting import told, with_button


async def publishes(stage: Stage, label: str, value: str) -> None:
    """An officer proposes it, the chief agrees."""
    stage.dung.says(f"/lienhe thêm {label}: {value}", stage.desk)
    stage.em.presses(await with_button(stage, stage.desk, f"Duyệt {label}"), f"Duyệt {label}")
    await stage.sees(stage.desk, f"Đã công bố: {label}")


async def published(stage: Stage) -> None:
    """A number and a page."""
    await publishes(stage, "Trực ban", "0243 000 1111")
    await publishes(stage, "Trang Facebook", "facebook.com/congan.hoasua")


async def test_before_anything_is_published_it_says_so(stage: Stage) -> None:
    stage.an.says("/xacminh 0987 654 321 xưng công an phường")
    answer = text_of(await told(stage, stage.an, "chưa công bố"))
    assert "không bao giờ" in answer
    assert "113" in answer


async def test_a_published_number_is_ours_however_it_is_written(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh +84 243.000.1111 gọi em")
    answer = text_of(await told(stage, stage.an, "Đúng là liên hệ"))
    assert "Trực ban" in answer
    assert "giả được" in answer


async def test_a_published_page_is_ours_and_one_like_it_is_not(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh trang https://facebook.com/congan.hoasua phải không")
    await told(stage, stage.an, "Đúng là liên hệ")
    stage.binh.says("/xacminh facebook.com/congan.hoasua.vn")
    await told(stage, stage.binh, "Không có trong các liên hệ")


async def test_a_real_number_beside_another_is_not_called_ours(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh Công an phường 0243 000 1111, gọi lại 0987 654 321 để khai báo")
    assert "✅" not in text_of(await told(stage, stage.an, "còn số hoặc link khác không phải"))


async def test_a_real_number_that_asks_for_money_is_called_faked(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh 0243 000 1111 gọi nói em liên quan vụ án rửa tiền, bảo chuyển tiền để xác minh")
    assert "✅" not in text_of(await told(stage, stage.an, "số gọi đến thì giả được"))


async def test_a_name_alone_proves_nothing(stage: Stage) -> None:
    await publishes(stage, "Zalo", "Công an phường Hoa Sữa")
    stage.an.says("/xacminh người xưng công an phường hoa sữa nhắn em")
    assert "✅" not in text_of(await told(stage, stage.an, "tên thì ai cũng đặt được"))


async def test_another_number_is_not_and_the_real_ones_are_named(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh 0987 654 321")
    answer = text_of(await told(stage, stage.an, "Không có trong các liên hệ"))
    assert "0243 000 1111" in answer


async def test_a_claim_that_asks_for_money_is_called_what_it_is(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh có người xưng công an nói em liên quan vụ án rửa tiền, bảo chuyển tiền để xác minh")
    assert "giống lừa đảo" in text_of(await told(stage, stage.an, "không thấy số"))


async def test_without_words_it_asks_and_hears_the_answer(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh")
    await told(stage, stage.an, "Ai tự xưng")
    stage.an.says("0243 000 1111")
    await told(stage, stage.an, "Đúng là liên hệ")


async def test_in_a_group_it_answers_too(stage: Stage) -> None:
    await published(stage)
    stage.an.says("/xacminh", stage.group5)
    await stage.sees(stage.group5, "0243 000 1111")


async def test_what_is_only_proposed_is_told_to_nobody(stage: Stage) -> None:
    stage.dung.says("/lienhe thêm Trực ban: 0987 654 321", stage.desk)
    asked = await with_button(stage, stage.desk, "Duyệt Trực ban")
    assert "0987 654 321" in text_of(asked)
    stage.an.says("/xacminh 0987 654 321")
    assert "0987" not in text_of(await told(stage, stage.an, "chưa công bố"))
    stage.an.says("/lienhe")
    await told(stage, stage.an, "chưa công bố liên hệ ở đây")
    stage.em.presses(asked, "Duyệt")
    await stage.sees(stage.desk, "Đã công bố")
    stage.an.says("/xacminh 0987 654 321")
    await told(stage, stage.an, "Đúng là liên hệ")


@pytest.mark.telegram_only("it happens at the desk")
async def test_nobody_publishes_alone_and_the_only_chief_is_told_how(stage: Stage) -> None:
    stage.em.says("/lienhe thêm Trực ban: 0987 654 321", stage.desk)
    asked = await with_button(stage, stage.desk, "Duyệt Trực ban")
    assert "/chihuy" in text_of(asked)
    assert "chỉ huy khác" in await broadcasting.told(stage, stage.em, asked, "Duyệt")
    assert "chỉ huy" in await broadcasting.told(stage, stage.dung, asked, "Duyệt")
    await broadcasting.named(stage)
    stage.giang.presses(asked, "Duyệt")
    await stage.sees(stage.desk, "1. Trực ban")
    assert (await broadcasting.acts(stage))[-1] == "contact.published"
    assert "cũ" in await broadcasting.forges(stage, stage.giang, asked, "contact-yes:1")


@pytest.mark.telegram_only("it happens at the desk")
async def test_a_proposal_is_found_in_the_list_and_dropped_for_good(stage: Stage) -> None:
    stage.dung.says("/lienhe thêm Lạ: 0987 654 321", stage.desk)
    asked = await with_button(stage, stage.desk, "Duyệt Lạ")
    stage.giang.says("/lienhe", stage.desk)
    listed = await stage.sees(stage.desk, "bà con chưa thấy", after=asked["message_id"])
    stage.giang.presses(listed, "Bỏ Lạ")
    await stage.sees(stage.desk, "Đã bỏ đề nghị")
    await publishes(stage, "Trực ban", "0243 000 1111")
    assert "cũ" in await broadcasting.told(stage, stage.em, asked, "Duyệt")


@pytest.mark.telegram_only("it happens at the desk")
async def test_one_chief_takes_down_at_once_and_nobody_else_does(stage: Stage) -> None:
    await published(stage)
    stage.dung.says("/lienhe xoá 1", stage.desk)
    await stage.sees(stage.desk, "dành cho chỉ huy")
    stage.em.says("/lienhe xoá 1", stage.desk)
    changed = await stage.sees(stage.desk, "1. Trang Facebook")
    assert "Trực ban" not in text_of(changed)


async def test_a_contact_without_its_value_is_asked_again(stage: Stage) -> None:
    stage.em.says("/lienhe thêm Trực ban", stage.desk)
    await stage.sees(stage.desk, "dấu hai chấm")
    stage.em.says("/lienhe xoá 7", stage.desk)
    await stage.sees(stage.desk, "Không có mục này")


async def test_the_desk_reads_what_is_published(stage: Stage) -> None:
    stage.dung.says("/lienhe", stage.desk)
    await stage.sees(stage.desk, "(chưa có)")


# --- warnings


async def test_without_a_warning_there_is_still_the_scam_of_the_week(stage: Stage) -> None:
    stage.an.says("/canhbao")
    answer = text_of(await told(stage, stage.an, "Thủ đoạn trong tuần"))
    assert "chưa phát cảnh báo" in answer


async def test_the_newest_alert_of_the_ward_is_shown(stage: Stage) -> None:
    await broadcasting.named(stage)
    draft = await broadcasting.drafted(stage, stage.dung, "Nước sông lên nhanh, bà con ven sông lên cao")
    stage.dung.presses(draft, "Khẩn cấp")
    await stage.rests()
    stage.dung.presses(draft, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    await stage.sees(stage.group5, "Nước sông")
    stage.an.says("/canhbao")
    answer = await told(stage, stage.an, "Thủ đoạn trong tuần")
    assert "Nước sông lên nhanh" in text_of(answer)
    assert text_of(answer).endswith("Gọi 113.")
    assert stage.app is not None
    old = {"started_at": 1.0}
    await stage.app.database.write(lambda work: work.run(t.broadcasts.update().values(old)))
    stage.an.says("/canhbao")
    await told(stage, stage.an, "chưa phát cảnh báo", after=answer)
