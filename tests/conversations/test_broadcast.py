"""A broadcast: drafted by an officer, approved by a chief who is not its author, once to every group."""

from typing import Any

import pytest

from bot.sandbox import sample_photo
from tests.cast import Stage, is_picture, text_of
from tests.conversations.broadcasting import asked, count, drafted, forges, named, told

pytestmark = pytest.mark.telegram_only("it happens at the desk; what reaches Zalo: test_zalo.py")

FOOTER = "Bot không bao giờ xin OTP, mật khẩu, tiền."
ALERT = "Không tự ý vây bắt, đánh, đăng ảnh. Gọi 113."


async def test_an_officer_drafts_a_chief_approves_and_every_group_gets_it_once(stage: Stage) -> None:
    card = await drafted(stage, stage.dung)
    assert "2 nhóm" in text_of(card)
    preview = card["reply_to_message"]
    assert text_of(preview).endswith(FOOTER)
    stage.dung.presses(card, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    for group in (stage.group5, stage.group7):
        assert text_of(await stage.sees(group, "phòng cháy")) == text_of(preview)
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert count(stage.group5, "phòng cháy") == count(stage.group7, "phòng cháy") == 1


async def test_nothing_goes_before_it_is_approved(stage: Stage) -> None:
    await asked(stage, stage.dung)
    await stage.sees_nothing(stage.group5, "phòng cháy")


async def test_an_officer_approves_nothing(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    assert "chỉ huy" in await told(stage, stage.dung, card, "Duyệt")
    assert "chỉ huy" in await told(stage, stage.giang, card, "Duyệt")
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.2)


async def test_the_only_chief_waits_for_a_second_and_is_told_how_to_name_one(stage: Stage) -> None:
    card = await asked(stage, stage.em)
    assert "/chihuy" in text_of(card)
    assert "chỉ huy khác" in await told(stage, stage.em, card, "Duyệt")
    await named(stage)
    stage.giang.presses(card, "Duyệt")
    await stage.sees(stage.group5, "phòng cháy")


async def test_a_chief_never_approves_their_own_even_as_one_of_two(stage: Stage) -> None:
    await named(stage)
    card = await asked(stage, stage.giang)
    assert "chỉ huy khác" in await told(stage, stage.giang, card, "Duyệt")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.group7, "phòng cháy")


async def test_a_chief_who_left_the_desk_approves_nothing(stage: Stage) -> None:
    await named(stage)
    card = await asked(stage, stage.dung)
    stage.desk.remove(stage.giang)
    await told(stage, stage.giang, card, "Duyệt")
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.2)


async def test_only_a_chief_names_a_chief(stage: Stage) -> None:
    said = stage.giang.says("tôi trực hôm nay", stage.desk)
    stage.dung.says("/chihuy", stage.desk, reply_to=said)
    await stage.sees(stage.desk, "dành cho chỉ huy")
    await stage.sees_nothing(stage.desk, "nay là chỉ huy", within=0.1)


async def test_refused_goes_nowhere(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.em.presses(card, "Từ chối")
    await stage.sees(stage.desk, "bị từ chối")
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.2)


async def test_the_author_cancels(stage: Stage) -> None:
    card = await drafted(stage, stage.dung)
    assert "người soạn" in await told(stage, stage.giang, card, "Huỷ")
    stage.dung.presses(card, "Huỷ")
    await stage.sees(stage.desk, "Đã huỷ tin này")


async def test_only_the_author_sends_a_draft_on(stage: Stage) -> None:
    card = await drafted(stage, stage.dung)
    assert "người soạn" in await told(stage, stage.em, card, "Gửi ngay")


async def test_the_only_chiefs_emergency_goes_at_once_and_is_written_down(stage: Stage) -> None:
    card = await drafted(stage, stage.em, "Cháy chợ Hoa Sữa, tránh đường số 2")
    stage.em.presses(card, "Khẩn cấp")
    await stage.sees(stage.desk, "Tin khẩn cấp")
    stage.em.presses(card, "Gửi ngay")
    assert text_of(await stage.sees(stage.group5, "Cháy chợ")).endswith(ALERT)
    assert stage.app is not None
    acts = await stage.app.database.write(lambda work: [row.act for row in work.all(audit_rows())])
    assert "broadcast.sent_alone" in acts


def audit_rows() -> Any:
    from sqlalchemy import select

    from data import tables as t

    return select(t.audit)


async def test_an_alert_pressed_twice_stays_an_alert(stage: Stage) -> None:
    card = await drafted(stage, stage.em, "Cháy chợ Hoa Sữa")
    stage.em.presses(card, "Khẩn cấp")
    await stage.sees(stage.desk, "Tin khẩn cấp")
    await forges(stage, stage.em, card, "send-urgent:1:1")  # the press that was on its way when the card changed
    await stage.rests()
    assert "Tin khẩn cấp" in text_of(await stage.sees(stage.desk, "Người soạn"))


async def test_an_emergency_waits_for_the_other_chief_where_there_is_one(stage: Stage) -> None:
    await named(stage)
    card = await drafted(stage, stage.em, "Cháy chợ Hoa Sữa")
    stage.em.presses(card, "Khẩn cấp")
    await stage.sees(stage.desk, "Tin khẩn cấp")
    stage.em.presses(card, "Gửi ngay")
    card = await stage.sees(stage.desk, "Chờ duyệt tin khẩn cấp")
    await stage.sees_nothing(stage.group5, "Cháy chợ", within=0.2)
    stage.giang.presses(card, "Duyệt")
    await stage.sees(stage.group5, "Cháy chợ")


async def test_a_reply_sends_what_it_replies_to_with_its_formatting(stage: Stage) -> None:
    bold = [{"type": "bold", "offset": 0, "length": 5}]
    said = stage.dung.says("Chú ý: trộm xe", stage.desk, entities=bold)
    stage.dung.says("/phat", stage.desk, reply_to=said)
    card = await stage.sees(stage.desk, "Xem trước")
    stage.dung.presses(card, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    sent = await stage.sees(stage.group5, "trộm xe")
    assert {"type": "bold", "offset": 0, "length": 5} in sent["entities"]


async def test_a_residents_relayed_words_are_not_broadcast(stage: Stage) -> None:
    stage.an.says("/gui có trộm", stage.group5)
    relayed = await stage.sees(stage.desk, "có trộm")
    stage.dung.says("/phat", stage.desk, reply_to=relayed, topic=relayed["message_thread_id"])
    await stage.sees(stage.desk, "không do cán bộ viết")


async def test_a_picture_goes_with_its_words(stage: Stage) -> None:
    stage.dung.sends_photo(sample_photo(64, 48), stage.desk, caption="/phat Mất xe này")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    sent = await stage.sees(stage.group7, "Mất xe này")
    assert is_picture(sent)


async def test_an_album_stays_one(stage: Stage) -> None:
    stage.dung.sends_album([sample_photo(64, 48), sample_photo(48, 64)], stage.desk, caption="/phat Hai tấm")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    first = await stage.sees(stage.group7, "Hai tấm")
    assert sum(m.get("media_group_id") == first["media_group_id"] for m in stage.group7.messages) == 2


@pytest.mark.parametrize("size", [4096, 9000])
async def test_too_long_is_refused_at_once(stage: Stage, size: int) -> None:
    stage.dung.says("/phat " + "a" * min(size, 4090), stage.desk)
    await stage.sees(stage.desk, "Xin rút ngắn")


async def test_an_empty_one_is_explained(stage: Stage) -> None:
    stage.dung.says("/phat", stage.desk)
    await stage.sees(stage.desk, "Xin gõ nội dung sau /phat")


async def test_an_anonymous_admin_is_nobody(stage: Stage) -> None:
    stage.desk.promote(stage.giang, anonymous=True)
    stage.giang.says("/phat Họp tổ", stage.desk, anonymous=True)
    await stage.sees(stage.desk, "ẩn danh")


async def test_residents_broadcast_nothing(stage: Stage) -> None:
    stage.an.says("/phat Họp tổ", stage.group5)
    await stage.sees(stage.group5, "trong nhóm trực ban")
    await stage.sees_nothing(stage.group7, "Họp tổ", within=0.1)
